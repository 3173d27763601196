import { shown } from "../../../arguments.js";
import type { BpeJson, Model, Pieces } from "../contract.js";
import { byteOrigins, toByteLetters } from "../stages/bytes.js";
import { cached } from "./cache.js";
import { NumberHeap } from "./heap.js";
import { unknown, vocabularyOf } from "./vocabulary.js";

/** Ranks and places fit into one number: the order in which merges are tried. */
const placeLimit = 2 ** 26;

/**
 * Byte-pair encoding: a word begins as characters, and the pair that was learned first is joined, until no pair is left that was learned.
 *
 * @param bytes words are mapped to a letter a byte first
 * @see Sennrich et al. (2016), "Neural machine translation of rare words with subword units"; order and ties as in Hugging Face tokenizers
 */
export function bpeModel(json: BpeJson, bytes: boolean): Model {
  const { ids, tokens } = vocabularyOf(json.vocab);
  const prefix = json.continuing_subword_prefix ?? "";
  const suffix = json.end_of_word_suffix ?? "";
  const unknownId = json.unk_token === null || json.unk_token === undefined ? undefined : ids.get(json.unk_token);
  if (json.unk_token && unknownId === undefined) throw new RangeError(`expected unk_token in the vocabulary, got ${shown(json.unk_token)}`);
  if (json.dropout) throw new RangeError(`expected dropout to be null, got ${json.dropout}: encoding is the same at every call here`);
  const size = tokens.length;
  const ranks = new Map<number, number>();
  const results = json.merges.map((merge, rank) => {
    const [left, right] = typeof merge === "string" ? merge.split(" ") : merge;
    const [a, b] = [ids.get(left ?? ""), ids.get(right ?? "")];
    const made = ids.get(`${left}${right?.slice(prefix !== "" && right.startsWith(prefix) ? prefix.length : 0)}`);
    if (a === undefined || b === undefined || made === undefined) throw new RangeError(`expected the parts and the result of merge ${rank} in the vocabulary, got ${shown(left)} and ${shown(right)}`);
    ranks.set(a * size + b, rank);
    return made;
  });

  /** Symbols of a word before any merge, and how many units each is long. */
  function symbols(word: string): { found: number[]; lengths: number[] } {
    const [found, lengths]: [number[], number[]] = [[], []];
    let waiting = 0;
    const flush = (): void => {
      if (waiting === 0) return;
      found.push(unknownId!);
      lengths.push(waiting);
      waiting = 0;
    };
    for (let at = 0; at < word.length; ) {
      const next = at + (word.codePointAt(at)! > 0xffff ? 2 : 1);
      const letter = `${at > 0 ? prefix : ""}${word.slice(at, next)}${next === word.length ? suffix : ""}`;
      const id = ids.get(letter);
      const fallback = id === undefined && json.byte_fallback ? Array.from(new TextEncoder().encode(letter), (byte) => ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`)) : undefined;
      if (id !== undefined) {
        flush();
        found.push(id);
        lengths.push(next - at);
      } else if (fallback?.every((byte) => byte !== undefined)) {
        flush();
        // Bytes of one character: the first carries its length, each stands for the whole.
        fallback.forEach((byte, index) => {
          found.push(byte!);
          lengths.push(index === 0 ? next - at : -(next - at));
        });
      } else if (unknownId === undefined) throw unknown(letter, "give unk_token, or train on bytes");
      else {
        if (!json.fuse_unk) flush();
        waiting += next - at;
      }
      at = next;
    }
    flush();
    return { found, lengths };
  }

  function merged(word: string): Pieces {
    if (json.ignore_merges && ids.has(word)) return { ids: [ids.get(word)!], starts: [0], ends: [word.length] };
    const { found, lengths } = symbols(word);
    const count = found.length;
    const next = Int32Array.from(found, (_, at) => (at + 1 < count ? at + 1 : -1));
    const before = Int32Array.from(found, (_, at) => at - 1);
    const gone = new Uint8Array(count);
    const ends = [] as number[];
    const starts = [] as number[];
    let place = 0;
    for (const length of lengths) {
      if (length < 0) {
        starts.push(place + length);
        ends.push(place);
      } else {
        starts.push(place);
        ends.push((place += length));
      }
    }
    const queue = new NumberHeap();
    const offer = (at: number, other: number): void => {
      const rank = ranks.get(found[at]! * size + found[other]!);
      if (rank !== undefined) queue.push(rank * placeLimit + at);
    };
    for (let at = 0; at + 1 < count; at++) offer(at, at + 1);
    while (queue.size > 0) {
      const top = queue.pop();
      const at = top % placeLimit;
      const other = next[at]!;
      if (gone[at] || other === -1) continue;
      // Its pair may have changed since.
      const rank = ranks.get(found[at]! * size + found[other]!);
      const made = results[Math.floor(top / placeLimit)]!;
      if (rank === undefined || results[rank] !== made) continue;
      found[at] = made;
      ends[at] = ends[other]!;
      gone[other] = 1;
      next[at] = next[other]!;
      if (next[at] !== -1) before[next[at]!] = at;
      if (before[at]! >= 0) offer(before[at]!, at);
      if (next[at] !== -1) offer(at, next[at]!);
    }
    const kept = found.map((_, at) => at).filter((at) => !gone[at]);
    return { ids: kept.map((at) => found[at]!), starts: kept.map((at) => starts[at]!), ends: kept.map((at) => ends[at]!) };
  }

  function overBytes(word: string): Pieces {
    const letters = toByteLetters(word);
    const pieces = merged(letters);
    if (letters === word) return pieces;
    const origins = byteOrigins(word);
    return { ids: pieces.ids, starts: pieces.starts.map((at) => origins.starts[at]!), ends: pieces.ends.map((at) => origins.ends[at - 1]!) };
  }

  return { type: "BPE", size, tokenize: cached(bytes ? overBytes : merged), tokenToId: (token) => ids.get(token), idToToken: (id) => tokens[id] };
}
