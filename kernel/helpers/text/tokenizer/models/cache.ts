import type { Pieces } from "../contract.js";

/** Words come again and again; past so many different ones of ordinary length they are worked out anew. */
const most = 100_000;
const longest = 256;

export function cached(work: (word: string) => Pieces): (word: string) => Pieces {
  const seen = new Map<string, Pieces>();
  return (word) => {
    const known = seen.get(word);
    if (known) return known;
    const pieces = work(word);
    if (seen.size < most && word.length <= longest) seen.set(word, pieces);
    return pieces;
  };
}
