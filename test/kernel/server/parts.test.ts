import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sentBefore } from "../../../kernel/server/burst.js";
import { createCells } from "../../../kernel/server/cells.js";
import { matchesGlob } from "../../../kernel/server/glob.js";
import { openHistoryFile } from "../../../kernel/server/history-file.js";
import { createHistory } from "../../../kernel/server/history.js";
import { createKernelspec, installKernelspec, userKernels } from "../../../kernel/server/kernelspec.js";
import { readNotebook } from "../../../kernel/server/notebook.js";
import { createPace } from "../../../kernel/server/pace.js";
import { toCodePoints, toUtf16 } from "../../../kernel/server/points.js";
import type { History } from "../../../kernel/server/history.js";
import type { Parent } from "../../../kernel/server/parents.js";
import type { Publisher } from "../../../kernel/server/publisher.js";
import type { ServerWords } from "../../../kernel/server/words.js";
import type { Session } from "../../../kernel/session/contract.js";
import type { Request } from "../../../kernel/wire/message.js";

function folder(t: { after(fn: () => void): void }): string {
  const made = mkdtempSync(join(tmpdir(), "lyceum-parts-"));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("cursor positions in code points and UTF-16 units agree both ways and are clamped to the text", () => {
  assert.equal(toUtf16("a😀b", 2), 3);
  assert.equal(toCodePoints("a😀b", 3), 2);
  assert.equal(toUtf16("a😀b", 99), 4);
  assert.equal(toUtf16("abc", -5), 0);
});

test("history patterns know * and ?, across lines, and no pattern takes long", () => {
  assert.ok(matchesGlob("let*=?", "let a\n=1"));
  assert.ok(!matchesGlob("let", "let a"));
  assert.ok(!matchesGlob("*a".repeat(30) + "b", "a".repeat(5000)));
});

test("history outlives the kernel in a file that only its user reads, trimmed when it grew long, whole lines only", async (t) => {
  const path = join(folder(t), "deep", "history.jsonl");
  const first = createHistory(openHistoryFile(path));
  first.add(1, "const a = 1");
  await first.saved();
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
  writeFileSync(path, readFileSync(path, "utf8") + Array.from({ length: 3000 }, (_, i) => `[1,${i + 2},"b"]\n`).join("") + '[1,99,"cut sho');
  const second = createHistory(openHistoryFile(path));
  second.add(1, "const c = 3");
  await second.saved();
  const { history } = await second.answer({ hist_access_type: "tail", n: 2 });
  assert.deepEqual(history, [[1, 3001, "b"], [2, 1, "const c = 3"]]);
  assert.equal(readFileSync(path, "utf8").trim().split("\n").length, 1001);
});

test("a cell counts as sent before an error by its client's own clock, however wrong that is", () => {
  const request = (date: string, arrived: number, session = "s") => ({ header: { date, session }, arrived }) as Request;
  const failed = { request: request("2000-01-01T00:00:00.000Z", 1000), at: 1100 };
  assert.equal(sentBefore(request("2000-01-01T00:00:00.050Z", 1200), failed), true);
  assert.equal(sentBefore(request("2000-01-01T00:00:00.105Z", 1200), failed), false);
  assert.equal(sentBefore(request("2000-01-01T00:00:00.050Z", 1200, "another client"), failed), false);
  assert.equal(sentBefore(request("no date", 1200), failed), false);
});

test("a cell that a quick client sends as soon as it has the failure's reply runs, however long the kernel is busy with that reply", async () => {
  const failing = { status: "error" as const, error: { kind: "thrown" as const, ename: "E", evalue: "", traceback: [] }, userExpressions: {}, payload: [] };
  const request = (id: string) => ({ header: { msg_id: id, session: "s", date: new Date().toISOString() }, content: { code: "" }, metadata: {}, arrived: performance.now() }) as unknown as Request;
  const replies: unknown[] = [];
  const idle = { status() {}, publish() {}, drained: async () => {} };
  const cells = createCells({
    session: Promise.resolve({ execute: async () => failing } as unknown as Session),
    publisher: idle as unknown as Publisher,
    history: { add() {}, output() {} } as unknown as History,
    words: { aborted: "aborted", broken: "broken" } as ServerWords,
    remember: () => ({}) as Parent,
    onEnd() {},
    reply({ header }, { ename }) {
      replies.push([header.msg_id, ename]);
      if (header.msg_id === "first") next = request("next");
      for (const until = performance.now() + 30; performance.now() < until; );
    },
  });
  let next: Request | undefined;
  cells.submit(request("first"));
  while (!next) await new Promise((go) => setTimeout(go, 5));
  cells.submit(next);
  while (replies.length < 2) await new Promise((go) => setTimeout(go, 5));
  assert.deepEqual(replies, [["first", "E"], ["next", "E"]]);
});

test("output waits below Jupyter Server's limits and goes on when the window has moved or the server's counts were cleared", () => {
  let now = 0;
  const pace = createPace(() => now);
  for (let i = 0; i < 2600; i++) pace.sent("display_data", 1e6);
  assert.ok(pace.delay() > 3000);
  now = 3400;
  assert.equal(pace.delay(), 0);
  pace.sent("stream", 2_500_000);
  assert.ok(pace.delay() > 0);
  pace.clear();
  assert.equal(pace.delay(), 0);
});

test("the kernelspec is written as files: message interrupts, a debugger, logos that are PNG and SVG", (t) => {
  const written = installKernelspec(folder(t));
  assert.deepEqual(JSON.parse(readFileSync(join(written, "kernel.json"), "utf8")), createKernelspec());
  const { argv, display_name, language, interrupt_mode, metadata } = createKernelspec("node", "main.js");
  assert.deepEqual({ argv, display_name, language, interrupt_mode, metadata }, { argv: ["node", "main.js", "{connection_file}"], display_name: "TypeScript (Lyceum)", language: "typescript", interrupt_mode: "message", metadata: { debugger: true } });
  for (const size of [32, 64]) {
    const png = readFileSync(join(written, `logo-${size}x${size}.png`));
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
  }
  assert.match(readFileSync(join(written, "logo-svg.svg"), "utf8"), /^<svg .*<\/svg>\n$/s);
});

test("a user's kernels are where Jupyter looks on each system", () => {
  assert.equal(userKernels("linux", {}, "/home/u"), join("/home/u", ".local", "share", "jupyter", "kernels"));
  assert.equal(userKernels("linux", { XDG_DATA_HOME: "/x" }, "/home/u"), join("/x", "jupyter", "kernels"));
  assert.equal(userKernels("darwin", {}, "/Users/u"), join("/Users/u", "Library", "Jupyter", "kernels"));
  assert.equal(userKernels("win32", { APPDATA: "/roaming" }, "/u"), join("/roaming", "jupyter", "kernels"));
  assert.equal(userKernels("linux", { JUPYTER_DATA_DIR: "/d" }, "/home/u"), join("/d", "kernels"));
});

test("a notebook says its lesson and language; else LYCEUM_LANGUAGE, else the system's", (t) => {
  const directory = folder(t);
  writeFileSync(join(directory, "a.ipynb"), JSON.stringify({ metadata: { lyceum: { lesson: "05-gradient-descent", language: "zh" } } }));
  const told = readNotebook({ JPY_SESSION_NAME: "a.ipynb", LYCEUM_LANGUAGE: "en" }, directory);
  assert.deepEqual(told, { path: join(directory, "a.ipynb"), directory, lesson: "05-gradient-descent", language: "zh" });
  assert.equal(readNotebook({ JPY_SESSION_NAME: join(directory, "missing.ipynb"), LYCEUM_LANGUAGE: "zh" }, directory).language, "zh");
  assert.equal(readNotebook({ LANG: "zh_CN.UTF-8" }, directory).language, "zh");
  assert.equal(readNotebook({ LYCEUM_LANGUAGE: "en", LANG: "zh_CN.UTF-8" }, directory).language, "en");
});
