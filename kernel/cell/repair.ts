import { openBrackets, readTokens, type Tokens } from "./tokens.js";

const rounds = 24;

/** Stands where a name is missing; no fact about it is a fact about the cell. */
export const missing = "ǂmissing";

/**
 * Tokens of text that may be unfinished: at each error the edit that lets the parser read furthest is made, then it reads again.
 * The result's `source` and offsets are those of the repaired text; names, scopes and roles are what callers use.
 */
export function repair(source: string): Tokens {
  let read = readTokens(source);
  for (let round = 0; round < rounds && read.error; round++) {
    const { offset } = read.error;
    let best: Tokens | undefined;
    for (const text of candidates(read)) {
      const next = readTokens(text);
      if (!best || reach(next) > reach(best)) best = next;
      if (!next.error) break;
    }
    if (!best) break;
    // No candidate came further: give up the rest of the line, so that the next round starts behind it.
    read = best.error && reach(best) <= reach(read) ? readTokens(withoutLine(read.source, offset)) : best;
  }
  return read;
}

/** What the parser has still to read, negated: edits change the length, so distances count from the end. */
const reach = ({ source, error }: Tokens) => (error ? error.offset - source.length : 1);

function* candidates(read: Tokens): Generator<string> {
  const { source, error } = read;
  const at = error!.offset;
  const head = source.slice(0, at);
  const tail = source.slice(at);
  if (/^Unterminated template/.test(error!.message)) yield `${source}\``;
  if (/^Unterminated comment/.test(error!.message)) yield `${source}*/`;
  if (/^Unterminated string/.test(error!.message)) yield head + tail.replace(/^.*/, '""');
  const dangling = /\.[ \t]*(\r?\n\s*(?:const|let|var|function|class|import|export|if|for|while|return|type|interface|enum|await)\b)/.exec(source);
  if (dangling) yield `${source.slice(0, dangling.index)}.${missing};${source.slice(dangling.index + 1)}`;
  if (tail.trim() === "") for (const ending of endings(read)) yield head + ending + tail;
  for (const text of [missing, ";", `${missing};`, ")", "}", "]", `:${missing}`, "{}", `=${missing}`]) yield head + text + tail;
  yield head + tail.replace(/^(?:[\w$]+|[^])/, " ");
}

const closer: Record<string, string> = { "(": ")", "[": "]", "{": "}", "${": "}", "`": "`" };

/** Texts that may complete what stands open at the end. */
export function endings({ tokens }: Tokens): string[] {
  const closers = openBrackets(tokens).reverse().map(({ text }) => closer[text]).join("");
  return [closers, missing + closers, `:${missing}${closers}`, `{}${closers}`, closers + missing, `${closers}{}`, '"m"'];
}

function withoutLine(source: string, offset: number): string {
  const end = /[\n\r]/.exec(source.slice(offset));
  const stop = end ? offset + end.index : source.length;
  // At the very end nothing is left to drop behind the error: drop the line before it.
  const start = stop > offset ? offset : Math.max(0, source.lastIndexOf("\n", offset - 1));
  return source.slice(0, start) + (start === stop ? "" : " ") + source.slice(stop === start ? stop + 1 : stop);
}
