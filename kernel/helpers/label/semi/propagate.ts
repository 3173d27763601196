import { inside, known, oneOf, positive, sameLength, whole } from "../../arguments.js";
import { rows } from "../aggregate/result.js";
import type { Label } from "../annotations/contract.js";
import { readPoints, squaredDistance } from "../model.js";

export interface PropagateOptions {
  /** "propagation": given labels stay as they are; "spreading": they may give way to their neighbours. Default "propagation". */
  method?: "propagation" | "spreading";
  /** "rbf": all points, weight exp(-gamma d²); "knn": the nearest `neighbors`, itself included, weight 1. Default "rbf". */
  kernel?: "rbf" | "knn";
  /** Default 20, as scikit-learn: for standardised columns. */
  gamma?: number;
  /** Default 7. */
  neighbors?: number;
  /** Spreading: how much a point listens to its neighbours rather than to its own label. Default 0.2. */
  alpha?: number;
  /** Default 1000 for propagation, 30 for spreading. */
  iterations?: number;
  /** Stop when probabilities change by less in sum. Default 1e-3. */
  tolerance?: number;
}

export interface Propagation<L extends Label = Label> {
  readonly classes: readonly L[];
  readonly labels: readonly (L | null)[];
  readonly probabilities: readonly (readonly number[])[];
  readonly iterations: number;
  readonly converged: boolean;
}

const limit = 5000;

/**
 * Labels flow from labelled points to near ones. Right where classes lie in separate clouds; scale the columns first, since nearness is Euclidean.
 *
 * @param data points (rows of numbers) and labels (null: none).
 * @returns a point that no label reaches has equal probabilities of 0 and the label null.
 * @throws `expected labels of at least 2 classes, got 1`; `expected labels of length 3 like points, got 2`; `expected at most 5000 points, got 9000` (the method compares all pairs).
 * Source: Zhu and Ghahramani 2002; Zhou et al. 2004; scikit-learn 1.9 LabelPropagation and LabelSpreading.
 * @example
 * label.propagate({ points: [[0], [0.1], [1], [1.1]], labels: ["low", null, null, "high"] }).labels // ["low", "low", "high", "high"]
 */
export function propagate<L extends Label>(data: { readonly points: readonly ArrayLike<number>[]; readonly labels: readonly (L | null)[] }, options: PropagateOptions = {}): Propagation<L> {
  known(options, ["method", "kernel", "gamma", "neighbors", "alpha", "iterations", "tolerance"]);
  const method = oneOf({ method: options.method ?? "propagation" }, ["propagation", "spreading"]);
  const iterations = whole({ iterations: options.iterations ?? (method === "propagation" ? 1000 : 30) }, 1);
  const tolerance = positive({ tolerance: options.tolerance ?? 1e-3 });
  const alpha = inside({ alpha: options.alpha ?? 0.2 });
  const points = readPoints(data.points, "points");
  sameLength({ points, labels: data.labels });
  if (points.length > limit) throw new RangeError(`expected at most ${limit} points, got ${points.length}: the method compares all pairs`);
  const classes = [...new Set(data.labels.filter((name): name is L => name !== null))].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
  if (classes.length < 2) throw new RangeError(`expected labels of at least 2 classes, got ${classes.length}`);
  const [n, size] = [points.length, classes.length];
  const graph = affinity(points, options);
  if (method === "propagation") rowNormalize(graph, n, options.kernel === "knn");
  else laplacian(graph, n);
  const seed = new Float64Array(n * size);
  data.labels.forEach((name, i) => {
    if (name !== null) seed[i * size + classes.indexOf(name)] = method === "spreading" ? 1 - alpha : 1;
  });
  let belief: Float64Array = Float64Array.from(seed, (v) => (v > 0 ? 1 : 0));
  let [round, converged] = [0, false];
  let before: Float64Array = new Float64Array(belief.length);
  while (round < iterations) {
    converged = belief.reduce((sum, v, at) => sum + Math.abs(v - before[at]!), 0) < tolerance;
    if (converged) break;
    before = belief;
    belief = multiply(graph, belief, n, size);
    if (method === "spreading") belief = belief.map((v, at) => alpha * v + seed[at]!);
    else {
      normalizeRows(belief, size);
      data.labels.forEach((name, i) => {
        if (name !== null) belief.set(seed.subarray(i * size, (i + 1) * size), i * size);
      });
    }
    round += 1;
  }
  normalizeRows(belief, size);
  const probabilities = rows(belief, size);
  const labels = probabilities.map((row) => (row.every((p) => p === 0) ? null : classes[row.indexOf(Math.max(...row))]!));
  return Object.freeze({ classes, labels, probabilities, iterations: round, converged });
}

function affinity(points: Float64Array[], options: PropagateOptions): Float64Array {
  const n = points.length;
  const weights = new Float64Array(n * n);
  if (oneOf({ kernel: options.kernel ?? "rbf" }, ["rbf", "knn"]) === "rbf") {
    const gamma = positive({ gamma: options.gamma ?? 20 });
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) weights[i * n + j] = weights[j * n + i] = Math.exp(-gamma * squaredDistance(points[i]!, points[j]!));
    return weights;
  }
  const neighbors = whole({ neighbors: options.neighbors ?? 7 }, 1);
  if (neighbors > n) throw new RangeError(`expected at most ${n} neighbors, the number of points, got ${neighbors}`);
  for (let i = 0; i < n; i++) {
    const near = points.map((point, j) => ({ j, d: squaredDistance(points[i]!, point) })).sort((a, b) => a.d - b.d || Number(b.j === i) - Number(a.j === i) || a.j - b.j);
    for (const { j } of near.slice(0, neighbors)) weights[i * n + j] = 1;
  }
  return weights;
}

/** scikit-learn divides rows by column sums, which for the symmetric kernel are the row sums; neighbour graphs are divided by their row sums. */
function rowNormalize(graph: Float64Array, n: number, byRow: boolean): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += byRow ? graph[i * n + j]! : graph[j * n + i]!;
    if (sum > 0) for (let j = 0; j < n; j++) graph[i * n + j]! /= sum;
  }
}

/** D^-1/2 W D^-1/2 without the diagonal. */
function laplacian(graph: Float64Array, n: number): void {
  const degree = new Float64Array(n);
  for (let i = 0; i < n; i++) graph[i * n + i] = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) degree[j]! += graph[i * n + j]!;
  const scale = degree.map((d) => (d > 0 ? Math.sqrt(d) : 1));
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) graph[i * n + j]! /= scale[i]! * scale[j]!;
}

function multiply(graph: Float64Array, belief: Float64Array, n: number, size: number): Float64Array {
  const result = new Float64Array(n * size);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const weight = graph[i * n + j]!;
      if (weight !== 0) for (let k = 0; k < size; k++) result[i * size + k]! += weight * belief[j * size + k]!;
    }
  }
  return result;
}

function normalizeRows(belief: Float64Array, size: number): void {
  for (let from = 0; from < belief.length; from += size) {
    let sum = 0;
    for (let k = from; k < from + size; k++) sum += belief[k]!;
    if (sum > 0) for (let k = from; k < from + size; k++) belief[k]! /= sum;
  }
}
