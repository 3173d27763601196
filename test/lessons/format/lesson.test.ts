import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lessonFromNotebooks, lessonMarkdown, parseLesson, solutionNotebook, solutionOf, stubOf, type Task } from "../../../lessons/format/index.js";
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

/** The fixture with a plot in its last given cell, and what the Chinese file says of its strings. */
const plotted = (strings: string) =>
  parseLesson(en.replace("\nwalked\n```", '\nplot.line([0, walked], { title: `Step ${walked.toFixed("x".length)}: ${`at ${walked}`}`, yLabel: "w => b", xLabel: \'say "step"\' })\n```'), zh.replace(/```ts id=walk\n/, (fence) => `${fence}${strings}\n`));

test("strings that people read are Chinese in the Chinese notebook, and what a template computes stays", () => {
  const lesson = plotted('`Step ${walked.toFixed("x".length)}: ${`at ${walked}`}` => `${`at ${walked}`}，第 ${walked.toFixed("x".length)} 步`\n"w => b" => "w 到 b"\n\'say "step"\' => \'说“步”\'');
  const notebook = solutionNotebook(lesson, "zh").cells.find(({ id }) => id === "walk")!.source;
  assert.match(String(notebook), /title: `\$\{`at \$\{walked\}`\}，第 \$\{walked\.toFixed\("x"\.length\)\} 步`, yLabel: "w 到 b", xLabel: '说“步”' \}\)/);
  assert.match(String(solutionNotebook(lesson, "en").cells.find(({ id }) => id === "walk")!.source), /yLabel: "w => b", xLabel: 'say "step"'/);
  assert.deepEqual(parseLesson(lessonMarkdown(lesson, "en"), lessonMarkdown(lesson, "zh")), lesson);
  assert.deepEqual(lessonFromNotebooks(solutionNotebook(lesson, "en"), solutionNotebook(lesson, "zh")), lesson);
});

test("a translated string must be one whole string in the same quotes, and compute the same", () => {
  assert.throws(() => plotted(`"w => b" => 'w 到 b'`), /expected one string in the quotes " after " => " in cell walk, got 'w 到 b'/);
  assert.throws(() => plotted(`"w => b" => "w" + evil() + "b"`), /expected one string in the quotes "/);
  assert.throws(() => plotted('`Step ${walked.toFixed("x".length)}: ${`at ${walked}`}` => `${evil()}`'), /expected what `Step .* computes in its Chinese too/);
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
  ["a translated string that is not in the code", "zh", "// TODO: fifty steps", '"Loss" => "损失"\n// TODO: fifty steps', /^lesson\.zh\.md:49: no string "Loss" in cell fit/],
  ["code in the Chinese file", "zh", "// TODO: fifty steps => 待完成：走五十步", "let w = 0;", /^lesson\.zh\.md:49: expected "\/\/ English => 中文" or a string and its Chinese in cell fit/],
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
