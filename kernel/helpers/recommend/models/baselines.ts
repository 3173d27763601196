import { say } from "../../../display/language.js";
import { known, nonNegative, oneOf, whole } from "../../arguments.js";
import type { Ratings } from "../ratings/contract.js";
import { byItem, indexOf, requireRatings } from "../ratings/read.js";
import { showLine } from "../show.js";
import type { Recommender } from "./contract.js";

/**
 * The same for everyone: how many have an item, or its mean rating. The baseline that a recommender must beat, and the answer for users of whom nothing is
 * known.
 *
 * @param options `by`: "count" or "mean"; default "count". `shrink`: with "mean", how many ratings of the overall mean each item starts with; default 5.
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1 }, { user: "b", item: 1 }, { user: "b", item: 2 }]);
 * recommend.popularity(r).scores("a") // [2, 1]
 */
export function popularity(r: Ratings, options: { by?: "count" | "mean"; shrink?: number } = {}): Recommender {
  known(options, ["by", "shrink"]);
  const by = oneOf({ by: options.by ?? "count" }, ["count", "mean"]);
  const shrink = nonNegative({ shrink: options.shrink ?? 5 });
  requireRatings(r);
  const [counts, sums] = [new Float64Array(r.items.length), new Float64Array(r.items.length)];
  r.item.forEach((item, at) => {
    counts[item]++;
    sums[item] += r.value[at];
  });
  const mean = r.value.reduce((sum, value) => sum + value, 0) / r.value.length;
  const scores = by === "count" ? counts : sums.map((sum, i) => (counts[i] + shrink === 0 ? mean : (sum + shrink * mean) / (counts[i] + shrink)));
  const model: Recommender = {
    kind: `popularity (${by})`, train: r,
    predict: (user, item) => {
      indexOf("user", r.users, user);
      return scores[indexOf("item", r.items, item)];
    },
    scores: (user) => {
      indexOf("user", r.users, user);
      return scores.slice();
    },
  };
  return showLine(model, () => say(`${model.kind}: the same order of ${r.items.length} items for everyone.`, `${model.kind}：对所有人都是同样顺序的 ${r.items.length} 件物品。`));
}

export interface KnnOptions {
  /** Like items kept of each item; default 20. */
  neighbors?: number;
  /** "cosine" of the columns of ratings; "adjusted": of ratings less each user's mean. Default "cosine". */
  similarity?: "cosine" | "adjusted";
  /** Added below the fraction, so that likeness by a few common users counts less; default 10. */
  shrink?: number;
  /** "ratings": the mean of the user's ratings of like items; "implicit": the sum of likenesses to what the user has. Default "implicit". */
  answer?: "ratings" | "implicit";
}

/** Items with the likeness of each to its nearest. */
export interface KnnModel extends Recommender {
  /** By item: its nearest items, the likest first. */
  readonly nearest: readonly (readonly { readonly item: number; readonly similarity: number }[])[];
}

/**
 * Who liked this also liked: items are alike when the same users have them.
 *
 * @returns "ratings": where no like item is rated the item's mean, and for an item without ratings the overall mean.
 * Source: Sarwar et al. 2001.
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1 }, { user: "a", item: 2 }, { user: "b", item: 1 }, { user: "b", item: 2 }, { user: "c", item: 3 }]);
 * recommend.itemKnn(r, { shrink: 0 }).nearest[0][0] // { item: 1, similarity: 1 }
 */
export function itemKnn(r: Ratings, options: KnnOptions = {}): KnnModel {
  known(options, ["neighbors", "similarity", "shrink", "answer"]);
  const most = whole({ neighbors: options.neighbors ?? 20 }, 1);
  const adjusted = oneOf({ similarity: options.similarity ?? "cosine" }, ["cosine", "adjusted"]) === "adjusted";
  const shrink = nonNegative({ shrink: options.shrink ?? 10 });
  const explicit = oneOf({ answer: options.answer ?? "implicit" }, ["ratings", "implicit"]) === "ratings";
  requireRatings(r);
  const centred = r.value.slice();
  if (adjusted) {
    for (let u = 0; u < r.users.length; u++) {
      const own = centred.subarray(r.offsets[u], r.offsets[u + 1]);
      const mean = own.reduce((sum, value) => sum + value, 0) / (own.length || 1);
      own.forEach((value, at) => (own[at] = value - mean));
    }
  }
  const { offsets, entries } = byItem(r);
  const size = r.items.length;
  const norms = new Float64Array(size);
  r.item.forEach((item, at) => (norms[item] += centred[at] ** 2));
  const together = new Float64Array(size);
  const nearest = Array.from({ length: size }, (_, i) => {
    together.fill(0);
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const at = entries[e];
      for (let other = r.offsets[r.user[at]]; other < r.offsets[r.user[at] + 1]; other++) together[r.item[other]] += centred[at] * centred[other];
    }
    const found: { item: number; similarity: number }[] = [];
    for (let j = 0; j < size; j++) {
      if (j !== i && together[j] !== 0) found.push({ item: j, similarity: together[j] / (Math.sqrt(norms[i] * norms[j]) + shrink) });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.item - b.item).slice(0, most);
  });
  const means = popularity(r, { by: "mean", shrink: 0 }).scores(r.users[0]);
  const scores = (u: number): Float64Array => {
    const own = new Float64Array(size).fill(Number.NaN);
    for (let at = r.offsets[u]; at < r.offsets[u + 1]; at++) own[r.item[at]] = r.value[at];
    return Float64Array.from(nearest, (near, i) => {
      let [sum, weight] = [0, 0];
      for (const { item, similarity } of near) {
        if (Number.isNaN(own[item])) continue;
        sum += similarity * (explicit ? own[item] : 1);
        weight += Math.abs(similarity);
      }
      return explicit ? (weight > 0 ? sum / weight : means[i]) : sum;
    });
  };
  const model: KnnModel = {
    kind: "like items (kNN)", train: r, nearest,
    predict: (user, item) => scores(indexOf("user", r.users, user))[indexOf("item", r.items, item)],
    scores: (user) => scores(indexOf("user", r.users, user)),
  };
  return showLine(model, () => say(`${model.kind}: up to ${most} like items of each of ${size}.`, `${model.kind}：${size} 件物品，每件至多 ${most} 件相似物品。`));
}
