import { known, nonNegative } from "../../arguments.js";
import { checkUpdates, flatten, unflatten, type Update, type Weights } from "../weights.js";

/**
 * The median of each coordinate over the clients; of an even number, the mean of the middle two. Examples are not
 * counted: a client that lies about them gains nothing. Up to half of the clients (less one) may be arbitrary.
 * Source: Yin et al. 2018, "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates".
 *
 * @param updates at least one; all with the same names and shapes, finite.
 * @example
 * const update = (value) => ({ weights: federated.weights({ w: [value] }), examples: 1 });
 * federated.coordinateMedian([update(1), update(2), update(1e9)])[0].values // [2]
 */
export function coordinateMedian(updates: readonly Update[]): Weights {
  return perCoordinate(updates, (sorted) => {
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  });
}

export interface TrimmedMeanOptions {
  /** The fraction cut off at each end, from 0 to below 0.5: floor(trim * clients) values. No default: it is how many clients you distrust. */
  trim: number;
}

/**
 * The mean of each coordinate without its smallest and largest values. Examples are not counted.
 * Source: Yin et al. 2018 (see `coordinateMedian`); the count is rounded down as in SciPy's `trim_mean`.
 *
 * @throws `expected trim below 0.5, got 0.5`; a trim that cuts nothing off is refused too: `expected trim to cut off at least one of 3 clients, got 0.2` (0 itself is allowed: the plain mean).
 * @example
 * const update = (value) => ({ weights: federated.weights({ w: [value] }), examples: 1 });
 * federated.trimmedMean([update(1), update(2), update(3), update(1e9)], { trim: 0.25 })[0].values // [2.5]
 */
export function trimmedMean(updates: readonly Update[], options: TrimmedMeanOptions): Weights {
  known(options, ["trim"]);
  const trim = nonNegative({ trim: options.trim });
  if (trim >= 0.5) throw new RangeError(`expected trim below 0.5, got ${trim}`);
  // 0.3 * 10 is 2.9999999999999996 in floats.
  const cut = Math.floor(trim * updates.length + 1e-9);
  if (trim > 0 && cut === 0) throw new RangeError(`expected trim to cut off at least one of ${updates.length} clients, got ${trim}`);
  return perCoordinate(updates, (sorted) => {
    let sum = 0;
    for (let at = cut; at < sorted.length - cut; at++) sum += sorted[at]!;
    return sum / (sorted.length - 2 * cut);
  });
}

function perCoordinate(updates: readonly Update[], summary: (sorted: Float64Array) => number): Weights {
  const like = checkUpdates(updates);
  const flats = updates.map(({ weights }) => flatten(weights));
  const column = new Float64Array(flats.length);
  const result = flats[0]!.map((_, at) => {
    flats.forEach((flat, client) => (column[client] = flat[at]!));
    return summary(column.sort());
  });
  return unflatten(result, like);
}
