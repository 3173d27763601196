import { say } from "../../../display/language.js";
import { known, nonNegative, shown } from "../../arguments.js";
import type { Classifier, Examples, Label, LabelOf } from "../examples/contract.js";
import { argmaxRows, encodeTraining, toRows } from "../examples/labels.js";
import { readExamples, readRows } from "../examples/read.js";
import { frozen, shownBy, tableUnder } from "../show.js";

export interface GaussianNaiveBayesOptions {
  /** Share of the largest variance of a feature that is added to all variances, against division by 0. Default 1e-9. */
  smoothing?: number;
  /** Chances of the classes, in their order, summing to 1. Default: their shares in the examples. */
  priors?: readonly number[];
  /** The classes in the order wanted. Default: those found, ascending. */
  classes?: readonly Label[];
}

export interface GaussianNaiveBayes<Y extends Label = Label> extends Classifier<Y> {
  readonly priors: readonly number[];
  /** A row a class, a column a feature. */
  readonly means: readonly (readonly number[])[];
  readonly variances: readonly (readonly number[])[];
}

/**
 * Naive Bayes with a normal distribution for each feature in each class, as if features were independent within a class.
 *
 * Source: the numbers of scikit-learn's `GaussianNB`.
 *
 * @throws `expected features that vary, got none` where smoothing cannot help; otherwise as `decisionTree`
 * @example
 * const model = nn.gaussianNaiveBayes({ x: [[1], [3], [7], [9]], y: ["low", "low", "high", "high"] });
 * model.predict([[2], [6]]) // ["low", "high"]
 * model.means // [[8], [2]]
 */
export function gaussianNaiveBayes<const D extends Examples>(data: D, options: GaussianNaiveBayesOptions = {}): GaussianNaiveBayes<LabelOf<D>> {
  known(options, ["smoothing", "priors", "classes"]);
  const smoothing = nonNegative({ smoothing: options.smoothing ?? 1e-9 });
  const examples = readExamples(data);
  const { values, rows, width, features } = examples;
  const { classes, codes } = encodeTraining<LabelOf<D>>({ [examples.yName]: examples.y }, options.classes as readonly LabelOf<D>[] | undefined, examples.weights);
  const weights = examples.weights ?? new Float64Array(rows).fill(1);
  const counts = new Float64Array(classes.length);
  const means = classes.map(() => new Float64Array(width));
  const variances = classes.map(() => new Float64Array(width));
  codes.forEach((code, row) => (counts[code] += weights[row]));
  codes.forEach((code, row) => { for (let j = 0; j < width; j++) means[code][j] += (weights[row] * values[row * width + j]) / counts[code]; });
  codes.forEach((code, row) => { for (let j = 0; j < width; j++) variances[code][j] += (weights[row] * (values[row * width + j] - means[code][j]) ** 2) / counts[code]; });
  const extra = smoothing * largestVariance(values, rows, width);
  for (const one of variances) for (let j = 0; j < width; j++) if (!((one[j] += extra) > 0)) throw new RangeError(`expected features that vary, got none in ${features[j]} within a class: set smoothing > 0 or leave it out`);
  const total = counts.reduce((a, b) => a + b, 0);
  const priors = options.priors === undefined ? Array.from(counts, (count) => count / total) : checkPriors(options.priors, classes.length);
  const posterior = (given: unknown): { flat: Float64Array; count: number } => {
    const table = readRows(given, features);
    const flat = new Float64Array(table.rows * classes.length);
    for (let row = 0, from = 0; row < table.rows; row++, from += classes.length) {
      let most = -Infinity;
      for (let k = 0; k < classes.length; k++) {
        let sum = Math.log(priors[k]);
        for (let j = 0; j < width; j++) sum -= 0.5 * (Math.log(2 * Math.PI * variances[k][j]) + (table.values[row * width + j] - means[k][j]) ** 2 / variances[k][j]);
        flat[from + k] = sum;
        most = Math.max(most, sum);
      }
      let all = 0;
      for (let k = 0; k < classes.length; k++) all += flat[from + k] = Math.exp(flat[from + k] - most);
      for (let k = 0; k < classes.length; k++) flat[from + k] /= all;
    }
    return { flat, count: table.rows };
  };
  const plain = (lists: readonly Float64Array[]) => lists.map((list) => Array.from(list));
  const model: GaussianNaiveBayes<LabelOf<D>> = frozen({
    classes, features, priors, means: plain(means), variances: plain(variances),
    predict: (given: unknown) => {
      const { flat, count } = posterior(given);
      return Array.from(argmaxRows(flat, count, classes.length), (code) => classes[code]);
    },
    predictProba: (given: unknown) => {
      const { flat, count } = posterior(given);
      return toRows(flat, count, classes.length);
    },
  });
  return shownBy({ ...model }, () => tableUnder(say(`Gaussian naive Bayes, ${rows} training rows`, `高斯朴素贝叶斯，${rows} 行训练数据`), classes.map((one, k) => ({ class: String(one), prior: priors[k], ...Object.fromEntries(features.map((feature, j) => [`mean of ${feature}`, means[k][j]])) }))));
}

function largestVariance(values: Float64Array, rows: number, width: number): number {
  let most = 0;
  for (let j = 0; j < width; j++) {
    let [mean, sum] = [0, 0];
    for (let row = 0; row < rows; row++) mean += values[row * width + j] / rows;
    for (let row = 0; row < rows; row++) sum += (values[row * width + j] - mean) ** 2 / rows;
    most = Math.max(most, sum);
  }
  return most;
}

function checkPriors(priors: readonly number[], classes: number): number[] {
  if (priors.length !== classes) throw new RangeError(`expected priors of length ${classes}, one a class, got ${priors.length}`);
  for (const prior of priors) if (!(prior > 0)) throw new RangeError(`expected priors > 0, got ${shown(prior)}`);
  const sum = priors.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`expected priors that sum to 1, got ${sum}`);
  return [...priors];
}
