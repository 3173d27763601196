import { oneOf } from "../../arguments.js";

/** Larger is better in all of them. */
export type Score = "r2" | "accuracy" | "negativeMeanSquaredError";

/** Accuracy takes a prediction above `threshold` as class 1; r2 and the squared error take predictions as they are. */
export function scorer(metric: Score, y: ArrayLike<number>, threshold: number): (predictions: ArrayLike<number>) => number {
  oneOf({ metric }, ["r2", "accuracy", "negativeMeanSquaredError"]);
  const n = y.length;
  if (metric === "accuracy") {
    for (let i = 0; i < n; i++) if (y[i] !== 0 && y[i] !== 1) throw new RangeError(`expected y of 0 and 1 for accuracy, got ${y[i]} at index ${i}`);
    return (p) => {
      let right = 0;
      for (let i = 0; i < n; i++) if (Number(p[i] > threshold) === y[i]) right++;
      return right / n;
    };
  }
  let mean = 0;
  let varies = false;
  for (let i = 0; i < n; i++) {
    mean += y[i] / n;
    varies ||= y[i] !== y[0];
  }
  let spread = 0;
  for (let i = 0; i < n; i++) spread += (y[i] - mean) ** 2;
  if (metric === "r2" && !varies) throw new RangeError(`expected y to vary for r2, got ${y[0]} throughout`);
  return (p) => {
    let error = 0;
    for (let i = 0; i < n; i++) error += (y[i] - p[i]) ** 2;
    return metric === "r2" ? 1 - error / spread : -error / n;
  };
}
