import { say } from "../../../display/language.js";
import { known, nonNegative, oneOf, whole } from "../../arguments.js";
import type { Classifier, Examples, Label, LabelOf } from "../examples/contract.js";
import { argmaxRows, encodeTraining, rowWeights, toRows, type ClassWeight } from "../examples/labels.js";
import { readExamples, readRows, type Table } from "../examples/read.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { logisticLoss } from "./logistic-loss.js";
import { lbfgs, newton } from "./minimise.js";

export interface LogisticRegressionOptions {
  /** Penalty l2 / 2 * sum of squared coefficients on the sum of log-losses (scikit-learn's 1 / C); intercepts are free. Default 1. */
  l2?: number;
  /** Default true. */
  intercept?: boolean;
  /** "balanced", or a factor a class by name. Default: every row counts alike. */
  classWeight?: ClassWeight;
  /** The classes in the order wanted. Default: those found, ascending. */
  classes?: readonly Label[];
  /** "auto" (default): Newton's method up to 50 parameters (300 without a penalty), else L-BFGS. Both go to the optimum. */
  solver?: "auto" | "newton" | "lbfgs";
  /** Steps at most. Default 100 for Newton, 5000 for L-BFGS. */
  iterations?: number;
}

export interface LogisticRegression<Y extends Label = Label> extends Classifier<Y> {
  /** A row a class (softmax), a column a feature; with two classes one row, for the second. */
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  /** Sum of weighted log-losses plus penalty, at the optimum. */
  readonly objective: number;
  readonly iterations: number;
  /** False: the steps ran out; a warning said so. */
  readonly converged: boolean;
}

const optionNames = ["l2", "intercept", "classWeight", "classes", "solver", "iterations"];

/**
 * Logistic regression to its optimum: two classes by one score, more by softmax. The penalty is on the features as they are: standardise them first, or it weighs units.
 *
 * Source: Cox (1958); the objective, and so the coefficients, of scikit-learn's `LogisticRegression(C = 1 / l2)`.
 *
 * @throws `expected at least two classes in y, got only 1`; `expected l2 > 0, got 0: ...` where without a penalty coefficients have no end (classes that a line tells apart) or no value (repeated columns); otherwise as `decisionTree`
 * @example
 * const model = nn.logisticRegression({ x: [[0], [1], [2], [3]], y: ["no", "no", "yes", "yes"] });
 * model.predict([[0.2], [2.9]]) // ["no", "yes"]
 * model.predictProba([[1.5]]) // [[0.500, 0.500]]
 * model.coefficients // [[0.9583]]
 */
