import { finite, known, positive, whole as wholeNumber } from "../../arguments.js";
import { drawDiscreteLaplace } from "../random/exact.js";
import { over, rational, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { defaultGrid, sensitivitySteps, toGrid } from "./grid.js";
import { pay, type MechanismOptions } from "./release.js";

export interface SparseVectorOptions extends MechanismOptions {
  /** Privacy loss of all questions together, above 0. */
  epsilon: number;
  /** How far one person can move any answer, above 0. */
  sensitivity: number;
  /** Public: chosen without looking at the data. */
  threshold: number;
  /** How many times it may say "above" before it stops. Default 1. */
  hits?: number;
}

export interface SparseVector {
  /** Is the answer, with noise, above the noisy threshold? Throws once all hits are used. */
  above(answer: number): boolean;
  /** How many times it may still say "above". */
  readonly left: number;
}

/**
 * Sparse vector technique: any number of questions, each answered only "above" or "below" a threshold, for one epsilon, until `hits` were above. Questions may depend on earlier answers.
 * Half of epsilon goes into noise on the threshold (scale 2 * sensitivity / epsilon, drawn once), half into each answer's (scale 4 * hits * sensitivity / epsilon).
 * Never publish the noisy answer itself: the variants that did were wrong.
 *
 * @returns `{ above(answer), left }`
 * @throws `expected hits to be a whole number >= 1, got 0`; `no hits left: ...` when asked on after the last
 * @see Lyu, Su and Li 2017, algorithm 1
 * @example
 * const asked = privacy.sparseVector({ epsilon: 1, sensitivity: 1, threshold: 1000 });
 * asked.above(5) // false
 * asked.above(9000) // true
 * asked.left // 0
 */
export function sparseVector(options: SparseVectorOptions): SparseVector {
  known(options, ["epsilon", "sensitivity", "threshold", "hits", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const sensitivity = positive({ sensitivity: options.sensitivity });
  const hits = wholeNumber({ hits: options.hits ?? 1 }, 1);
  const grid = defaultGrid(sensitivity / epsilon, sensitivity);
  const threshold = toGrid(finite({ threshold: options.threshold }), grid);
  pay(options.budget, { epsilon, delta: 0 }, "sparse vector");
  const source = sourceFor(options);
  const steps = sensitivitySteps(sensitivity, grid);
  const noisyThreshold = threshold + drawDiscreteLaplace(source, over(whole(2n * steps), rational(epsilon)));
  const scale = over(whole(4n * BigInt(hits) * steps), rational(epsilon));
  let left = hits;
  return Object.freeze({
    above(answer: number) {
      if (left === 0) throw new RangeError(`no hits left: ${hits} of ${hits} were above, further questions would not be private`);
      const above = toGrid(finite({ answer }), grid) + drawDiscreteLaplace(source, scale) >= noisyThreshold;
      if (above) left -= 1;
      return above;
    },
    get left() {
      return left;
    },
  });
}
