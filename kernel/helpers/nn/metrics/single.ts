import { known, oneOf } from "../../arguments.js";
import { countConfusion, type ClassesOption, type Predicted } from "./confusion.js";

interface Sums {
  counts: Float64Array[];
  rows: number[];
  columns: number[];
  total: number;
  right: number;
  names: string[];
}

function sums(data: Predicted, classes: ClassesOption["classes"]): Sums {
  const { classes: found, counts } = countConfusion(data, classes);
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0));
  return { counts, rows, columns: counts.map((_, k) => counts.reduce((sum, row) => sum + row[k], 0)), total: rows.reduce((a, b) => a + b, 0), right: counts.reduce((sum, row, k) => sum + row[k], 0), names: found.map(String) };
}

/**
 * Share of right predictions. Say beside it what the most frequent class alone would reach.
 *
 * @throws as `confusionMatrix`
 * @example nn.accuracy({ truth: ["a", "a", "b"], predicted: ["a", "b", "b"] }) // 0.667
 */
export function accuracy(data: Predicted): number {
  const { right, total } = sums(data, undefined);
  return right / total;
}

/**
 * Mean recall of the classes that have examples: 1/classes for guessing, however unequal the classes.
 *
 * Source: scikit-learn's `balanced_accuracy_score`.
 *
 * @throws as `confusionMatrix`
 * @example nn.balancedAccuracy({ truth: [0, 0, 0, 1], predicted: [0, 0, 0, 0] }) // 0.5
 */
export function balancedAccuracy(data: Predicted): number {
  const { counts, rows } = sums(data, undefined);
  const recalls = counts.flatMap((row, k) => (rows[k] > 0 ? [row[k] / rows[k]] : []));
  return recalls.reduce((a, b) => a + b, 0) / recalls.length;
}

/**
 * Matthews correlation of truth and prediction, -1 to 1; 0 for guessing, and, by convention, where all predictions or all truths are of one class.
 *
 * Source: Matthews (1975), Gorodkin (2004) for several classes; scikit-learn's `matthews_corrcoef`.
 *
 * @throws as `confusionMatrix`
 * @example nn.matthewsCorrelation({ truth: [1, 1, 1, 0], predicted: [1, 0, 1, 1] }) // -0.333
 */
export function matthewsCorrelation(data: Predicted): number {
  const { rows, columns, total, right } = sums(data, undefined);
  const product = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  const spread = (total * total - product(columns, columns)) * (total * total - product(rows, rows));
  return spread > 0 ? (right * total - product(rows, columns)) / Math.sqrt(spread) : 0;
}

/**
 * Cohen's kappa of truth and prediction: agreement beyond what the frequencies of the classes give by chance; 1 at best, 0 for chance.
 * With `weights` near mistakes count less, for classes in an order. (`label.cohenKappa` compares two annotators, with missing labels.)
 *
 * Source: Cohen (1960, 1968); scikit-learn's `cohen_kappa_score`. NaN where both are always of one class.
 *
 * @throws as `confusionMatrix`
 * @example nn.cohenKappa({ truth: ["a", "a", "b", "b"], predicted: ["a", "a", "b", "a"] }) // 0.5
 */
export function cohenKappa(data: Predicted, options: ClassesOption & { weights?: "none" | "linear" | "quadratic" } = {}): number {
  known(options, ["classes", "weights"]);
  const how = oneOf({ weights: options.weights ?? "none" }, ["none", "linear", "quadratic"]);
  const { counts, rows, columns, total } = sums(data, options.classes);
  const cost = (i: number, j: number) => (how === "none" ? Number(i !== j) : how === "linear" ? Math.abs(i - j) : (i - j) ** 2);
  let [seen, chance] = [0, 0];
  counts.forEach((row, i) => row.forEach((count, j) => {
    seen += cost(i, j) * count;
    chance += (cost(i, j) * rows[i] * columns[j]) / total;
  }));
  return 1 - seen / chance;
}
