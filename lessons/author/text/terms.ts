import type { CheckedLesson } from "../../checks/node/load.js";
import { avoided, glossary } from "../glossary.js";
import { error, warning, type Finding } from "../finding.js";
import { texts } from "./language.js";

/** The field's words, the same in every lesson; Chinese set as the project sets it. */
export function reviewTerms(checked: CheckedLesson): Finding[] {
  const findings: Finding[] = [];
  const all = [...texts(checked)];
  const inCode = checked.lesson.blocks.flatMap((block) => (block.kind === "code" || block.kind === "task" ? [...Object.entries(block.comments), ...Object.entries(block.strings)] : []));
  const chinese = [...all.map(({ text }) => text.zh), ...inCode.map(([, zh]) => zh)].join("\n");
  const english = [...all.map(({ text }) => text.en), ...inCode.map(([en]) => en)].join("\n").toLowerCase();
  for (const { en, zh } of checked.lesson.terms) {
    const ours = glossary[en];
    if (ours !== undefined && ours !== zh) findings.push(error("terms")(`${en} is ${ours} in this course, got ${zh}`));
    if (!english.includes(stem(en))) findings.push(error("terms")(`the term "${en}" is listed and never used`));
    if (!chinese.includes(zh)) findings.push(error("terms")(`the term ${zh} is listed and never used`));
    else if (!chinese.toLowerCase().includes(`${zh}（${en}`.toLowerCase()) && /[a-z]/.test(en)) findings.push(warning("terms")(`${zh} is never introduced as ${zh}（${en}）`));
  }
  for (const { where, text } of all) {
    const plain = withoutCode(text.zh);
    for (const { word, say, why } of avoided) if (word.test(plain)) findings.push(error("terms")(`${where}: say ${say} (${why}) in "${around(plain, word)}"`));
    for (const { pattern, rule } of typesetting) if (pattern.test(plain)) findings.push(error("chinese")(`${where}: ${rule} in "${around(plain, pattern)}"`));
  }
  return findings;
}

/** "overfits" uses the term overfitting. */
const stem = (term: string): string => term.toLowerCase().replace(/(?<=\w{4})(?:ting|ing|ization|ation|e|s)$/, "");

/** How Chinese is set: full-width marks in prose, a space between Chinese and Latin. Code and formulas become one Latin letter. */
const typesetting: { pattern: RegExp; rule: string }[] = [
  { pattern: /\p{Script=Han}[,;:?!]|\p{Script=Han}\.(?!\w)/u, rule: "full-width marks in Chinese prose" },
  { pattern: /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u, rule: "a space between Chinese and Latin letters, digits or code" },
  { pattern: /(?<!X) [，。：；？！（）]|[，。：；？！（）“”] [\p{Script=Han}A-Za-z0-9]/u, rule: "no space beside full-width marks" },
];

function withoutCode(text: string): string {
  return text
    .replace(/```.*?```/gs, "")
    .replace(/\{#[^}]*\}/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$/gs, "X")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/\s*_{3,}\s*/g, "")
    // A space after bold that ends in a full stop is Markdown's need: without it the bold would not close.
    .replace(/(?<=[，。：；？！）”])\*\* /g, "")
    .replace(/[*_[\]]/g, "");
}

function around(text: string, pattern: RegExp): string {
  const at = pattern.exec(text)?.index ?? 0;
  return text.slice(Math.max(0, at - 8), at + 12).replace(/\n/g, " ");
}
