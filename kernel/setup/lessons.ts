import type { LessonNotebook } from "./notebooks.js";
import { optionalPart } from "./optional.js";
import type { Place } from "./place.js";

/** Every lesson in both languages, as the student's notebook. */
export async function lessonNotebooks(place: Place): Promise<LessonNotebook[]> {
  const format = await optionalPart<{ studentNotebooks(folder: string): Promise<LessonNotebook[]> }>("lessons/format/node/notebooks.js");
  return format ? format.studentNotebooks(place.root) : [];
}
