import type { Stage } from "../contract.js";
import { bertPunctuation, space } from "./characters.js";
import { patternOf } from "./pattern.js";
import { part, prepend, replaceAll, type Piece } from "./piece.js";

/** Cuts a piece, into `out`. */
export type Splitter = (piece: Piece, out: Piece[]) => void;

export interface PreTokenizer {
  split: Splitter;
  /** The model sees UTF-8 bytes. */
  bytes: boolean;
}

type Behavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

/** What GPT-2 takes for a word: contractions, letters, digits and others with one space before them, and runs of space. */
const gpt2 = new RegExp(`'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${space}\\p{L}\\p{N}]+|[${space}]+(?![^${space}])|[${space}]+`, "gu");

/** Each match and each stretch between matches is a piece. */
function isolate(pattern: RegExp): Splitter {
  return (piece, out) => {
    const { text } = piece;
    let from = 0;
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const { index } = found;
      const to = index + found[0].length;
      if (to === index) {
        pattern.lastIndex += 1;
        continue;
      }
      if (index > from) out.push(part(piece, from, index));
      out.push(part(piece, index, to));
      from = to;
    }
    if (from < text.length) out.push(part(piece, from, text.length));
  };
}

/** Cut by a pattern, as Hugging Face's `SplitDelimiterBehavior` says. */
function splitBy(pattern: RegExp, behavior: Behavior, invert = false): Splitter {
  if (behavior === "Isolated" && !invert) return isolate(pattern);
  return (piece, out) => {
    const { text } = piece;
    const runs: { from: number; to: number; delimiter: boolean }[] = [];
    let from = 0;
    for (const found of text.matchAll(pattern)) {
      if (found[0] === "") continue;
      if (found.index > from) runs.push({ from, to: found.index, delimiter: invert });
      from = found.index + found[0].length;
      runs.push({ from: found.index, to: from, delimiter: !invert });
    }
    if (from < text.length) runs.push({ from, to: text.length, delimiter: invert });
    const joined: typeof runs = [];
    runs.forEach((run, at) => {
      const last = joined.at(-1);
      const before = runs[at - 1];
      const joins = behavior === "MergedWithPrevious" ? run.delimiter && before && !before.delimiter
        : behavior === "MergedWithNext" ? !run.delimiter && before?.delimiter
        : behavior === "Contiguous" && before?.delimiter === run.delimiter;
      if (behavior === "Removed" && run.delimiter) return;
      if (joins && last) last.to = run.to;
      else joined.push({ ...run });
    });
    for (const { from, to } of joined) out.push(part(piece, from, to));
  };
}

function chain(splitters: readonly Splitter[]): Splitter {
  if (splitters.length === 1) return splitters[0]!;
  return (piece, out) => {
    let now = [piece];
    for (const split of splitters) {
      const next: Piece[] = [];
      for (const one of now) split(one, next);
      now = next;
    }
    for (const one of now) out.push(one);
  };
}

function metaspace({ replacement = "▁", prepend_scheme, add_prefix_space, split = true }: Stage): Splitter {
  const mark = String(replacement);
  const scheme = prepend_scheme ?? (add_prefix_space === false ? "never" : "always");
  const cut = splitBy(new RegExp(mark, "gu"), "MergedWithNext");
  return (piece, out) => {
    let now = replaceAll(piece, / /g, mark);
    if (!now.text.startsWith(mark) && (scheme === "always" || (scheme === "first" && (piece.map ? piece.map.starts[piece.at] === 0 : piece.at === 0)))) now = prepend(now, mark);
    if (split) cut(now, out);
    else out.push(now);
  };
}

function byteLevel({ add_prefix_space: prefix, use_regex: regex = true }: Stage): Splitter {
  const cut = isolate(gpt2);
  return (piece, out) => {
    const now = prefix && !piece.text.startsWith(" ") ? prepend(piece, " ") : piece;
    if (regex) cut(now, out);
    else if (now.text !== "") out.push(now);
  };
}

const whitespaceRun = new RegExp(`[${space}]+`, "gu");
const kinds: Record<string, (stage: Stage) => Splitter> = {
  ByteLevel: byteLevel,
  BertPreTokenizer: () => chain([splitBy(whitespaceRun, "Removed"), isolate(new RegExp(`[${bertPunctuation}]`, "gu"))]),
  Metaspace: metaspace,
  WhitespaceSplit: () => splitBy(whitespaceRun, "Removed"),
  Whitespace: () => splitBy(new RegExp(`[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]+|[^\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}${space}]+`, "gu"), "Removed", true),
  Punctuation: ({ behavior = "Isolated" }) => splitBy(new RegExp(`[${bertPunctuation}]`, "gu"), behavior as Behavior),
  Digits: ({ individual_digits: single }) => splitBy(single ? /\p{N}/gu : /\p{N}+/gu, "Isolated"),
  Split: ({ pattern, behavior, invert }) => splitBy(patternOf(pattern), behavior as Behavior, invert === true),
};

/** @throws `unknown pre_tokenizer: X (known: ...)` */
export function preTokenizer(stage: Stage | null): PreTokenizer {
  if (stage === null || stage === undefined) return { split: (piece, out) => void (piece.text !== "" && out.push(piece)), bytes: false };
  const stages = flatten(stage);
  const at = stages.findIndex(({ type }) => type === "ByteLevel");
  if (at >= 0 && at < stages.length - 1) throw new TypeError(`expected ByteLevel to be the last pre_tokenizer, got ${stages.slice(at + 1).map(({ type }) => type).join(", ")} after it`);
  return { split: chain(stages.map((one) => {
    const make = kinds[one.type];
    if (!make) throw new TypeError(`unknown pre_tokenizer: ${one.type} (known: ${[...Object.keys(kinds), "Sequence"].join(", ")})`);
    return make(one);
  })), bytes: at >= 0 };
}

const flatten = (stage: Stage): Stage[] => (stage.type === "Sequence" ? (stage["pretokenizers"] as Stage[]).flatMap(flatten) : [stage]);
