import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { analyzeCell } from "../../../kernel/cell/index.js";
import { createWorkerClient } from "../../../kernel/types/node/client.js";
import { createNotebookTypes } from "../../../kernel/types/service.js";

const cell = (source: string) => ({ source, facts: analyzeCell(source) });

function open(t: TestContext, implementation: "auto" | "native" | "classic" = "auto", patience?: number) {
  const directory = mkdtempSync(join(tmpdir(), "lyceum-types-"));
  const client = createWorkerClient(directory, implementation, patience);
  const types = createNotebookTypes(client, "en");
  t.after(async () => {
    await types.dispose();
    rmSync(directory, { recursive: true, force: true });
  });
  const check = async (source: string) => (await types.check(cell(source))).map(({ code }) => code);
  return { client, types, check };
}

function ended(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

test("when the compiler's process dies, the next cell is checked all the same, and earlier cells are known", async (t) => {
  const { client, types, check } = open(t);
  await types.ready;
  assert.deepEqual(await check("const a = 1"), []);
  types.keep(cell("const a = 1"));
  const first = client.pid()!;
  process.kill(first, "SIGKILL");
  assert.deepEqual(await check("a.toFixd()"), [2551]);
  assert.notEqual(client.pid(), first);
  types.keep(cell("const b = a"));
  // A second death: the classic compiler takes over, which has no process.
  process.kill(client.pid()!, "SIGKILL");
  assert.deepEqual(await check("b.toFixd()"), [2551]);
  assert.equal(client.pid(), undefined);
  assert.deepEqual(await check("a + b"), []);
});

test("a compiler that died some time ago, its pipes closed by then, is replaced at the next cell", async (t) => {
  const { client, types, check } = open(t);
  await types.ready;
  const first = client.pid()!;
  process.kill(first, "SIGKILL");
  while (!ended(first)) await sleep(5);
  await sleep(200);
  assert.deepEqual(await check("const n: number = 'a'"), [2322]);
  assert.notEqual(client.pid(), first);
});

test("when the native compiler alone was asked for and dies twice, calls fail with words instead of hanging", async (t) => {
  const { client, types, check } = open(t, "native");
  await types.ready;
  for (let i = 0; i < 2; i++) {
    process.kill(client.pid()!, "SIGKILL");
    await check("1").catch(() => {});
  }
  await assert.rejects(check("1"), /compiler ended and could not be started again|closed/);
});

test("a compiler that hangs is replaced", { skip: process.platform === "win32" }, async (t) => {
  const { client, types, check } = open(t, "auto", 3000);
  await types.ready;
  const first = client.pid()!;
  process.kill(first, "SIGSTOP");
  await assert.rejects(check("const a = 1"), /did not answer within 3000 ms/);
  while ((await check("const n: number = 'a'").catch(() => undefined)) === undefined);
  assert.ok(ended(first));
});

test("the thread that asks is free while the compiler starts and works", async (t) => {
  const { types, check } = open(t);
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  assert.deepEqual(await check("tf.tensor([1]).add(2)"), []);
  clearInterval(beat);
  await types.ready;
  assert.ok(longest < 400, `blocked for ${longest} ms`);
});

test("dispose ends the compiler's process, and later calls say so", async (t) => {
  const { client, types, check } = open(t, "native");
  await types.ready;
  const pid = client.pid()!;
  await types.dispose();
  for (let i = 0; i < 100 && !ended(pid); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(ended(pid));
  await assert.rejects(check("1"), /the type service is closed/);
});

test("many calls at once are answered each for its own text", async (t) => {
  const { types, check } = open(t);
  const answers = await Promise.all([check("const a: number = 'x'"), check("const a = 1"), types.complete("[].le", 5), check("nope"), types.hover("Math", 4)]);
  assert.deepEqual([answers[0], answers[1], answers[3]], [[2322], [], [2304]]);
  assert.equal((answers[2] as { items: { text: string }[] }).items[0]!.text, "length");
  assert.match((answers[4] as { signature: string }).signature, /Math/);
});
