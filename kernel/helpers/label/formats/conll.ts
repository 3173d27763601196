import { known, oneOf } from "../../arguments.js";
import type { TaggedSentence } from "./items.js";

export interface ConllOptions {
  /** An I- tag that continues nothing: "error", or "begin" to read it as B- (as files in the older IOB1 scheme mean it). Default "error". */
  stray?: "error" | "begin";
}

/**
 * Sentences from CoNLL text: a token a line, its BIO tag in the last column, columns parted by spaces or tabs, an empty line after each sentence. `-DOCSTART-` lines are skipped.
 *
 * @throws with the line: `expected a token and a tag in line 3, got "Paris"`; `expected O, B-type or I-type in line 3, got "PER"`; `expected B-LOC before I-LOC in line 3`.
 * @example
 * label.fromConll("Lin B-PER\nYi I-PER\nsings O\n")[0].tags // ["B-PER", "I-PER", "O"]
 */
export function fromConll(text: string, options: ConllOptions = {}): readonly TaggedSentence[] {
  known(options, ["stray"]);
  const stray = oneOf({ stray: options.stray ?? "error" }, ["error", "begin"]);
  if (typeof text !== "string") throw new TypeError("expected CoNLL as text");
  const sentences: TaggedSentence[] = [];
  let [tokens, tags]: [string[], string[]] = [[], []];
  const end = () => {
    if (tokens.length > 0) sentences.push({ tokens, tags });
    [tokens, tags] = [[], []];
  };
  text.replace(/^\ufeff/, "").split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === "") return end();
    if (line.startsWith("-DOCSTART-")) return end();
    const columns = line.trim().split(/[ \t]+/);
    if (columns.length < 2) throw new SyntaxError(`expected a token and a tag in line ${at + 1}, got ${JSON.stringify(line)}`);
    const tag = columns.at(-1)!;
    tokens.push(columns[0]!);
    tags.push(checkTag(tag, tags.at(-1), `line ${at + 1}`, stray));
  });
  end();
  return Object.freeze(sentences);
}

function checkTag(tag: string, before: string | undefined, where: string, stray: "error" | "begin"): string {
  if (!/^(?:O|[BI]-.+)$/.test(tag)) throw new SyntaxError(`expected O, B-type or I-type in ${where}, got ${JSON.stringify(tag)}`);
  if (!tag.startsWith("I-") || (before !== undefined && before.slice(2) === tag.slice(2))) return tag;
  if (stray === "error") throw new SyntaxError(`expected B-${tag.slice(2)} before ${tag} in ${where}`);
  return `B-${tag.slice(2)}`;
}

/**
 * CoNLL text from tagged sentences: token, space, tag.
 *
 * @throws `expected tags of length 2 like tokens in sentence 0, got 1`; `expected a token without white space in sentence 0, got "New York"`; tags as `fromConll`.
 * @example
 * label.toConll([{ tokens: ["Lin", "sings"], tags: ["B-PER", "O"] }]) // "Lin B-PER\nsings O\n\n"
 */
export function toConll(sentences: readonly TaggedSentence[]): string {
  return sentences.map(({ tokens, tags }, s) => {
    if (tokens.length !== tags.length) throw new RangeError(`expected tags of length ${tokens.length} like tokens in sentence ${s}, got ${tags.length}`);
    return `${tokens.map((token, t) => {
      if (token === "" || /\s/.test(token) || token.startsWith("-DOCSTART-")) throw new RangeError(`expected a token without white space in sentence ${s}, got ${JSON.stringify(token)}`);
      return `${token} ${checkTag(tags[t]!, tags[t - 1], `sentence ${s}, token ${t}`, "error")}\n`;
    }).join("")}\n`;
  }).join("");
}

/** A span of tokens, [start, end). */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/**
 * BIO tags of spans over tokens.
 *
 * @throws `expected spans that do not overlap, got token 2 twice`; `expected 0 <= start < end <= 3, got 2 and 2`.
 * @example
 * label.spansToBio([{ start: 0, end: 2, label: "PER" }], { length: 3 }) // ["B-PER", "I-PER", "O"]
 */
export function spansToBio(spans: readonly TokenSpan[], { length }: { length: number }): readonly string[] {
  const tags = new Array<string>(length).fill("O");
  for (const { start, end, label } of spans) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > length) throw new RangeError(`expected 0 <= start < end <= ${length}, got ${start} and ${end}`);
    for (let t = start; t < end; t++) {
      if (tags[t] !== "O") throw new RangeError(`expected spans that do not overlap, got token ${t} twice`);
      tags[t] = `${t === start ? "B" : "I"}-${label}`;
    }
  }
  return Object.freeze(tags);
}

/**
 * Spans over tokens from BIO tags.
 *
 * @throws as `fromConll`, with the token.
 * @example
 * label.bioToSpans(["B-PER", "I-PER", "B-PER", "O"]) // [{ start: 0, end: 2, label: "PER" }, { start: 2, end: 3, label: "PER" }]
 */
export function bioToSpans(tags: readonly string[], options: ConllOptions = {}): readonly TokenSpan[] {
  known(options, ["stray"]);
  const stray = oneOf({ stray: options.stray ?? "error" }, ["error", "begin"]);
  const spans: { start: number; end: number; label: string }[] = [];
  tags.forEach((given, t) => {
    const tag = checkTag(given, tags[t - 1], `token ${t}`, stray);
    if (tag.startsWith("B-")) spans.push({ start: t, end: t + 1, label: tag.slice(2) });
    else if (tag !== "O") spans.at(-1)!.end = t + 1;
  });
  return Object.freeze(spans);
}
