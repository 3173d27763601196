import { lineComments } from "../format/words.js";
import type { Student } from "./contract.js";

/** What a student was given for a task, and where to find what became of it. */
export interface Stub {
  /** The task's id, which is its cell's id too. */
  id: string;
  source: string;
  /** Names that the stub defines: where a front end tells no cell ids, the code that defined them is looked at. */
  names: readonly string[];
}

/** True where every place that could hold an attempt still holds the stub. Comments, blanks and the language do not count. */
export async function isUntouched(student: Student, { id, source, names }: Stub): Promise<boolean> {
  const found = await Promise.all([id, ...names].map((name) => student.source(name)));
  const attempts = found.filter((text): text is string => text !== undefined);
  return attempts.length > 0 && attempts.every((text) => bare(text) === bare(source));
}

/** Code without comments and white space. */
export function bare(code: string): string {
  let text = code;
  for (const { start, end } of lineComments(code).reverse()) text = text.slice(0, start) + text.slice(end);
  return text.replace(/\/\/\s*$/gm, "").replace(/\s+/g, "");
}
