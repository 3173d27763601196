import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fromHere } from "../../kernel/setup/options.js";
import { Problem } from "../../kernel/setup/problem.js";
import { lessonFolders, lessonId } from "../format/node/folders.js";

/** The folder that an author means: a path, `05-regression`, `05` or `regression`. */
export async function findFolder(word: string): Promise<string> {
  const path = fromHere(word);
  if (existsSync(join(path, "lesson.en.md"))) return path;
  const folders = await lessonFolders();
  for (const folder of folders) {
    const name = basename(folder);
    if (name === word || name.slice(0, 2) === word.padStart(2, "0") || (await lessonId(folder)) === word) return folder;
  }
  throw new Problem(`no lesson ${word}; there are ${folders.map((folder) => basename(folder)).join(", ")}`, 2);
}
