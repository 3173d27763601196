import { basename } from "node:path";
import { notebookText, studentNotebook } from "../../lessons/format/index.js";
import { lessonFolders, readLesson } from "../../lessons/format/node/folders.js";
import type { LessonNotebook } from "./notebooks.js";
import { note } from "./steps.js";

/** Every lesson in both languages, as the student's notebook. A lesson that cannot be read is named and left out. */
export async function lessonNotebooks(): Promise<LessonNotebook[]> {
  const notebooks: LessonNotebook[] = [];
  for (const folder of await lessonFolders()) {
    try {
      const lesson = await readLesson(folder);
      for (const language of ["en", "zh"] as const) notebooks.push({ path: `${language}/${basename(folder)}.ipynb`, text: notebookText(studentNotebook(lesson, language)) });
    } catch (error) {
      note(`the lesson ${basename(folder)} is left out: ${(error as Error).message}`);
    }
  }
  return notebooks;
}
