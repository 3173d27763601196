import { allFinite, known, positive } from "../../arguments.js";
import { drawDiscreteLaplace } from "../random/exact.js";
import { over, rational, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { indexOfLargest, type Selection, type SelectionOptions } from "./exponential.js";
import { defaultGrid, sensitivitySteps, toGrid } from "./grid.js";
import { pay } from "./release.js";

/**
 * Report noisy max: which value is largest once each has Laplace noise of scale 2 * sensitivity / epsilon (monotonic: sensitivity / epsilon). Only the index is released: epsilon-differentially private.
 *
 * @param values one a candidate; none of them, noisy or not, may be published with the index
 * @returns `{ index, spent }`
 * @throws `expected at least one value, got none`; as `exponential`
 * @see Dwork and Roth 2014, section 3.3
 * @example
 * privacy.reportNoisyMax([10, 5000, 12], { epsilon: 1, sensitivity: 1 }).index // 1
 */
export function reportNoisyMax(values: ArrayLike<number>, options: SelectionOptions): Selection {
  known(options, ["epsilon", "sensitivity", "monotonic", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const sensitivity = positive({ sensitivity: options.sensitivity });
  if (allFinite({ values }).length === 0) throw new RangeError("expected at least one value, got none");
  const grid = defaultGrid(sensitivity / epsilon, sensitivity);
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "report noisy max");
  const source = sourceFor(options);
  const scale = over(whole(sensitivitySteps(sensitivity, grid) * (options.monotonic ? 1n : 2n)), rational(epsilon));
  const noisy = Array.from(values, (value) => toGrid(value, grid) + drawDiscreteLaplace(source, scale));
  return Object.freeze({ index: indexOfLargest(noisy), spent });
}
