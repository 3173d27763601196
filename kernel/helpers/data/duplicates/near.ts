import { say } from "../../../display/language.js";
import { count } from "../../../display/escape.js";
import { inside, known, shown, whole } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { frameOf, chosen, type Rows } from "../table/rows.js";
import { candidates, chance, chooseBands } from "./bands.js";
import { jaccard, minHash, shingles } from "./minhash.js";

export interface NearOptions {
  /** Jaccard similarity from which two are near duplicates, above 0 and below 1. Default 0.8. */
  threshold?: number;
  /** Characters in a piece. Default 5; take 2 or 3 for short texts and for Chinese. */
  shingle?: number;
  /** Numbers in a signature. Default 128. */
  hashes?: number;
  seed?: number;
  /** Of rows: the columns that are joined to a text. Default: all. */
  columns?: readonly string[];
}

export interface NearPair {
  readonly a: number;
  readonly b: number;
  /** Exact Jaccard similarity of their pieces, not the estimate. */
  readonly similarity: number;
}

export interface NearDuplicates {
  /** The most alike first. */
  readonly pairs: readonly NearPair[];
  /** Items joined by pairs. */
  readonly groups: readonly (readonly number[])[];
  /** The chance that a pair just at the threshold was looked at: pairs below this may be missed. */
  readonly recall: number;
  /** How many pairs were compared exactly, of all there are. */
  readonly compared: number;
}

/**
 * Texts (or rows) that are almost the same: MinHash signatures, cut into bands for locality-sensitive hashing, then the exact Jaccard similarity of each pair found. So every pair reported is one; a pair
 * just above the threshold may be missed, with probability 1 - `recall`.
 *
 * @throws `expected threshold above 0 and below 1, got 1`; `expected a text or a record in row 2, got 5`; `unknown column: text (columns: ...)`.
 * @see Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3
 * @example
 * const texts = ["The quick brown fox jumps over the lazy dog", "the quick brown fox jumps over the lazy dog!", "Something else entirely"];
 * data.nearDuplicates(texts).pairs // [{ a: 0, b: 1, similarity: 0.975 }]
 */
export function nearDuplicates(items: Iterable<string> | Rows<object>, options: NearOptions = {}): NearDuplicates {
  known(options, ["threshold", "shingle", "hashes", "seed", "columns"]);
  const threshold = inside({ threshold: options.threshold ?? 0.8 });
  const size = whole({ shingle: options.shingle ?? 5 }, 1);
  const hashes = whole({ hashes: options.hashes ?? 128 }, 2);
  const sets = textsOf(items, options.columns).map((text) => shingles(text, size));
  const signatures = sets.map((set) => minHash(set, { hashes, seed: options.seed ?? 1 }));
  const bands = chooseBands(hashes, threshold);
  const looked = candidates(signatures, bands);
  const pairs = looked.map(([a, b]): NearPair => Object.freeze({ a, b, similarity: jaccard(sets[a]!, sets[b]!) })).filter(({ similarity }) => similarity >= threshold)
    .sort((one, other) => other.similarity - one.similarity || one.a - other.a || one.b - other.b);
  const result: NearDuplicates = { pairs: Object.freeze(pairs), groups: joined(pairs), recall: chance(bands, threshold), compared: looked.length };
  return shows(result, () => [{ lines: [say(`${count(pairs.length, "near-duplicate pair")} in ${count(result.groups.length, "group")}, of ${count(sets.length, "item")}; ${count(looked.length, "pair")} compared of ${((sets.length * (sets.length - 1)) / 2).toLocaleString("en-US")}`, `${sets.length} 条中有 ${pairs.length} 对近似重复，分为 ${result.groups.length} 组；${((sets.length * (sets.length - 1)) / 2).toLocaleString("en-US")} 对中比较了 ${looked.length.toLocaleString("en-US")} 对`)] }, { rows: pairs.slice(0, 10) }]);
}

function textsOf(items: Iterable<string> | Rows<object>, columns: readonly string[] | undefined): string[] {
  const list = [...items];
  if (list.every((item): item is string => typeof item === "string")) {
    if (columns) throw new TypeError("expected columns for rows only, got texts");
    return list;
  }
  const wrong = list.findIndex((item) => typeof item !== "object" || item === null);
  if (wrong >= 0) throw new TypeError(`expected a record in row ${wrong} like in the others, got ${shown(list[wrong])}`);
  const frame = frameOf(items as Rows<object>);
  const chosenColumns = chosen(frame, columns).map((name) => frame.column(name));
  return Array.from({ length: frame.length }, (_, row) => chosenColumns.map((values) => String(values[row] ?? "")).join(" | "));
}

/** Connected items, by the smallest of them. */
export function joined(pairs: readonly { readonly a: number; readonly b: number }[]): readonly (readonly number[])[] {
  const parent = new Map<number, number>();
  const root = (item: number): number => {
    const above = parent.get(item) ?? item;
    if (above === item) return item;
    const top = root(above);
    parent.set(item, top);
    return top;
  };
  for (const { a, b } of pairs) {
    const [low, high] = [root(a), root(b)].sort((x, y) => x - y) as [number, number];
    parent.set(low, low);
    parent.set(high, low);
  }
  const groups = new Map<number, Set<number>>();
  for (const { a, b } of pairs) for (const item of [a, b]) groups.set(root(item), (groups.get(root(item)) ?? new Set()).add(item));
  return Object.freeze([...groups].sort(([a], [b]) => a - b).map(([, group]) => Object.freeze([...group].sort((a, b) => a - b))));
}
