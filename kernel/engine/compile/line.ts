/** Frames that are not the learner's: packages, Node, and this project's own compiled files. */
const foreign = /node_modules|node:|<anonymous>\)?$/;
const own = new URL("../../", import.meta.url).href;

/** A place in running code, formatted only when it is read: V8 keeps frames cheaply and words dearly. */
export interface Trail {
  stack?: string;
}

/** Remember where we are. */
export function trail(): Trail {
  const here: Trail = {};
  Error.captureStackTrace(here, trail);
  return here;
}

/** Where in the learner's own code that was: `lesson.ts:12`, `Cell [3], line 4`; undefined where none of it is on the stack. */
export function learnersLine({ stack = "" }: Trail): string | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    if (foreign.test(frame) || frame.includes(own)) continue;
    const found = /(?:\(|at )((?:Cell \[\d+\])|[^()\s]+):(\d+):\d+\)?$/.exec(frame);
    if (!found) continue;
    const file = found[1]!.replace(/^file:\/\//, "");
    return file.startsWith("Cell") ? `${file}, line ${found[2]}` : `${file}:${found[2]}`;
  }
  return undefined;
}
