export type Distance = "euclidean" | "manhattan" | "chebyshev" | "cosine";
export const distances = ["euclidean", "manhattan", "chebyshev", "cosine"] as const;

/** Between a row of `a` and a row of `b` of one width, as it is compared: euclidean squared (its root is taken at the end), the others as they are. */
export type Compared = (a: Float64Array, i: number, b: Float64Array, j: number) => number;

/** Ones with coordinates added up or their largest taken: a box around points bounds them, so that a tree can leave boxes out. */
export const bounded = (distance: Distance): boolean => distance !== "cosine";

export function comparison(distance: Distance, width: number): Compared {
  switch (distance) {
    case "euclidean":
      return (a, i, b, j) => {
        let sum = 0;
        for (let k = 0; k < width; k++) {
          const d = a[i + k] - b[j + k];
          sum += d * d;
        }
        return sum;
      };
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

/** From what is compared to the distance. */
export const asDistance = (distance: Distance): ((compared: number) => number) => (distance === "euclidean" ? Math.sqrt : (value) => value);
