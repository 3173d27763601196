import type { Completeness } from "./contract.js";
import { compileCell } from "./compile.js";
import { CellSyntaxError } from "./contract.js";
import { endings } from "./repair.js";
import { openBrackets, readTokens, type Tokens } from "./tokens.js";

/**
 * Can the text run as it is, does it need more lines, or can no further line save it?
 *
 * @example isComplete("for (const x of [1]) {") // { status: "incomplete", indent: "  " }
 */
export function isComplete(source: string): Completeness {
  try {
    compileCell(source, { lower: () => ({ code: "", map: `{"mappings":""}` }) });
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const read = readTokens(source);
    return isUnfinished(read, error) ? { status: "incomplete", indent: indentAfter(read) } : { status: "invalid" };
  }
}

function isUnfinished(read: Tokens, failure: CellSyntaxError): boolean {
  const { source, error } = read;
  if (failure.offset >= source.trimEnd().length || /^Missing catch/.test(failure.message)) return true;
  if (!error) return false;
  if (/^Unterminated (template|comment|JSX contents)/.test(error.message)) return true;
  // The parser may try a second reading of unfinished text and report that one's error: see whether an end can be added.
  return endings(read).some((ending) => !readTokens(`${source} ${ending}`).error);
}

/** Two spaces more than the line that opened the innermost bracket, or than the last line where an expression is missing. */
function indentAfter({ source, tokens, error }: Tokens): string {
  if (error && /^Unterminated comment/.test(error.message)) return "";
  const innermost = openBrackets(tokens).at(-1);
  if (innermost?.text === "`") return "";
  const line = source.slice(0, innermost?.start ?? source.trimEnd().length).split(/\r\n|[\n\r]/).at(-1)!;
  return `${/^[ \t]*/.exec(line)![0]}  `;
}