export function logisticRegression<const D extends Examples>(data: D, options: LogisticRegressionOptions = {}): LogisticRegression<LabelOf<D>> {
  known(options, optionNames);
  const l2 = nonNegative({ l2: options.l2 ?? 1 });
  const { intercept: free = true } = options;
  const examples = readExamples(data);
  const { rows, width, features } = examples;
  const encoded = encodeTraining<LabelOf<D>>({ [examples.yName]: examples.y }, options.classes as readonly LabelOf<D>[] | undefined, examples.weights);
  const { classes, codes } = encoded;
  const weights = rowWeights(encoded, examples.weights, options.classWeight) ?? new Float64Array(rows).fill(1);
  const outputs = classes.length === 2 ? 1 : classes.length;
  const { x, scale, origin } = scaled(examples, free);
  const columns = width + (free ? 1 : 0);
  const penalty = Float64Array.from({ length: columns }, (_, j) => (j < width ? l2 / scale[j] ** 2 : 0));
  const objective = logisticLoss({ x, rows, width: columns, codes, outputs, weights, penalty });
  const solver = oneOf({ solver: options.solver ?? "auto" }, ["auto", "newton", "lbfgs"]);
  const direct = solver === "newton" || (solver === "auto" && objective.size <= (l2 > 0 ? 50 : 300));
  const iterations = whole({ iterations: options.iterations ?? (direct ? 100 : 5000) }, 1);
  const found = direct ? newton(objective, iterations) : lbfgs(objective, iterations, 1e-9 * weights.reduce((a, b) => a + b, 0));
  // Probabilities that are all but certain everywhere mean that there is no optimum to come to.
  const endless = l2 === 0 && (!found.converged || found.value < 1e-6);
  if (endless) throw new RangeError(`expected l2 > 0, got 0: without a penalty these coefficients ${found.value < 1e-2 * rows ? "grow without end, as the classes can be told apart without a mistake" : "have no single best value, as columns repeat each other or a class is told apart without a mistake"}`);
  if (!found.converged) console.warn(`logisticRegression stopped after ${found.iterations} steps short of the optimum: give more iterations, or standardise the features`);
  const coefficients = Array.from({ length: outputs }, (_, k) => Array.from({ length: width }, (__, j) => found.theta[k * columns + j] / scale[j]));
  const intercepts = coefficients.map((row, k) => (free ? found.theta[k * columns + width] - row.reduce((sum, b, j) => sum + b * origin[j], 0) : 0));
  const [beta, constants] = [Float64Array.from(coefficients.flat()), Float64Array.from(intercepts)];
  const probabilities = (table: Table): Float64Array => softmax(scores(table, beta, constants), table.rows, outputs);
  const model: LogisticRegression<LabelOf<D>> = frozen({
    classes, features, coefficients, intercepts, objective: found.value, iterations: found.iterations, converged: found.converged,
    predict: (given: unknown) => {
      const table = readRows(given, features);
      return Array.from(argmaxRows(probabilities(table), table.rows, classes.length), (code) => classes[code]);
    },
    predictProba: (given: unknown) => {
      const table = readRows(given, features);
      return toRows(probabilities(table), table.rows, classes.length);
    },
  });
  const named = (values: readonly number[]) => Object.fromEntries(values.map((value, k) => [outputs === 1 ? `towards ${String(classes[1])}` : String(classes[k]), value]));
  return shownBy({ ...model }, () => tableUnder(say(`Logistic regression, l2 ${l2}, classes ${classes.map(String).join(", ")}, ${rows} training rows`, `逻辑回归，l2 ${l2}，类别 ${classes.map(String).join("、")}，${rows} 行训练数据`),
    [...(free ? [{ feature: "intercept", ...named(intercepts) }] : []), ...features.map((feature, j) => ({ feature, ...named(coefficients.map((row) => row[j])) }))]));
}

/** Columns of mean 0 and deviation 1 (without an intercept only scaled), where steps go straight; the penalty is scaled against it, so that the optimum is the same. */
function scaled({ values, rows, width }: Table, free: boolean): { x: Float64Array; scale: Float64Array; origin: Float64Array } {
  const [scale, origin] = [new Float64Array(width).fill(1), new Float64Array(width)];
  for (let j = 0; j < width; j++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) sum += values[row * width + j];
    const mean = sum / rows;
    if (free) origin[j] = mean;
    for (let row = 0; row < rows; row++) squares += (values[row * width + j] - origin[j]) ** 2;
    const deviation = Math.sqrt(squares / rows);
    if (deviation > 1e-12 * Math.abs(mean)) scale[j] = deviation;
  }
  const columns = width + (free ? 1 : 0);
  const x = new Float64Array(rows * columns).fill(1);
  for (let row = 0; row < rows; row++) for (let j = 0; j < width; j++) x[row * columns + j] = (values[row * width + j] - origin[j]) / scale[j];
  return { x, scale, origin };
}

function scores({ values, rows, width }: Table, beta: Float64Array, intercepts: Float64Array): Float64Array {
  const outputs = intercepts.length;
  const z = new Float64Array(rows * outputs);
  for (let row = 0, at = 0; row < rows; row++) for (let k = 0; k < outputs; k++) {
    let sum = intercepts[k];
    for (let j = 0, a = k * width, b = row * width; j < width; j++) sum += beta[a + j] * values[b + j];
    z[at++] = sum;
  }
  return z;
}

function softmax(z: Float64Array, rows: number, outputs: number): Float64Array {
  if (outputs === 1) {
    const both = new Float64Array(2 * rows);
    for (let row = 0; row < rows; row++) {
      both[2 * row] = 1 / (1 + Math.exp(z[row]));
      both[2 * row + 1] = 1 / (1 + Math.exp(-z[row]));
    }
    return both;
  }
  for (let row = 0, from = 0; row < rows; row++, from += outputs) {
    let most = -Infinity;
    for (let k = 0; k < outputs; k++) most = Math.max(most, z[from + k]);
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += z[from + k] = Math.exp(z[from + k] - most);
    for (let k = 0; k < outputs; k++) z[from + k] /= sum;
  }
  return z;
}
