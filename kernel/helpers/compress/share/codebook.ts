import { allFinite, whole } from "../../arguments.js";

export interface Codebook {
  /** The shared values, ascending. */
  readonly centroids: Float32Array;
  /** Of each weight the index of its value. */
  readonly indices: Uint8Array | Uint16Array;
  /** Sum of squared differences. */
  readonly inertia: number;
  readonly iterations: number;
}

/**
 * Groups numbers around `clusters` values (k-means in one dimension, Lloyd's rule from evenly spaced starts, as the paper advises: few large weights matter). On sorted numbers a cluster is a stretch, so that a
 * step takes as long as the clusters are many, not the weights.
 *
 * @param options keepZero: one value is exactly 0 and pruned weights stay so
 * @throws `expected clusters to be a whole number >= 1, got 0`; `expected clusters <= 65536, got 100000`
 * @see Han et al. (2016), "Deep compression"
 * @example
 * const { centroids, indices } = compress.codebook([0.1, 0.2, 5, 5.2, 0.3], { clusters: 2 });
 * centroids // [0.2, 5.1]
 * indices // [0, 0, 1, 1, 0]
 */
export function codebook(weights: ArrayLike<number>, { clusters, keepZero = false, iterations = 100 }: { clusters: number; keepZero?: boolean; iterations?: number }): Codebook {
  whole({ clusters }, 1);
  whole({ iterations }, 1);
  if (clusters > 65536) throw new RangeError(`expected clusters <= 65536, got ${clusters}`);
  allFinite({ weights });
  if (weights.length === 0) throw new RangeError("expected at least one weight, got none");
  const free = keepZero ? Float64Array.from(weights as ArrayLike<number>).filter((value) => value !== 0) : Float64Array.from(weights);
  const zero = keepZero && free.length < weights.length;
  const sorted = free.sort();
  const found = lloyd(sorted, Math.max(0, clusters - (zero ? 1 : 0)), iterations);
  const centroids = Float32Array.from(zero ? [...found.centroids, 0] : found.centroids).sort();
  if (centroids.length === 0) throw new RangeError(`expected clusters >= 2 with keepZero, got ${clusters}`);
  const at = Float64Array.from(centroids);
  const indices = centroids.length <= 256 ? new Uint8Array(weights.length) : new Uint16Array(weights.length);
  let inertia = 0;
  for (let i = 0; i < weights.length; i++) {
    const place = zero && weights[i] === 0 ? centroids.indexOf(0) : nearest(at, weights[i]!);
    indices[i] = place;
    inertia += (weights[i]! - at[place]!) ** 2;
  }
  return Object.freeze({ centroids, indices, inertia, iterations: found.iterations });
}

function lloyd(sorted: Float64Array, clusters: number, iterations: number): { centroids: Float64Array; iterations: number } {
  if (sorted.length === 0 || clusters === 0) return { centroids: new Float64Array(0), iterations: 0 };
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  let centroids = Float64Array.from({ length: clusters }, (_, k) => (clusters === 1 ? (low + high) / 2 : low + ((high - low) * k) / (clusters - 1)));
  const sums = new Float64Array(sorted.length + 1);
  sorted.forEach((value, i) => (sums[i + 1] = sums[i]! + value));
  for (let step = 1; step <= iterations; step++) {
    let from = 0;
    const next = centroids.map((centroid, k) => {
      const border = k + 1 < clusters ? lowerBound(sorted, (centroid + centroids[k + 1]!) / 2) : sorted.length;
      const to = Math.max(from, border);
      const mean = to > from ? (sums[to]! - sums[from]!) / (to - from) : centroid;
      from = to;
      return mean;
    });
    const moved = next.some((value, k) => value !== centroids[k]);
    centroids = next;
    if (!moved) return { centroids: Float64Array.from(new Set(centroids)), iterations: step };
  }
  return { centroids: Float64Array.from(new Set(centroids)), iterations };
}

/** First place whose value is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(centroids: Float64Array, value: number): number {
  const above = lowerBound(centroids, value);
  if (above === 0) return 0;
  if (above === centroids.length) return above - 1;
  return value - centroids[above - 1]! <= centroids[above]! - value ? above - 1 : above;
}
