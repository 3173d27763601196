/** A mistake in a lesson's source, for its author: `lesson.zh.md:14: no comment "dollar" in cell guess`. */
export class LessonError extends Error {
  override name = "LessonError";
  constructor(readonly file: string, /** From 1. */ readonly line: number, readonly problem: string) {
    super(`${file}:${line}: ${problem}`);
  }
}

/** Where in which file we are; `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export function fail(place: Place, problem: string): never {
  throw new LessonError(place.file, place.line, problem);
}
