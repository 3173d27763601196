import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { examine } from "../../lessons/author/check.js";
import { lyceum } from "../support/cli.js";

const home = mkdtempSync(join(tmpdir(), "lyceum-author-"));
after(() => rmSync(home, { recursive: true, force: true }));

const begun = await lyceum(["lesson", "new", "waits", "--title", "How long do we wait?", "--title-zh", "要等多久", "--in", home]);
const folder = join(home, "01-waits");

/** The begun lesson with one edit, examined, and put back. */
async function withEdit(file: string, find: string, replace: string, tier?: "tensorflow"): Promise<string[]> {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  assert.ok(before.includes(find), `${file} holds ${find}`);
  writeFileSync(path, before.replace(find, () => replace));
  const { findings } = await examine(folder, tier);
  writeFileSync(path, before);
  return findings.map(({ kind, text }) => `${kind}: ${text}`);
}

test("a begun lesson runs and keeps its one promise, and its author is told what it lacks", { timeout: 120_000 }, async () => {
  assert.equal(begun.status, 0, begun.stderr);
  const { findings, results } = await examine(folder, "tensorflow");
  assert.deepEqual(results?.map(({ got }) => got), [22]);
  const kinds = new Set(findings.filter(({ level }) => level === "error").map(({ kind }) => kind));
  assert.deepEqual([...kinds], ["unwritten", "tasks", "reading"]);
  assert.ok(findings.some(({ text }) => text === "it has 1 tasks, expected 4 to 8"));
});

test("a second lesson of the same id, a taken number and a bad id are refused, and nothing is written over", async () => {
  const again = await lyceum(["lesson", "new", "waits", "--in", home]);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /there is a lesson waits already: 01-waits/);
  assert.match((await lyceum(["lesson", "new", "other", "--number", "01", "--in", home])).stderr, /the number 01 is taken: 01-waits/);
  assert.match((await lyceum(["lesson", "new", "Other One", "--in", home])).stderr, /expected one ID of a-z/);
});

const faults: [title: string, file: string, find: string, replace: string, told: RegExp][] = [
  ["a Chinese comma that is half-width", "lesson.zh.md", "谁在问？什么", "谁在问,什么", /chinese: .*full-width marks/],
  ["Chinese and Latin without a space", "lesson.zh.md", "是 22 分钟", "是22 分钟", /chinese: .*a space between Chinese and Latin/],
  ["a word that this course does not use", "lesson.zh.md", "谁在问？", "您在问？", /terms: .*say 你/],
  ["a term with another twin", "lesson.en.md", "{ en: baseline, zh: 基线 }", "{ en: baseline, zh: 基准 }", /terms: baseline is 基线 in this course/],
  ["a term that is never used", "lesson.en.md", "{ en: baseline, zh: 基线 }", "{ en: recall, zh: 召回率 }", /terms: the term "recall" is listed and never used/],
  ["a paragraph left in English", "lesson.zh.md", "故意弄坏它，说出症状，再修好。……", "Break it on purpose.", /language: .*no Chinese in "Break it on purpose\."/],
  ["a link to a file that is not there", "lesson.en.md", "Break it on purpose", "[Break it](../broken.md) on purpose", /links: .*nothing at \.\.\/broken\.md/],
  ["a picture from elsewhere", "lesson.en.md", "Break it on purpose", "![a chart](https://example.org/chart.png) on purpose", /links: .*fetched from elsewhere/],
  ["a task that serves no objective", "lesson.en.md", "tasks: [mean, q-mean]", "tasks: [q-mean]", /tasks: mean serves no objective/],
  ["front matter that breaks", "lesson.en.md", "points: 3", "points: 4", /format: .*add up to 3 points/],
  ["a sentence nobody can follow", "lesson.en.md", "The idea on a few numbers that fit on paper.", `The idea ${"and another idea ".repeat(14)}.`, /length: a sentence of \d+ words/],
];

for (const [title, file, find, replace, told] of faults) {
  test(`${title} is told to the author`, async () => {
    const findings = await withEdit(file, find, replace);
    assert.ok(findings.some((text) => told.test(text)), findings.join("\n"));
  });
}

const broken: [title: string, file: string, find: string, replace: string, told: RegExp][] = [
  ["a promised result that does not come", "lesson.en.md", "from: 20, to: 25", "from: 30, to: 35", /results: after cell answer, mean\(waits\) is 22, promised 30 to 35/],
  ["a check that its own solution fails", "checks.ts", "t.close(value, 3,", "t.close(value, 4,", /solution: check mean on the solution is failed/],
  ["a wrong solution that passes", "checks.ts", `edit: [" / values.length", ""]`, `edit: ["values.length", "(values.length + 0)"]`, /mistakes: wrong solution "sums" of mean is passed/],
  ["a stub that does not type-check", "lesson.en.md", "// STUB return NaN;", `// STUB return "soon";`, /unsolved: cell mean beside the stubs/],
  ["a given cell that throws", "lesson.en.md", "\nmean(waits)\n", "\nmean(null!)\n", /solution: cell answer: /],
];

for (const [title, file, find, replace, told] of broken) {
  test(`${title} is told to the author when the lesson runs`, { timeout: 120_000 }, async () => {
    const findings = await withEdit(file, find, replace, "tensorflow");
    assert.ok(findings.some((text) => told.test(text)), findings.join("\n"));
  });
}

test("a task is seen as not begun although its function bears the name of another cell", { timeout: 120_000 }, async () => {
  const files = ["lesson.en.md", "lesson.zh.md", "checks.ts"].map((name) => join(folder, name));
  const before = files.map((path) => readFileSync(path, "utf8"));
  const renamed = (text: string) => text.replaceAll("mean(", "answer(").replaceAll('call("mean"', 'call("answer"');
  files.forEach((path, at) => writeFileSync(path, renamed(before[at]!)));
  const { findings } = await examine(folder, "tensorflow");
  files.forEach((path, at) => writeFileSync(path, before[at]!));
  assert.deepEqual(findings.filter(({ kind }) => kind === "unsolved" || kind === "solution"), []);
});

test("the command answers in words and as data, and an unknown lesson is refused with those there are", async () => {
  const json = await lyceum(["lesson", "check", folder, "--text", "--json"]);
  assert.equal(json.status, 1);
  const { lessons } = JSON.parse(json.stdout) as { lessons: { lesson: string; findings: { level: string }[] }[] };
  assert.equal(lessons[0]!.lesson, "01-waits");
  assert.match((await lyceum(["lesson", "check", "nothing"])).stderr, /no lesson nothing; there are .*05-regression/);
  const words = await lyceum(["lesson", "check", "05", "--text"]);
  assert.equal(words.status, 0, words.stdout);
  assert.match(words.stdout, /^05-regression\n/);
  assert.match((await lyceum(["lesson", "--help"])).stdout, /preview LESSON/);
  assert.match((await lyceum(["lesson", "preview", "--help"])).stdout, /--solved/);
});
