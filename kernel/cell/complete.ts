import type { Completeness } from "./contract.js";
import { compileCell } from "./compile.js";
import { CellSyntaxError } from "./contract.js";
import { readTokens, type Tokens } from "./tokens.js";

/**
 * Can the text run as it is, does it need more lines, or can no further line save it?
 *
 * @example isComplete("for (const x of [1]) {") // { status: "incomplete", indent: "  " }
 */
export function isComplete(source: string): Completeness {
  const read = readTokens(source);
  if (read.error) return isUnfinished(read) ? { status: "incomplete", indent: indentAfter(read) } : { status: "invalid" };
  try {
    compileCell(source, { lower: () => ({ code: "", map: `{"mappings":""}` }) });
    return { status: "complete" };
  } catch (error) {
    if (error instanceof CellSyntaxError) return { status: "invalid" };
    throw error;
  }
}

function isUnfinished({ source, error }: Tokens): boolean {
  if (/^Unterminated (template|comment|JSX contents)/.test(error!.message)) return true;
  return error!.offset >= source.trimEnd().length;
}

/** Two spaces more than the line that opened the innermost bracket, or than the last line where an expression is missing. */
function indentAfter({ source, tokens, error }: Tokens): string {
  if (/^Unterminated (template|comment)/.test(error!.message)) return "";
  const open: number[] = [];
  for (const { text, kind, start } of tokens) {
    if (kind !== "other") continue;
    if (text === "(" || text === "[" || text === "{" || text === "${") open.push(start);
    else if (text === ")" || text === "]" || text === "}") open.pop();
  }
  const line = source.slice(0, open.at(-1) ?? source.trimEnd().length).split(/\r\n|[\n\r]/).at(-1)!;
  return `${/^[ \t]*/.exec(line)![0]}  `;
}
