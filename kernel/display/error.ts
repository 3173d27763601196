import type { MimeBundle } from "./contract.js";
import { describe, errorText } from "./describe.js";
import { cut } from "./escape.js";
import { descriptor, own } from "./reflect.js";

/** Frames of the machinery that the learner did not write; our own files are told by the folder they are in. */
const inner = /\bnode:|\/node_modules\/|<anonymous>$/;
const ownFolder = import.meta.url?.replace(/display\/error\.[jt]s.*$/, "");
const isInner = (line: string) => inner.test(line) || (ownFolder?.endsWith("/kernel/") && line.includes(ownFolder));

/** An error as a value: its message, the learner's frames, and what caused it. */
export function errorView(value: object): MimeBundle | undefined {
  if (!(value instanceof Error)) return undefined;
  return { data: { "text/plain": errorLines(value).join("\n") }, metadata: {} };
}

function errorLines(error: Error, seen: unknown[] = []): string[] {
  if (seen.length >= 8 || seen.includes(error)) return ["[Circular]"];
  const path = [...seen, error];
  const lines = [errorText(error), ...frames(stackOf(error))];
  const members = own(error, "errors");
  if (Array.isArray(members)) for (const member of members.slice(0, 10)) lines.push(...indent("- ", causeLines(member, path)));
  const cause = own(error, "cause");
  if (cause !== undefined) lines.push(...indent("", [`caused by ${causeLines(cause, path)[0]}`, ...causeLines(cause, path).slice(1)]));
  return lines;
}

function causeLines(cause: unknown, seen: unknown[]): string[] {
  if (cause instanceof Error) return errorLines(cause, seen);
  const d = describe(cause, 500);
  return [d.kind === "leaf" ? d.text : d.label];
}

/** V8 14 keeps the stack behind accessors of its own, one pair for all errors; a getter of the learner's is not called. */
function stackOf(error: Error): unknown {
  const found = descriptor(error, "stack");
  if (!found?.get) return found?.value;
  return found.get === descriptor(new Error(), "stack")?.get ? Reflect.apply(found.get, error, []) : undefined;
}

const indent = (mark: string, lines: string[]) => lines.map((line, i) => `  ${i === 0 ? mark : " ".repeat(mark.length)}${line}`);

function frames(stack: unknown): string[] {
  if (typeof stack !== "string") return [];
  return stack.split("\n").filter((line) => /^\s+at /.test(line) && !isInner(line)).map((line) => cut(line, 500)).slice(0, 10);
}
