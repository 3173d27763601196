export type Distance = "euclidean" | "manhattan" | "chebyshev" | "cosine";
export const distances = ["euclidean", "manhattan", "chebyshev", "cosine"] as const;

/** Between a row of `a` and a row of `b` of one width, as it is compared: euclidean squared (its root is taken at the end), the others as they are. */
export type Compared = (a: Float64Array, i: number, b: Float64Array, j: number) => number;

/** Ones with coordinates added up or their largest taken: a box around points bounds them, so that a tree can leave boxes out. */
export const bounded = (distance: Distance): boolean => distance !== "cosine";

export function comparison(distance: Distance, width: number): Compared {
  switch (distance) {
    case "euclidean":
      return (a, i, b, j) => squaredWithin(a, i, b, j, width, Infinity);
    case "manhattan":
      return (a, i, b, j) => {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += Math.abs(a[i + k] - b[j + k]);
        return sum;
      };
    case "chebyshev":
      return (a, i, b, j) => {
        let most = 0;
        for (let k = 0; k < width; k++) most = Math.max(most, Math.abs(a[i + k] - b[j + k]));
        return most;
      };
    case "cosine":
      return (a, i, b, j) => {
        let [dot, aa, bb] = [0, 0, 0];
        for (let k = 0; k < width; k++) {
          dot += a[i + k] * b[j + k];
          aa += a[i + k] * a[i + k];
          bb += b[j + k] * b[j + k];
        }
        return Math.max(0, 1 - dot / Math.sqrt(aa * bb));
      };
  }
}

/**
 * The squared distance of a row of `a` to a row of `b`; once it passes `bound`, some number above the bound.
 * Four sums side by side: one after the other each addition would wait for the last.
 */
export function squaredWithin(a: Float64Array, i: number, b: Float64Array, j: number, width: number, bound: number): number {
  let sum = 0;
  const end = i + width;
  for (; i + 4 <= end && sum <= bound; i += 4, j += 4) {
    const p = a[i] - b[j];
    const q = a[i + 1] - b[j + 1];
    const r = a[i + 2] - b[j + 2];
    const s = a[i + 3] - b[j + 3];
    sum += p * p + q * q + (r * r + s * s);
  }
  if (sum <= bound) for (; i < end; i++, j++) {
    const d = a[i] - b[j];
    sum += d * d;
  }
  return sum;
}

/** From what is compared to the distance. */
export const asDistance = (distance: Distance): ((compared: number) => number) => (distance === "euclidean" ? Math.sqrt : (value) => value);
