import { known, whole } from "../../arguments.js";
import { random } from "../random.js";

export interface MinHashOptions {
  /** Numbers in a signature. The estimate's standard error is sqrt(j (1 - j) / hashes): at most 0.044 for 128 (default). */
  hashes?: number;
  /** Signatures are comparable only with the same seed and hashes. Default 1. */
  seed?: number;
}

/**
 * Pieces of a text: all runs of `size` characters (Unicode code points), after case folding and with runs of white space as one space. A shorter text is one piece.
 *
 * @throws `expected size to be a whole number >= 1, got 0`.
 * @example
 * [...data.shingles("Ab cd", 3)] // ["ab ", "b c", " cd"]
 */
export function shingles(text: string, size = 5): ReadonlySet<string> {
  whole({ size }, 1);
  const characters = [...text.toLowerCase().replace(/\s+/g, " ").trim()];
  if (characters.length <= size) return new Set([characters.join("")]);
  return new Set(Array.from({ length: characters.length - size + 1 }, (_, at) => characters.slice(at, at + size).join("")));
}

/**
 * Exact similarity of two sets: size of what they share over size of both together; 1 for two empty sets.
 *
 * @example
 * data.jaccard(new Set(["a", "b"]), new Set(["b", "c"])) // 0.3333
 */
export function jaccard<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const one of a) if (b.has(one)) shared += 1;
  return shared / (a.size + b.size - shared);
}

/**
 * A signature of a set: of each of `hashes` random orders of all words, the first word of the set. Two sets agree in a place with probability equal to their Jaccard similarity.
 *
 * @param items strings; a text's `shingles`, or words. An empty set has the signature of nothing else.
 * @throws `expected hashes to be a whole number >= 1, got 0`.
 * @see Broder 1997
 * @example
 * const a = data.minHash(["a", "b", "c", "d"], { hashes: 1024 });
 * const b = data.minHash(["b", "c", "d", "e"], { hashes: 1024 });
 * Math.abs(data.minHashSimilarity(a, b) - 0.6) < 0.05 // true
 */
export function minHash(items: Iterable<string>, options: MinHashOptions = {}): Uint32Array {
  known(options, ["hashes", "seed"]);
  const keys = keysFor(whole({ hashes: options.hashes ?? 128 }, 1), options.seed ?? 1);
  const signature = new Uint32Array(keys.length).fill(0xffff_ffff);
  for (const item of items) {
    const hash = hash32(item);
    for (let at = 0; at < keys.length; at++) {
      const value = mix(hash ^ keys[at]!);
      if (value < signature[at]!) signature[at] = value;
    }
  }
  return signature;
}

/**
 * Estimated Jaccard similarity: the share of places in which two signatures agree.
 *
 * @throws `expected signatures of one length, got 128 and 64`.
 * @example
 * data.minHashSimilarity(data.minHash(["a"]), data.minHash(["a"])) // 1
 */
export function minHashSimilarity(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length) throw new RangeError(`expected signatures of one length, got ${a.length} and ${b.length}`);
  let same = 0;
  for (let at = 0; at < a.length; at++) if (a[at] === b[at]) same += 1;
  return same / a.length;
}

const cached = new Map<string, Int32Array>();

function keysFor(hashes: number, seed: number): Int32Array {
  const name = `${seed}/${hashes}`;
  let keys = cached.get(name);
  if (!keys) {
    const draw = random(seed);
    cached.set(name, (keys = Int32Array.from({ length: hashes }, () => draw.integer(-0x8000_0000, 0x7fff_ffff))));
  }
  return keys;
}

/** FNV-1a over UTF-16 units, then mixed. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The finalizer of MurmurHash3: a permutation of 32-bit numbers in which each bit depends on every other. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
