import { allFinite, known, nonNegative, oneOf, positive, sameLength, whole } from "../../arguments.js";
import { ridge, type LinearFit } from "../linear/ridge.js";
import { frozen, table } from "../table.js";

export interface LimeFitOptions {
  /** Width of the kernel sqrt(exp(-d^2 / width^2)), in the unit of the distance. */
  kernelWidth: number;
  /** From the first sample. "cosine" is 100 (1 - cosine), as for texts. Default "euclidean". */
  distance?: "euclidean" | "cosine";
  /** Columns the local line may use, at most; default 10. */
  features?: number;
  /**
   * How they are chosen. "forward": the best next one, again and again. "highestWeights": by |coefficient x first sample| of a line on all.
   * "none": all columns, whatever `features` says. Default "auto": forward up to 6 features, else highestWeights.
   */
  selection?: "auto" | "forward" | "highestWeights" | "none";
  /** Penalty of the final line; default 1. */
  ridge?: number;
}

export interface LocalLine {
  readonly intercept: number;
  /** By size, the largest first. */
  readonly coefficients: readonly { readonly feature: number; readonly weight: number }[];
  /** Weighted R squared of the line on the samples: how far it can be believed. NaN where all labels are one. */
  readonly score: number;
  /** The line at the first sample. */
  readonly localPrediction: number;
  readonly distances: readonly number[];
  readonly weights: readonly number[];
}

/**
 * A weighted line through samples around a point: the core of LIME. The first sample is the point itself.
 *
 * @param data `samples` n x columns, `labels` n predictions of the model
 * @see Ribeiro et al. (2016), "Why should I trust you?"; agrees with lime.lime_base.LimeBase
 * @example
 * const samples = [[0, 0], [1, 0], [0, 1], [1, 1]];
 * explain.limeFit({ samples, labels: [0, 2, 0, 2] }, { kernelWidth: 100, ridge: 0 }).coefficients[0] // { feature: 0, weight: 2.000 }
 */
export function limeFit(data: { samples: readonly ArrayLike<number>[]; labels: ArrayLike<number> }, options: LimeFitOptions): LocalLine {
  known(options, ["kernelWidth", "distance", "features", "selection", "ridge"]);
  const { values: x, rows, width } = table({ samples: data.samples });
  sameLength({ samples: data.samples, labels: data.labels });
  const labels = allFinite({ labels: data.labels });
  const kernelWidth = positive({ kernelWidth: options.kernelWidth });
  const features = Math.min(width, whole({ features: options.features ?? 10 }, 1));
  const asked = oneOf({ selection: options.selection ?? "auto" }, ["auto", "forward", "highestWeights", "none"]);
  const selection = asked === "auto" ? (features <= 6 ? "forward" : "highestWeights") : asked;
  const distances = oneOf({ distance: options.distance ?? "euclidean" }, ["euclidean", "cosine"]) === "cosine" ? cosine(x, rows, width) : euclidean(x, rows, width);
  const weights = Float64Array.from(distances, (d) => Math.sqrt(Math.exp(-(d * d) / kernelWidth ** 2)));
  const all = Array.from({ length: width }, (_, column) => column);
  const fit = (alpha: number, columns: readonly number[]) => ridge(x, width, labels, weights, alpha, columns);
  const columns = selection === "none" ? all : selection === "forward" ? forward(all, features, (used) => fit(0, used)) : highest(all, features, x, fit(0.01, all));
  const line = fit(nonNegative({ ridge: options.ridge ?? 1 }), columns);
  let localPrediction = line.intercept;
  columns.forEach((column, at) => (localPrediction += line.coefficients[at] * x[column]));
  const coefficients = columns.map((feature, at) => ({ feature, weight: line.coefficients[at] })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return frozen({ intercept: line.intercept, coefficients, score: line.score, localPrediction, distances: Array.from(distances), weights: Array.from(weights) });
}

function euclidean(x: Float64Array, rows: number, width: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += (x[row * width + column] - x[column]) ** 2;
    return Math.sqrt(sum);
  });
}

/** A sample of nothing but zeros has distance 100, as in scikit-learn. */
function cosine(x: Float64Array, rows: number, width: number): Float64Array {
  const norm = (row: number) => {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += x[row * width + column] ** 2;
    return Math.sqrt(sum) || 1;
  };
  const first = norm(0);
  return Float64Array.from({ length: rows }, (_, row) => {
    let dot = 0;
    for (let column = 0; column < width; column++) dot += x[row * width + column] * x[column];
    return 100 * Math.max(0, 1 - dot / (norm(row) * first));
  });
}

function forward(all: readonly number[], features: number, fit: (columns: readonly number[]) => LinearFit): number[] {
  const used: number[] = [];
  while (used.length < features) {
    let [best, bestScore] = [-1, -Infinity];
    for (const column of all) {
      if (used.includes(column)) continue;
      const { score } = fit([...used, column]);
      if (score > bestScore) [best, bestScore] = [column, score];
    }
    if (best < 0) break; // no label varies: no column explains anything
    used.push(best);
  }
  return used;
}

function highest(all: readonly number[], features: number, x: Float64Array, { coefficients }: LinearFit): number[] {
  return [...all].sort((a, b) => Math.abs(coefficients[b] * x[b]) - Math.abs(coefficients[a] * x[a])).slice(0, features);
}
