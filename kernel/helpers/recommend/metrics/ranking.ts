import { known, shown, whole } from "../../arguments.js";
import type { Id } from "../ratings/contract.js";

export interface RankingQuality {
  /** Share of the k places that hold something relevant; places left empty count as misses. */
  readonly precision: number;
  /** Share of the relevant items that are among the k. */
  readonly recall: number;
  /** Hits weighted by 1 / log2(place + 1), over the best possible. */
  readonly ndcg: number;
  /** Mean over min(k, relevant) of the precision at each hit's place. */
  readonly averagePrecision: number;
  /** 1 / place of the first hit; 0 without one. */
  readonly reciprocalRank: number;
  /** 1 with a hit, 0 without. */
  readonly hit: number;
}

/**
 * How good one list of recommendations is.
 *
 * @param data `recommended`: the best first; `relevant`: what the user turned out to like, in any order.
 * @param options `k`: places that count; default 10.
 * @throws `expected at least one relevant item, got none`; `expected each item once in recommended, got "tea" twice`.
 * Source: Järvelin and Kekäläinen 2002 (NDCG with gains 0 and 1).
 * @example recommend.ranking({ recommended: ["a", "b", "c"], relevant: ["b", "d"] }, { k: 2 }) // { precision: 0.5, recall: 0.5, ndcg: 0.387, averagePrecision: 0.25, reciprocalRank: 0.5, hit: 1 }
 */
export function ranking(data: { readonly recommended: readonly Id[]; readonly relevant: readonly Id[] }, options: { k?: number } = {}): RankingQuality {
  known(options, ["k"]);
  known(data, ["recommended", "relevant"]);
  const k = whole({ k: options.k ?? 10 }, 1);
  const relevant = new Set(data.relevant);
  if (relevant.size === 0) throw new RangeError("expected at least one relevant item, got none");
  const seen = new Set<Id>();
  for (const item of data.recommended) {
    if (seen.has(item)) throw new RangeError(`expected each item once in recommended, got ${shown(item)} twice`);
    seen.add(item);
  }
  const discount = (place: number) => 1 / Math.log2(place + 1);
  let [hits, gain, precisions, first] = [0, 0, 0, 0];
  data.recommended.slice(0, k).forEach((item, at) => {
    if (!relevant.has(item)) return;
    hits += 1;
    gain += discount(at + 1);
    precisions += hits / (at + 1);
    if (first === 0) first = 1 / (at + 1);
  });
  const most = Math.min(k, relevant.size);
  let best = 0;
  for (let place = 1; place <= most; place++) best += discount(place);
  return Object.freeze({ precision: hits / k, recall: hits / relevant.size, ndcg: gain / best, averagePrecision: precisions / most, reciprocalRank: first, hit: Number(hits > 0) });
}
