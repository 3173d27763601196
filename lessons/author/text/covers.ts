import type { CheckedLesson } from "../../checks/node/load.js";
import { curriculum } from "../../curriculum.js";
import type { Block, Language } from "../../format/index.js";
import { error, type Finding } from "../finding.js";

/** What the curriculum's row promises stands, in both languages, in a section that teaches: one with a cell, a task or a quiz, and not the hook or the close. */
export function reviewCoverage({ lesson }: CheckedLesson): Finding[] {
  const row = curriculum.find(({ id }) => id === lesson.id);
  if (!row) return [];
  const sections = sectionsOf(lesson.blocks).filter(({ id, blocks }) => id !== "hook" && id !== "close" && blocks.some(({ kind }) => kind === "code" || kind === "task" || kind === "quiz"));
  return row.covers.flatMap((topic) =>
    (["en", "zh"] as const)
      .filter((language) => !sections.some(({ blocks }) => new RegExp(topic[language], "iu").test(wordsOf(blocks, language))))
      .map((language) => error("curriculum")(`no section teaches "${topic[language]}" (${language})`)),
  );
}

function sectionsOf(blocks: readonly Block[]): { id: string; blocks: Block[] }[] {
  const sections: { id: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === "section") sections.push({ id: block.id, blocks: [] });
    sections.at(-1)?.blocks.push(block);
  }
  return sections;
}

function wordsOf(blocks: readonly Block[], language: Language): string {
  return blocks.map((block) => {
    if (block.kind === "section") return block.title[language];
    if (block.kind === "prose" || block.kind === "callout") return block.text[language];
    if (block.kind === "prediction") return block.question[language];
    if (block.kind === "quiz") return [block.question, ...block.choices.flatMap(({ text, why }) => [text, why])].map((text) => text[language]).join("\n");
    return [...Object.entries(block.comments), ...Object.entries(block.strings)].map(([en, zh]) => (language === "en" ? en : zh)).join("\n");
  }).join("\n");
}
