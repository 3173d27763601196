import { stringify } from "yaml";
import { stringsOf, translatable, type Words } from "./words.js";
import type { Block, CodeCell, Language, Lesson, Quiz, Task } from "./lesson.js";

/** The text of `lesson.en.md` or `lesson.zh.md`: `parseLesson` of both gives the lesson back. */
export function lessonMarkdown(lesson: Lesson, language: Language): string {
  const blocks = lesson.blocks.map((block) => blockMarkdown(block, language));
  return `---\n${frontMatter(lesson, language)}---\n\n${blocks.join("\n\n")}\n`;
}

/** The head of the file, as YAML lines. */
export function frontMatter(lesson: Omit<Lesson, "blocks">, language: Language): string {
  const { id, version, title, level, minutes, points, objectives, prerequisites, data, terms, ranges } = lesson;
  if (language === "zh") return stringify({ id, title: title.zh, objectives: objectives.map(({ text }) => text.zh) });
  const goals = objectives.map(({ text, tasks }) => ({ text: text.en, tasks }));
  return stringify({ id, version, title: title.en, level, minutes, points, prerequisites, data, objectives: goals, terms, ...(ranges.length && { ranges }) });
}

/** One block in the dialect of the README. */
export function blockMarkdown(block: Block, language: Language): string {
  switch (block.kind) {
    case "section":
      return `## ${block.title[language]} {#${block.id}}`;
    case "prose":
      return block.text[language];
    case "callout":
      return container(`${block.tone} ${block.title[language]}`.trim(), block.text[language]);
    case "prediction": {
      const choices = block.choices.map((choice) => `- ${indent(choice[language])}`);
      return container(`predict ${block.id}`, `${block.question[language]}\n\n${choices.join("\n")}`);
    }
    case "quiz":
      return quiz(block, language);
    case "code":
    case "task":
      return cell(block, language);
  }
}

function quiz(block: Quiz, language: Language): string {
  const choices = block.choices.map(({ text, right, why }) => {
    const quote = why[language].split("\n").map((line) => `  > ${line}`.trimEnd());
    return `- [${right ? "x" : " "}] ${indent(text[language])}\n${quote.join("\n")}`;
  });
  const info = `quiz ${block.id}${block.multi ? " multi" : ""}${block.points === 1 ? "" : ` points=${block.points}`}`;
  return container(info, `${block.question[language]}\n\n${choices.join("\n")}`);
}

function cell(block: CodeCell | Task, language: Language): string {
  if (language === "zh") {
    return fence(`ts id=${block.id}`, wordLines(block));
  }
  const flags = block.kind === "task" ? ` task points=${block.points}` : block.locked ? " locked" : "";
  return fence(`ts id=${block.id}${flags}`, `${block.source}\n`);
}

/** A fence longer than any run of backticks inside. */
function fence(info: string, body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${info}\n${body}${marks}`;
}

const container = (info: string, body: string): string => `::: ${info}\n${body}\n:::`;

const indent = (text: string): string => text.replaceAll("\n", "\n  ");

/** What a Chinese fence holds. */
export function wordLines({ comments, strings }: Words): string {
  const lines = (twins: Readonly<Record<string, string>>, mark: string) => Object.entries(twins).map(([english, chinese]) => `${mark}${english} => ${chinese}\n`);
  return [...lines(comments, "// "), ...lines(strings, "")].join("");
}

/** Pair the comments and the strings of one cell in two languages by their order; undefined where the numbers differ. */
export function pairWords(english: string, chinese: string): Words | undefined {
  const [comments, strings] = [pair(translatable(english), translatable(chinese)), pair(stringsOf(english), stringsOf(chinese))];
  return comments && strings && { comments, strings };
}

function pair(left: readonly string[], right: readonly string[]): Record<string, string> | undefined {
  if (left.length !== right.length) return undefined;
  return Object.fromEntries(left.map((text, index) => [text, right[index]!] as const).filter(([en, zh]) => en !== zh));
}
