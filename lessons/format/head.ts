import { fail } from "./error.js";
import { list, number, text, texts, type FrontMatter } from "./front-matter.js";
import { graded, type Lesson, type Level, type Objective, type ResultRange } from "./lesson.js";

export const englishKeys = ["id", "version", "title", "level", "minutes", "points", "objectives", "prerequisites", "data", "terms", "ranges"];
export const chineseKeys = ["id", "title", "objectives"];

const levels: readonly Level[] = ["beginner", "intermediate", "advanced"];

/** Everything of a lesson but its blocks. */
export function readHead(en: FrontMatter, zh: FrontMatter): Omit<Lesson, "blocks"> {
  const level = text(en, "level") as Level;
  if (!levels.includes(level)) fail(en.place("level"), `expected level to be ${levels.join(", ")}, got ${level}`);
  const id = text(en, "id");
  if (!/^[a-z][a-z0-9-]*$/.test(id)) fail(en.place("id"), `expected an id of a-z, 0-9 and -, got "${id}"`);
  return {
    id,
    version: number(en, "version", 1),
    title: { en: text(en, "title"), zh: text(zh, "title") },
    level,
    minutes: number(en, "minutes"),
    points: number(en, "points"),
    objectives: objectives(en, zh),
    prerequisites: texts(en, "prerequisites"),
    data: texts(en, "data"),
    terms: list(en, "terms").map((term) => {
      const { en: english, zh: chinese } = record(term);
      if (typeof english !== "string" || typeof chinese !== "string") fail(en.place("terms"), `expected a term as { en: ..., zh: ... }, got ${JSON.stringify(term)}`);
      return { en: english, zh: chinese };
    }),
    ranges: ranges(en),
  };
}

function ranges(en: FrontMatter): ResultRange[] {
  return list(en, "ranges").map((item) => {
    const { cell, value, from, to } = record(item);
    if (typeof cell !== "string" || typeof value !== "string" || typeof from !== "number" || typeof to !== "number" || !(from <= to)) {
      fail(en.place("ranges"), `expected a range as { cell: id, value: "expression", from: number, to: number }, got ${JSON.stringify(item)}`);
    }
    return { cell, value, from, to };
  });
}

function objectives(en: FrontMatter, zh: FrontMatter): Objective[] {
  const chinese = texts(zh, "objectives");
  const english = list(en, "objectives");
  if (english.length < 1 || english.length > 4) fail(en.place("objectives"), `expected 1 to 4 objectives, got ${english.length}`);
  if (chinese.length !== english.length) fail(zh.place("objectives"), `expected ${english.length} objectives as in the English file, got ${chinese.length}`);
  return english.map((item, index) => {
    const { text: words, tasks } = record(item);
    if (typeof words !== "string" || !Array.isArray(tasks) || !tasks.length || !tasks.every((task) => typeof task === "string")) {
      fail(en.place("objectives"), `expected an objective as { text: ..., tasks: [...] }, got ${JSON.stringify(item)}`);
    }
    return { text: { en: words, zh: chinese[index]! }, tasks: tasks as string[] };
  });
}

/** What the head says about the blocks must hold. */
export function checkHead(lesson: Lesson, en: FrontMatter): void {
  const tasks = graded(lesson);
  const sum = tasks.reduce((total, task) => total + task.points, 0);
  if (sum !== lesson.points) fail(en.place("points"), `the tasks and quizzes add up to ${sum} points, the front matter says ${lesson.points}`);
  const cells = new Set(lesson.blocks.flatMap((block) => (block.kind === "code" || block.kind === "task" ? [block.id] : [])));
  for (const { cell } of lesson.ranges) if (!cells.has(cell)) fail(en.place("ranges"), `a range names the cell ${cell}, which does not exist`);
  const ids = new Set(tasks.map((task) => task.id));
  for (const id of lesson.objectives.flatMap((objective) => objective.tasks)) {
    if (!ids.has(id)) fail(en.place("objectives"), `an objective names the task ${id}, which does not exist; there are ${[...ids].join(", ") || "none"}`);
  }
}

const record = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {});
