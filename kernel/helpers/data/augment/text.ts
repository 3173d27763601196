import { fraction, known, whole } from "../../arguments.js";
import { random, type Random } from "../random.js";

export interface AugmentTextOptions {
  /** Words that may stand for each other: `{ good: ["fine", "nice"] }`; compared without regard to case. */
  synonyms?: Readonly<Record<string, readonly string[]>>;
  /** Chance of each word that has synonyms to be replaced by one. 0 to 1, default 0.1. */
  replace?: number;
  /** Chance of each word to be left out; one word always stays. Default 0. */
  drop?: number;
  /** Chance of each word to change places with another. Default 0. */
  swap?: number;
  /** Chance of each word to be replaced by one drawn from `backoff`. Default 0. */
  noise?: number;
  /** What `noise` draws from: `data.backoff(texts)`. */
  backoff?: Backoff;
  /** Texts to make of each. Default 1. */
  copies?: number;
  /** Default 1. */
  seed?: number;
}

/** Words by the number of different words they follow. */
export interface Backoff {
  readonly words: readonly string[];
  /** Adds up to 1. */
  readonly weights: readonly number[];
}

/** Words and punctuation marks, Chinese sign by sign; and how they are put together again. */
const pieces = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/**
 * The distribution that language models back off to for a word they have not seen in its place: a word's share of all different pairs (word before, word), as in Kneser-Ney smoothing. "Francisco" is
 * frequent but follows one word only, so it is rarely drawn.
 *
 * @throws `expected at least one word in texts, got none`.
 * @see Xie et al. 2017, Data noising as smoothing in neural network language models
 * @example
 * data.backoff(["new york", "new york", "old town", "new town"]) // { words: ["new", "york", "old", "town"], weights: [0.2, 0.2, 0.2, 0.4] }
 */
export function backoff(texts: readonly string[]): Backoff {
  const before = new Map<string, Set<string>>();
  for (const text of texts) {
    let last = "";
    for (const [word] of text.toLowerCase().matchAll(pieces)) {
      if (/[\p{L}\p{N}]/u.test(word)) before.set(word, (before.get(word) ?? new Set()).add(last));
      last = word;
    }
  }
  if (before.size === 0) throw new RangeError("expected at least one word in texts, got none");
  const total = [...before.values()].reduce((sum, { size }) => sum + size, 0);
  return Object.freeze({ words: Object.freeze([...before.keys()]), weights: Object.freeze([...before.values()].map(({ size }) => size / total)) });
}

/**
 * Texts with small changes that should not change their label: synonyms, left-out, swapped and replaced words (Easy Data Augmentation, and noising). Read some of what comes out: "not good" without "not" has another label.
 * Of n texts with c copies, n c texts: first all copies of the first. Words are as `/[\p{L}\p{N}]+/` finds them, Chinese sign by sign; spaces between stay.
 *
 * @throws `expected drop from 0 to 1, got 2`; `expected backoff for noise, got none: data.backoff(texts) makes it`.
 * @see Wei and Zou 2019
 * @example
 * data.augmentText(["A good film, a good day."], { synonyms: { good: ["fine"] }, replace: 1 }) // ["A fine film, a fine day."]
 * data.augmentText(["one two three four"], { drop: 0.5, copies: 2, seed: 3 }).length // 2
 */
export function augmentText(texts: readonly string[], options: AugmentTextOptions = {}): string[] {
  known(options, ["synonyms", "replace", "drop", "swap", "noise", "backoff", "copies", "seed"]);
  const replace = fraction({ replace: options.replace ?? 0.1 });
  const drop = fraction({ drop: options.drop ?? 0 });
  const swap = fraction({ swap: options.swap ?? 0 });
  const noise = fraction({ noise: options.noise ?? 0 });
  if (noise > 0 && !options.backoff) throw new TypeError("expected backoff for noise, got none: data.backoff(texts) makes it");
  const copies = whole({ copies: options.copies ?? 1 }, 1);
  const draw = random(options.seed ?? 1);
  const synonyms = new Map(Object.entries(options.synonyms ?? {}).map(([word, others]) => [word.toLowerCase(), others]));
  return texts.flatMap((text) => Array.from({ length: copies }, () => {
    const parts = cut(text);
    for (const part of parts) {
      const others = synonyms.get(part.word.toLowerCase());
      if (others?.length && draw.uniform() < replace) part.word = cased(others[draw.integer(0, others.length - 1)]!, part.word);
      else if (part.isWord && noise > 0 && draw.uniform() < noise) part.word = cased(take(options.backoff!, draw), part.word);
    }
    const words = parts.filter(({ isWord }) => isWord);
    if (swap > 0 && words.length > 1) for (const [at, part] of words.entries()) {
      if (draw.uniform() >= swap) continue;
      const other = words[(at + draw.integer(1, words.length - 1)) % words.length]!;
      [part.word, other.word] = [other.word, part.word];
    }
    if (drop > 0 && words.length > 1) {
      const gone = words.filter(() => draw.uniform() < drop);
      if (gone.length === words.length) gone.splice(draw.integer(0, words.length - 1), 1);
      for (const part of gone) part.word = "";
    }
    return join(parts);
  }));
}

interface Part {
  space: string;
  word: string;
  isWord: boolean;
}

function cut(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(pieces)) {
    parts.push({ space: text.slice(at, found.index), word: found[0], isWord: /[\p{L}\p{N}]/u.test(found[0]) });
    at = found.index + found[0].length;
  }
  parts.push({ space: text.slice(at), word: "", isWord: false });
  return parts;
}

/** A word that went takes the space before it along; the text begins without one. */
const join = (parts: readonly Part[]): string => parts.map(({ space, word, isWord }) => (isWord || word ? (word ? space + word : "") : space)).join("").replace(/^\s+/, (space) => (parts[0]!.word ? space : ""));

/** Good -> Fine, GOOD -> FINE. */
function cased(word: string, like: string): string {
  if (like.length > 1 && like === like.toUpperCase() && like !== like.toLowerCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(like) ? word[0]!.toUpperCase() + word.slice(1) : word;
}

function take({ words, weights }: Backoff, draw: Random): string {
  let left = draw.uniform();
  for (let at = 0; at < words.length; at++) if ((left -= weights[at]!) < 0) return words[at]!;
  return words.at(-1)!;
}
