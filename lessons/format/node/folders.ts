import { readdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../kernel/root.js";
import { parseLesson } from "../parse.js";
import type { Lesson } from "../lesson.js";

/** Where the lessons' sources are. */
export const lessonsFolder = (): string => join(projectRoot(), "lessons");

/** Folders `NN-slug` that hold a lesson, in order, as full paths. */
export async function lessonFolders(within = lessonsFolder()): Promise<string[]> {
  const names = await readdir(within);
  return names.filter((name) => /^\d\d-/.test(name) && existsSync(join(within, name, "lesson.en.md"))).sort().map((name) => join(within, name));
}

/** Read and parse the lesson of a folder; errors name the files by their full path. */
export async function readLesson(folder: string): Promise<Lesson> {
  const [en, zh] = await Promise.all(["lesson.en.md", "lesson.zh.md"].map(async (name) => ({ file: join(folder, name), text: await readFile(join(folder, name), "utf8") })));
  return parseLesson(en!, zh!);
}

/** The folder of the lesson with this id, found by its front matter's `id:` line; undefined where there is none. */
export async function findLesson(id: string, within = lessonsFolder()): Promise<string | undefined> {
  for (const folder of await lessonFolders(within)) if ((await lessonId(folder)) === id) return folder;
  return undefined;
}

/** The id of the lesson in a folder, without parsing the whole: one broken lesson does not hide the others. */
export async function lessonId(folder: string): Promise<string | undefined> {
  return /^id:\s*(\S+)/m.exec(await readFile(join(folder, "lesson.en.md"), "utf8"))?.[1];
}
