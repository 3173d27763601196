import { shown } from "../../../arguments.js";
import type { Model, Pieces, UnigramJson } from "../contract.js";
import { cached } from "./cache.js";
import { makeTrie, type Trie } from "./trie.js";
import { unknown } from "./vocabulary.js";

/** What an unknown character costs, below the least likely piece. */
export const unknownPenalty = 10;

/**
 * SentencePiece's unigram model: of all ways to cut a word into pieces the likeliest, by Viterbi's algorithm. Neighbouring unknown characters are one token.
 *
 * @see Kudo (2018), "Subword regularization"; ties as in Hugging Face tokenizers
 */
export function unigramModel(json: UnigramJson): Model {
  const { vocab, unk_id } = json;
  if (!Array.isArray(vocab)) throw new TypeError(`expected vocab as a list of [piece, score], got ${shown(vocab)}`);
  const ids = new Map<string, number>();
  vocab.forEach((entry, id) => {
    const [piece, score] = entry as [unknown, unknown];
    if (typeof piece !== "string" || typeof score !== "number" || Number.isNaN(score)) throw new TypeError(`expected vocab as a list of [piece, score], got ${shown(piece)}, ${shown(score)} at index ${id}`);
    ids.set(piece, id);
  });
  if (unk_id !== null && unk_id !== undefined && !vocab[unk_id]) throw new RangeError(`expected unk_id below ${vocab.length}, got ${unk_id}`);
  const trie = makeTrie(ids);
  const scores = Float64Array.from(vocab, ([, score]) => score);
  const least = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) - unknownPenalty;

  function tokenize(word: string): Pieces {
    const { ids: found, starts, ends } = bestPath(word, trie, scores, least, unk_id ?? undefined);
    const out = { ids: [] as number[], starts: [] as number[], ends: [] as number[], tokens: [] as string[] };
    found.forEach((id, at) => {
      const bytes = id === unk_id && json.byte_fallback ? Array.from(new TextEncoder().encode(word.slice(starts[at], ends[at])), (byte) => ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`)) : [];
      const tokens = bytes.length > 0 && bytes.every((byte) => byte !== undefined) ? (bytes as number[]) : [id];
      for (const token of tokens) {
        out.ids.push(token);
        out.starts.push(starts[at]!);
        out.ends.push(ends[at]!);
        out.tokens.push(token === unk_id ? word.slice(starts[at], ends[at]) : vocab[token]![0]);
      }
    });
    return out;
  }
  return { type: "Unigram", size: vocab.length, tokenize: cached(tokenize), tokenToId: (token) => ids.get(token), idToToken: (id) => vocab[id]?.[0] };
}

function bestPath(word: string, trie: Trie, scores: Float64Array, least: number, unknownId: number | undefined): { ids: number[]; starts: number[]; ends: number[] } {
  const size = word.length;
  const best = new Float64Array(size + 1);
  const from = new Int32Array(size + 1).fill(-1);
  const piece = new Int32Array(size + 1);
  for (let start = 0; start < size; ) {
    const units = word.codePointAt(start)! > 0xffff ? 2 : 1;
    const here = best[start]!;
    let alone = false;
    const offer = (end: number, id: number, score: number): void => {
      if (from[end] !== -1 && !(score > best[end]!)) return;
      best[end] = score;
      from[end] = start;
      piece[end] = id;
    };
    trie.prefixes(word, start, (end, id) => {
      offer(end, id, scores[id]! + here);
      if (end === start + units) alone = true;
    });
    if (!alone) {
      if (unknownId === undefined) throw unknown(word.slice(start, start + units), "its unk_id is null");
      offer(start + units, unknownId, least + here);
    }
    start += units;
  }
  const out = { ids: [] as number[], starts: [] as number[], ends: [] as number[] };
  for (let end = size; end > 0; end = from[end]!) {
    const start = from[end]!;
    if (piece[end] === unknownId && out.ids.at(-1) === unknownId) out.starts[out.starts.length - 1] = start;
    else {
      out.ids.push(piece[end]!);
      out.starts.push(start);
      out.ends.push(end);
    }
  }
  for (const list of [out.ids, out.starts, out.ends]) list.reverse();
  return out;
}
