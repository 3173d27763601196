import { CellSyntaxError } from "./contract.js";

/** A syntax error at `offset` of `source`: lines count from 1, columns from 0; `\r\n`, `\n` and `\r` all end a line. */
export function syntaxError(message: string, source: string, offset: number): CellSyntaxError {
  const at = Math.max(0, Math.min(offset, source.length));
  const { line, column } = positionOf(source, at);
  return new CellSyntaxError(message, line, column, at);
}

/** Line (from 1) and column (from 0) of an offset. */
export function positionOf(source: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const { text, index } of lineBreaks(source)) {
    if (index + text.length > offset) break;
    line++;
    start = index + text.length;
  }
  return { line, column: offset - start };
}

/** Offset of a line (from 1) and a column (from 0), kept inside the text. */
export function offsetOf(source: string, line: number, column: number): number {
  let start = 0;
  let current = 1;
  for (const { text, index } of lineBreaks(source)) {
    if (current++ === line) break;
    start = index + text.length;
  }
  return Math.min(start + column, source.length);
}

function* lineBreaks(source: string): Generator<{ text: string; index: number }> {
  for (const match of source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) yield { text: match[0], index: match.index ?? 0 };
}
