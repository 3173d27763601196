import { localBlocks, type LocalBlock } from "./blocks.js";
import { fail } from "./error.js";
import { readFrontMatter, text } from "./front-matter.js";
import { readHead, checkHead, englishKeys, chineseKeys } from "./head.js";
import type { Block, Lesson } from "./lesson.js";
import { merge } from "./merge.js";

/** One language's source. `file` is what errors call it. */
export interface LessonSource {
  file: string;
  text: string;
}

/**
 * Read a lesson from its two Markdown files. The answer is frozen, all the way down.
 * Throws a LessonError with file and line where the files are malformed or do not fit each other.
 */
export function parseLesson(en: LessonSource | string, zh: LessonSource | string): Lesson {
  const english = named(en, "lesson.en.md");
  const chinese = named(zh, "lesson.zh.md");
  const enMatter = readFrontMatter(english.file, english.text, englishKeys);
  const zhMatter = readFrontMatter(chinese.file, chinese.text, chineseKeys);
  if (text(zhMatter, "id") !== text(enMatter, "id")) fail(zhMatter.place("id"), `expected id ${text(enMatter, "id")} as in ${english.file}, got ${text(zhMatter, "id")}`);

  const left = localBlocks(english.file, enMatter.body, enMatter.bodyLine);
  const right = localBlocks(chinese.file, zhMatter.body, zhMatter.bodyLine);
  unique(left);
  sameAnchors(left, right, chinese.file);
  const blocks: Block[] = left.map((block, index) => merge(block, right[index]!));
  const lesson: Lesson = { ...readHead(enMatter, zhMatter), blocks };
  checkHead(lesson, enMatter);
  return freeze(lesson);
}

const named = (source: LessonSource | string, file: string): LessonSource => (typeof source === "string" ? { file, text: source } : source);

function unique(blocks: LocalBlock[]): void {
  const lines = new Map<string, number>();
  for (const block of blocks) {
    if (!("id" in block)) continue;
    // Sections live in the page's addresses, cells in the notebook's: the same name may stand for both.
    const key = block.kind === "section" ? `#${block.id}` : block.id;
    if (lines.has(key)) fail(block, `the id ${key} is taken: it stands on line ${lines.get(key)} too`);
    lines.set(key, block.line);
  }
}

/** Both languages have the same anchors in the same order, and prose in the same gaps. */
function sameAnchors(left: LocalBlock[], right: LocalBlock[], zhFile: string): void {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [en, zh] = [left[index], right[index]];
    if (en && zh && label(en) === label(zh)) continue;
    if (en && !zh) fail({ file: zhFile, line: right.at(-1)?.line ?? 1 }, `expected ${label(en)} after this, as on line ${en.line} of ${en.file}`);
    if (!en && zh) fail(zh, `${label(zh)} has no twin in the English file`);
    fail(zh!, `expected ${label(en!)} here, as on line ${en!.line} of ${en!.file}, got ${label(zh!)}`);
  }
}

function label(block: LocalBlock): string {
  if (block.kind === "callout") return `a ${block.tone} box`;
  if (block.kind === "prose") return "prose";
  return block.kind === "section" ? `section #${block.id}` : `${block.kind} ${block.id}`;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
