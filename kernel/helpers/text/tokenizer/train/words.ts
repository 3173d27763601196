import { shown } from "../../../arguments.js";
import type { Normalizer } from "../stages/normalize.js";
import type { PreTokenizer } from "../stages/pretokenize.js";
import type { Piece } from "../stages/piece.js";

/** A text, or several: lines of a file, documents. */
export type Corpus = string | Iterable<string>;

/** The words of a corpus, as the tokenizer's first stages cut it, and how often each comes. Words in the order of their first appearance. */
export function countWords(corpus: Corpus, normalize: Normalizer, { split }: PreTokenizer): Map<string, number> {
  const counts = new Map<string, number>();
  let texts = 0;
  for (const text of typeof corpus === "string" ? [corpus] : corpus) {
    if (typeof text !== "string") throw new TypeError(`expected corpus as strings, got ${shown(text)} at index ${texts}`);
    texts += 1;
    const pieces: Piece[] = [];
    split(normalize({ text, at: 0 }), pieces);
    for (const piece of pieces) if (piece.text !== "") counts.set(piece.text, (counts.get(piece.text) ?? 0) + 1);
  }
  if (counts.size === 0) throw new RangeError(`expected corpus with at least one word, got ${texts === 0 ? "no text" : `${texts} empty ${texts === 1 ? "text" : "texts"}`}`);
  return counts;
}
