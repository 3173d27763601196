import type { Lesson } from "../../format/index.js";

/** Where a lesson is longer than its learners' patience (the anatomy of a lesson): warnings, for the author's judgement. */
export function limits(lesson: Lesson): string[] {
  const warnings: string[] = [];
  for (const block of lesson.blocks) {
    if (block.kind === "prose") {
      for (const paragraph of block.text.en.split(/\n{2,}/)) {
        const count = paragraph.split(/\s+/).length;
        if (count > 90 && !paragraph.startsWith("|")) warnings.push(`a paragraph of ${count} words (90): "${paragraph.slice(0, 40)}..."`);
        for (const sentence of paragraph.split(/(?<=[.?!])\s+/)) {
          const length = sentence.split(/\s+/).length;
          if (length > 35 && !sentence.includes("|")) warnings.push(`a sentence of ${length} words (35): "${sentence.slice(0, 40)}..."`);
        }
      }
      for (const sentence of block.text.zh.split(/[。？！；\n]/)) {
        const length = [...sentence.matchAll(/\p{Script=Han}/gu)].length;
        if (length > 45) warnings.push(`a Chinese sentence of ${length} characters (45): "${sentence.slice(0, 16)}..."`);
      }
    }
    if (block.kind === "code" || block.kind === "task") {
      const lines = block.source.split("\n").filter((line) => line.trim() && !/^\s*\/\/ (BEGIN|END|STUB)/.test(line)).length;
      if (lines > 15) warnings.push(`cell ${block.id} has ${lines} lines (15)`);
    }
  }
  const words = lesson.blocks.reduce((sum, block) => sum + (block.kind === "prose" ? block.text.en.split(/\s+/).length : 0), 0);
  const cells = lesson.blocks.filter(({ kind }) => kind === "code" || kind === "task").length;
  if (cells < 16 || cells > 34) warnings.push(`${cells} code cells (18-30)`);
  if (words < 1200) warnings.push(`${words} words of prose (1,400-2,200)`);
  if (words > 2200) warnings.push(`${words} words of prose (1,400-2,200)`);
  return warnings;
}
