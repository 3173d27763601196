import { known, shown, whole } from "../../arguments.js";
import type { Id } from "../ratings/contract.js";
import { indexOf } from "../ratings/read.js";
import type { Recommender } from "./contract.js";

export interface TopOptions {
  /** How many; default 10. */
  k?: number;
  /** Leave out what the user already has; default true. */
  unseen?: boolean;
  /** Who answers for a user without ratings, such as `recommend.popularity(train)`. Default: that is an error. */
  coldStart?: Recommender;
}

/** A recommended item with its score. */
export interface Recommendation {
  readonly item: Id;
  readonly score: number;
}

/**
 * The items with the highest scores for a user, the best first; equal scores in the order of the items.
 *
 * @returns fewer than k where the user has nearly all items.
 * @throws `unknown user: "x" ...`; `expected ratings of user "x" to recommend from, got none (cold start): pass coldStart, such as recommend.popularity(train)`.
 * @example
 * const r = recommend.ratings([{ user: "a", item: "tea" }, { user: "b", item: "tea" }, { user: "b", item: "rice" }]);
 * recommend.top(recommend.popularity(r), "a", { k: 1 }) // [{ item: "rice", score: 1 }]
 */
export function top(model: Recommender, user: Id, options: TopOptions = {}): Recommendation[] {
  known(options, ["k", "unseen", "coldStart"]);
  const k = whole({ k: options.k ?? 10 }, 1);
  const { train } = model;
  const u = indexOf("user", train.users, user);
  const own = train.item.subarray(train.offsets[u], train.offsets[u + 1]);
  if (own.length === 0 && !options.coldStart) throw new RangeError(`expected ratings of user ${shown(user)} to recommend from, got none (cold start): pass coldStart, such as recommend.popularity(train)`);
  const scores = (own.length === 0 ? options.coldStart! : model).scores(user);
  return best(scores, k, (options.unseen ?? true) ? new Set(own) : new Set()).map((item) => ({ item: train.items[item], score: scores[item] }));
}

/** Indices of the k highest scores outside of `without`. */
export function best(scores: Float64Array, k: number, without: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (without.has(i) || (found.length === k && !(scores[i] > scores[found[k - 1]]))) continue;
    let at = found.length;
    while (at > 0 && scores[i] > scores[found[at - 1]]) at--;
    found.splice(at, 0, i);
    if (found.length > k) found.pop();
  }
  return found;
}
