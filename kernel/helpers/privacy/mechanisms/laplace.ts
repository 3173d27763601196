import { allFinite, finite, known, positive } from "../../arguments.js";
import { drawDiscreteLaplace } from "../random/exact.js";
import { over, rational, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { checkedGrid, defaultGrid, fromGrid, sensitivitySteps, toGrid } from "./grid.js";
import { pay, type MechanismOptions, type Release } from "./release.js";

export interface LaplaceOptions extends MechanismOptions {
  /** Privacy loss of this release, above 0. */
  epsilon: number;
  /** How far one person can move the value (for an array: the sum of the absolute moves of all values). Above 0. */
  sensitivity: number;
  /** The value is rounded to a multiple of this power of two. Default: about 2^-40 of the noise or the sensitivity. Use 1 for counts. */
  grid?: number;
}

/**
 * The value with Laplace noise of scale sensitivity / epsilon: epsilon-differentially private.
 *
 * The value is rounded to the grid first and the noise is an exact discrete Laplace on the grid, so the low bits of the result carry nothing
 * (the attacks of Mironov 2012 and Haney et al. 2022). For an array the sensitivity is raised by one grid step a value, which rounding may add.
 *
 * What remains: how long an exact draw takes depends on the draw (Jin et al. 2022), so do not let others time single releases.
 *
 * @param value a number, or an array whose values are released together for one epsilon
 * @returns `{ value, event, spent, scale, grid }`
 * @throws `expected epsilon > 0, got 0`; `expected sensitivity > 0, got -1`; `expected grid to be a power of two, got 0.1`; `budget exceeded: ...`
 * @see Dwork, McSherry, Nissim and Smith 2006; Canonne, Kamath and Steinke 2020
 * @example
 * const release = privacy.laplace(120, { epsilon: 0.5, sensitivity: 1, grid: 1 });
 * release.scale // 2
 * release.spent // { epsilon: 0.5, delta: 0 }
 * Number.isInteger(release.value) // true
 */
export function laplace(value: number, options: LaplaceOptions): Release;
export function laplace(value: readonly number[] | Float32Array | Float64Array, options: LaplaceOptions): Release<number[]>;
export function laplace(value: number | ArrayLike<number>, options: LaplaceOptions): Release<number | number[]> {
  known(options, ["epsilon", "sensitivity", "grid", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const sensitivity = positive({ sensitivity: options.sensitivity });
  const grid = checkedGrid(options.grid ?? defaultGrid(sensitivity / epsilon, sensitivity));
  const values = typeof value === "number" ? [finite({ value })] : allFinite({ value });
  const steps = sensitivitySteps(sensitivity, grid, values.length);
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "laplace");
  const source = sourceFor(options);
  const scale = over(whole(steps), rational(epsilon));
  const noisy = Array.from(values, (one) => fromGrid(toGrid(one, grid) + drawDiscreteLaplace(source, scale), grid));
  return Object.freeze({ value: typeof value === "number" ? noisy[0]! : noisy, event: Object.freeze({ type: "laplace" as const, noiseMultiplier: 1 / epsilon }), spent, scale: fromGrid(steps, grid) / epsilon, grid });
}
