import { known, whole } from "../../arguments.js";
import { checkUpdates, flatten, type Update, type Weights } from "../weights.js";
import { weightedMean } from "./mean.js";

export interface KrumOptions {
  /** How many clients may be arbitrary (f). Needs at least 2 f + 3 clients. */
  byzantine: number;
  /** How many updates are kept and averaged by their examples: 1 is Krum, more is multi-Krum. Default 1. */
  keep?: number;
}

/**
 * Krum: the update that lies closest to its n - f - 2 nearest neighbours (sum of squared Euclidean distances).
 * With `keep` above 1, multi-Krum: the `keep` best, averaged by their examples. Of equal scores the earlier client wins.
 * Source: Blanchard et al. 2017, "Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent".
 *
 * @returns the weights, the places of the kept updates (best first), and all scores.
 * @throws `expected at least 5 clients against 1 byzantine, got 4`; `expected keep at most 4 (clients - byzantine), got 5`.
 * @example
 * const update = (value) => ({ weights: federated.weights({ w: [value] }), examples: 1 });
 * federated.krum([update(1), update(1.1), update(0.9), update(1.05), update(99)], { byzantine: 1 }).kept // [3]
 */
export function krum(updates: readonly Update[], options: KrumOptions): { weights: Weights; kept: readonly number[]; scores: readonly number[] } {
  known(options, ["byzantine", "keep"]);
  const byzantine = whole({ byzantine: options.byzantine });
  const keep = whole({ keep: options.keep ?? 1 }, 1);
  checkUpdates(updates);
  const count = updates.length;
  if (count < 2 * byzantine + 3) throw new RangeError(`expected at least ${2 * byzantine + 3} clients against ${byzantine} byzantine, got ${count}`);
  if (keep > count - byzantine) throw new RangeError(`expected keep at most ${count - byzantine} (clients - byzantine), got ${keep}`);
  const flats = updates.map(({ weights }) => flatten(weights));
  const distances = flats.map((a) => flats.map((b) => a.reduce((sum, value, at) => sum + (value - b[at]!) ** 2, 0)));
  const scores = distances.map((row, self) => {
    const others = row.filter((_, at) => at !== self).sort((a, b) => a - b);
    return others.slice(0, count - byzantine - 2).reduce((a, b) => a + b, 0);
  });
  const kept = scores.map((_, at) => at).sort((a, b) => scores[a]! - scores[b]! || a - b).slice(0, keep);
  return Object.freeze({ weights: weightedMean(kept.map((at) => updates[at]!)), kept: Object.freeze(kept), scores: Object.freeze(scores) });
}
