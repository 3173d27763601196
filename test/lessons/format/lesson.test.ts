import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lessonMarkdown, parseLesson, solutionOf, stubOf, type Task } from "../../../lessons/format/index.js";
import { projectRoot } from "../../support/root.js";

const folder = join(projectRoot, "test/fixtures/lessons/01-slope");
const en = readFileSync(join(folder, "lesson.en.md"), "utf8");
const zh = readFileSync(join(folder, "lesson.zh.md"), "utf8");
const lesson = parseLesson(en, zh);
const task = (id: string): Task => lesson.blocks.find((block): block is Task => block.kind === "task" && block.id === id)!;

test("a lesson's two files become one frozen model with both languages side by side", () => {
  assert.equal(lesson.id, "slope");
  assert.deepEqual(lesson.title, { en: "The slope of a line", zh: "直线的斜率" });
  assert.deepEqual(lesson.objectives[2], { text: { en: "say what scaling changes", zh: "说出缩放改变了什么" }, tasks: ["scale", "tools"] });
  const kinds = lesson.blocks.map((block) => block.kind);
  assert.deepEqual(kinds, ["section", "prose", "code", "prediction", "section", "prose", "task", "prose", "task", "callout", "code", "prose", "task", "section", "prose", "quiz", "section", "prose", "quiz"]);
  assert.throws(() => Object.assign(lesson.blocks[0]!, { kind: "prose" }), TypeError);
});

test("a student's stub has the author's STUB lines in place of the solution, in the student's language", () => {
  assert.equal(stubOf(task("mse"), "en"), "function mse(predicted: number[], actual: number[]): number {\n  // TODO: average the squared differences\n  return NaN;\n}");
  assert.equal(stubOf(task("mse"), "zh"), "function mse(predicted: number[], actual: number[]): number {\n  // 待完成：对差的平方取平均\n  return NaN;\n}");
  assert.equal(stubOf(task("step"), "en"), 'function step(w: number, rate: number): number {\n  throw new Error("TODO");\n}');
  assert.doesNotMatch(solutionOf(task("mse"), "en"), /SOLUTION|STUB|NaN/);
  assert.match(solutionOf(task("step"), "zh"), /损失在 w 处的斜率/);
});

test("writing a lesson back to Markdown and reading it again gives the same lesson", () => {
  assert.deepEqual(parseLesson(lessonMarkdown(lesson, "en"), lessonMarkdown(lesson, "zh")), lesson);
});

test("the example in the format's README is a lesson", () => {
  const readme = readFileSync(join(projectRoot, "lessons/format/README.md"), "utf8");
  const [english, chinese] = [...readme.matchAll(/^````md\n(.*?)^````$/gms)].map((match) => match[1]!);
  const example = parseLesson(english!, chinese!);
  assert.equal(example.points, 3);
  assert.equal(example.blocks.length, 9);
});

/** One edit of the fixture and the complaint it must cause. */
const mistakes: [title: string, file: "en" | "zh", find: string, replace: string, complaint: RegExp][] = [
  ["a missing Chinese cell", "zh", "```ts id=step\n// the slope of the loss at w => 损失在 w 处的斜率\n```\n", "", /^lesson\.zh\.md:\d+: expected cell step here, as on line 57 of lesson\.en\.md/],
  ["a translated comment that is not in the code", "zh", "// TODO: fifty steps", "// TODO: sixty steps", /^lesson\.zh\.md:49: no comment "TODO: sixty steps" in cell fit/],
  ["code in the Chinese file", "zh", "// TODO: fifty steps => 待完成：走五十步", "let w = 0;", /^lesson\.zh\.md:49: expected "\/\/ English => 中文" in cell fit/],
  ["an unclosed block", "en", "- it stays\n:::", "- it stays", /^lesson\.en\.md:32: the block "::: predict double" is not closed|expected/],
  ["an unexplained choice", "en", "  > It walks against the slope.\n", "", /has no explanation/],
  ["a quiz key that differs between languages", "zh", "- [ ] 最好的直线更准了。", "- [x] 最好的直线更准了。", /^lesson\.zh\.md:\d+: choice 1 of quiz scale is wrong in the English file/],
  ["points that do not add up", "en", "points: 9", "points: 10", /^lesson\.en\.md:6: the tasks and quizzes add up to 9 points, the front matter says 10/],
  ["an objective without a task", "en", "tasks: [step, fit]", "tasks: [stepp]", /names the task stepp, which does not exist/],
  ["a misspelt attribute", "en", "ts id=mse task points=2", "ts id=mse task point=2", /^lesson\.en\.md:44: unknown attribute "point"/],
  ["an id used twice", "en", "ts id=walk", "ts id=mse", /^lesson\.en\.md:71: the id mse is taken: it stands on line 44 too/],
  ["a task without a solution", "en", "  // BEGIN SOLUTION\n  // STUB // TODO: average", "  // STUB // TODO: average", /^lesson\.en\.md:\d+: a STUB line outside/],
  ["a heading without an id", "en", "## By hand {#hand}", "## By hand", /expected the heading "By hand" to end in \{#id\}/],
  ["broken YAML", "en", "prerequisites: [data]", "prerequisites: [data", /^lesson\.en\.md:\d+: /],
];

for (const [title, file, find, replace, complaint] of mistakes) {
  test(`an author hears of ${title}, with file and line`, () => {
    const edited = (file === "en" ? en : zh).replace(find, replace);
    assert.notEqual(edited, file === "en" ? en : zh);
    assert.throws(() => parseLesson(file === "en" ? edited : en, file === "zh" ? edited : zh), (error: Error) => {
      assert.equal(error.name, "LessonError");
      assert.match(error.message, complaint);
      return true;
    });
  });
}
