import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { MimeBundle } from "../../../kernel/display/contract.js";
import { createSession } from "../../../kernel/session/index.js";
import { createCheckService, type CheckServiceOptions } from "../../../lessons/checks/service.js";
import { projectRoot } from "../../support/root.js";

const lessons = join(projectRoot, "test/fixtures/lessons");
const folder = await mkdtemp(join(tmpdir(), "lyceum-checks-"));
after(() => rm(folder, { recursive: true, force: true }));

/** Run cells in a real session whose `check` is the service; what was displayed comes back. */
async function notebook(cells: [id: string, code: string][], options: CheckServiceOptions): Promise<MimeBundle["data"][]> {
  const shown: MimeBundle["data"][] = [];
  const service = createCheckService({ lessons, ...options });
  const session = createSession({
    directory: folder, preload: false, check: false, services: { check: service },
    onEvent: (event) => void (event.type === "display_data" && shown.push(event.bundle.data)),
  });
  try {
    for (const [cellId, code] of cells) {
      const { error } = await session.execute({ parent: cellId, code, count: 1, cellId });
      assert.equal(error, undefined, error?.traceback.join("\n"));
    }
  } finally {
    await session.dispose();
  }
  return shown;
}

const mse = "function mse(p: number[], a: number[]): number { let s = 0; p.forEach((x, i) => (s += (x - a[i]!) ** 2)); return s / p.length; }";

test("check(id) in a cell shows not started, not yet, and passed, with hints, points and the lesson's progress", async () => {
  const shown = await notebook([
    ["mse", "function mse(predicted: number[], actual: number[]): number {\n  return NaN;\n}"], ["check_mse", 'check("slope.mse")'],
    ["mse", mse.replace(" / p.length", "")], ["check_mse", 'check("slope.mse")'],
    ["mse", mse], ["check_mse", 'check("slope.mse")'],
  ], { progressFile: join(folder, "a/.lyceum/progress.json") });
  const texts = shown.map((data) => String(data["text/plain"]));
  assert.match(texts[0]!, /^○ Not started: Mean squared error \(0 of 2 points\)[^]*Hint 2[^]*0 of 5 tasks, 0 of 9 points$/);
  assert.match(texts[1]!, /^✗ Not yet[^]*What I saw: [^]*is 4\.[^]*What I expected: [^]*Likely cause: [^]*Next step: /);
  assert.match(texts[2]!, /^✓ Passed: Mean squared error \(2 of 2 points\)\n {2}One wrong guess[^]*1 of 5 tasks, 2 of 9 points$/);
  const html = String(shown[1]!["text/html"]);
  assert.match(html, /role="progressbar" aria-valuemin="0" aria-valuemax="9" aria-valuenow="0"/);
  assert.match(html, /<details[^>]*><summary>Hint 1<\/summary>/);
  assert.doesNotMatch(html, /<script|on\w+=|http/);
});

test("progress outlives the kernel, and a pass is not lost by a later failure", async () => {
  const progressFile = join(folder, "b/.lyceum/progress.json");
  await notebook([["mse", mse], ["c", 'check("slope.mse")']], { progressFile });
  const [failed, quiz] = await notebook([["mse", "function mse() { return 1; }"], ["c", 'check("slope.mse")'], ["scale", 'const scaleAnswer = "b";'], ["d", 'check("slope.scale")']], { progressFile });
  assert.match(String(failed!["text/plain"]), /Not yet[^]*1 of 5 tasks, 2 of 9 points/);
  assert.match(String(quiz!["text/plain"]), /2 of 5 tasks, 3 of 9 points/);
  const kept = JSON.parse(readFileSync(progressFile, "utf8")) as { lessons: { slope: { tasks: Record<string, unknown> } } };
  assert.deepEqual(kept.lessons.slope.tasks["mse"], { status: "passed", points: 2, of: 2, attempts: 2 });
});

test("a damaged progress file is moved aside and said so, and the check works", async () => {
  const progressFile = join(folder, "c/.lyceum/progress.json");
  await mkdir(join(folder, "c/.lyceum"), { recursive: true });
  await writeFile(progressFile, '{"version":1,"lessons":{"slope":{"version":1,"tasks":{"mse":{"points":-5}}}}}');
  const [shown] = await notebook([["mse", mse], ["c", 'check("slope.mse")']], { progressFile });
  assert.match(String(shown!["text/plain"]), /Passed[^]*could not be read; it is kept as .*progress\.json\.broken/);
  assert.ok(existsSync(`${progressFile}.broken`));
});

test("a folder that cannot be written costs the memory, not the check", async () => {
  await writeFile(join(folder, "file"), "");
  const [first, second] = await notebook([["mse", mse], ["c", 'check("slope.mse")'], ["d", 'check("slope.mse")']], { progressFile: join(folder, "file/.lyceum/progress.json") });
  assert.match(String(first!["text/plain"]), /Passed[^]*Progress cannot be written[^]*1 of 5 tasks/);
  assert.doesNotMatch(String(second!["text/plain"]), /cannot be written/);
});

test("a misspelt id is answered with the nearest one, in the learner's language", async () => {
  const [near, none] = await notebook([["a", 'check("slope.mes")'], ["b", "check()"]], { language: "en" });
  assert.equal(near!["text/plain"], 'There is no check "slope.mes". Did you mean check("slope.mse")?');
  assert.match(String(none!["text/plain"]), /There are: slope\.mse, slope\.step, slope\.fit, slope\.scale, slope\.tools\./);
  const [zh] = await notebook([["a", 'check("slope.mes")']], { language: "zh" });
  assert.equal(zh!["text/plain"], '没有名为 "slope.mes" 的检查。你要的是 check("slope.mse") 吗？');
});

test("a learner's own text on a card is shown, never read as HTML", async () => {
  const [shown] = await notebook([["mse", 'function mse(): any { return "<img src=x onerror=alert(1)> ![a](http://x.test/y)"; }'], ["c", 'check("slope.mse")']], {});
  const html = String(shown!["text/html"]);
  assert.doesNotMatch(html, /<img|<a /);
  assert.match(html, /&lt;img/);
});

test("quiz answers are explained: a wrong one by its own sentence, a missing one by number", async () => {
  const shown = await notebook([
    ["scale", 'var scaleAnswer: any = "a";'], ["c", 'check("slope.scale")'], ["scale", 'scaleAnswer = ""'], ["c", 'check("slope.scale")'], ["scale", 'scaleAnswer = ["a", "b"]'], ["c", 'check("slope.scale")'],
    ["tools", 'var toolsAnswer = ["a"];'], ["d", 'check("slope.tools")'],
  ], {});
  const texts = shown.map((data) => String(data["text/plain"]));
  assert.match(texts[0]!, /You chose a\.[^]*a: The best line predicts the same prices/);
  assert.match(texts[1]!, /scaleAnswer is still empty/);
  assert.match(texts[2]!, /^✗ Not yet/, "choosing everything is not choosing");
  assert.match(texts[3]!, /One more choice is right too/);
});
