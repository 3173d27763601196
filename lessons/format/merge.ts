import type { LocalBlock } from "./blocks.js";
import { parseWords } from "./words.js";
import { fail } from "./error.js";
import type { Block } from "./lesson.js";
import { checkRegions } from "./solution.js";

type Local<Kind extends LocalBlock["kind"]> = Extract<LocalBlock, { kind: Kind }>;

/** Lay the two languages of one block together. Their kinds and ids are already known to agree. */
export function merge(en: LocalBlock, zh: LocalBlock): Block {
  switch (en.kind) {
    case "section":
      return { kind: "section", id: en.id, title: { en: en.title, zh: (zh as Local<"section">).title } };
    case "prose":
      return { kind: "prose", text: { en: en.text, zh: (zh as Local<"prose">).text } };
    case "callout": {
      const twin = zh as Local<"callout">;
      if (!en.title !== !twin.title) fail(zh, "expected a title on this box in both languages or in none");
      return { kind: "callout", tone: en.tone, title: { en: en.title, zh: twin.title }, text: { en: en.text, zh: twin.text } };
    }
    case "cell":
      return cell(en, zh as Local<"cell">);
    case "quiz":
      return quiz(en, zh as Local<"quiz">);
    case "prediction": {
      const twin = zh as Local<"prediction">;
      if (en.choices.length < 2) fail(en, `expected at least 2 choices in prediction ${en.id}, got ${en.choices.length}`);
      if (en.choices.length !== twin.choices.length) fail(zh, `expected ${en.choices.length} choices in prediction ${en.id}, got ${twin.choices.length}`);
      const choices = en.choices.map((choice, index) => ({ en: choice, zh: twin.choices[index]! }));
      return { kind: "prediction", id: en.id, question: { en: en.question, zh: twin.question }, choices };
    }
  }
}

function cell(en: Local<"cell">, zh: Local<"cell">): Block {
  if (zh.points !== undefined || zh.locked || zh.role === "task") fail(zh, `the English file says what cell ${en.id} is: expected only \`ts id=${en.id}\` here`);
  const words = parseWords(zh, en.id, zh.body, en.body);
  if (en.role === "task") {
    if (en.points === undefined) fail(en, `task ${en.id} has no points`);
    if (en.locked) fail(en, `task ${en.id} cannot be locked`);
    checkRegions(en, en.id, en.body);
    return { kind: "task", id: en.id, points: en.points, source: en.body, ...words };
  }
  if (en.points !== undefined) fail(en, `points on cell ${en.id}, which is no task`);
  return { kind: "code", id: en.id, source: en.body, ...words, locked: en.locked };
}

function quiz(en: Local<"quiz">, zh: Local<"quiz">): Block {
  const right = en.choices.filter((choice) => choice.right).length;
  if (en.choices.length < 2 || en.choices.length > 8) fail(en, `expected 2 to 8 choices in quiz ${en.id}, got ${en.choices.length}`);
  if (right === 0) fail(en, `quiz ${en.id} has no right choice: mark it [x]`);
  if (right > 1 && !en.multi) fail(en, `quiz ${en.id} has ${right} right choices: write "::: quiz ${en.id} multi"`);
  if (zh.choices.length !== en.choices.length) fail(zh, `expected ${en.choices.length} choices in quiz ${en.id}, got ${zh.choices.length}`);
  const choices = en.choices.map((choice, index) => {
    const twin = zh.choices[index]!;
    if (twin.right !== choice.right) fail(zh, `choice ${index + 1} of quiz ${en.id} is ${choice.right ? "right" : "wrong"} in the English file`);
    return { text: { en: choice.text, zh: twin.text }, right: choice.right, why: { en: choice.why, zh: twin.why } };
  });
  if (zh.multi !== en.multi) fail(zh, `expected quiz ${en.id} to be ${en.multi ? "multi" : "single"} choice in both files`);
  return { kind: "quiz", id: en.id, points: en.points ?? 1, multi: en.multi, question: { en: en.question, zh: zh.question }, choices };
}
