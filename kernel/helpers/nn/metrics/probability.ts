import { known, sameLength, shown } from "../../arguments.js";
import type { Label } from "../examples/contract.js";
import { encode } from "../examples/labels.js";
import { positives, type PositiveOption } from "./binary.js";

/** True classes and predicted probabilities. */
export interface WithProbabilities {
  truth: ArrayLike<Label>;
  /** Of the positive class, one a row; or a row of all classes each, as `predictProba` gives them, in the order of `classes`. */
  probabilities: ArrayLike<number> | readonly ArrayLike<number>[];
  weights?: ArrayLike<number>;
}

export interface ProbabilityOptions extends PositiveOption {
  /** The order of the columns. Default: the classes found in truth, ascending, which must be all of them. */
  classes?: readonly Label[];
}

export interface ReadProbabilities {
  rows: number;
  width: number;
  /** Row-major. */
  flat: Float64Array;
  codes: Int32Array;
  weights: Float64Array;
}

/** Probabilities as rows of all classes, checked: from 0 to 1, summing to 1 within 1e-3, as 32-bit softmax does. */
export function readProbabilities(data: WithProbabilities, { classes, positive }: ProbabilityOptions): ReadProbabilities {
  known(data, ["truth", "probabilities", "weights"]);
  const { truth, probabilities } = data;
  const rows = sameLength({ truth, probabilities: probabilities as ArrayLike<unknown>, weights: data.weights });
  if (rows === 0) throw new RangeError("expected at least one example, got none");
  const weights = new Float64Array(rows).fill(1);
  if (data.weights !== undefined) for (let at = 0; at < rows; at++) {
    if (!(data.weights[at] >= 0 && Number.isFinite(data.weights[at]))) throw new RangeError(`expected weights >= 0, got ${shown(data.weights[at])} at index ${at}`);
    weights[at] = data.weights[at];
  }
  if (typeof probabilities[0] === "number") {
    if (classes !== undefined) throw new RangeError("expected rows of probabilities with classes; for one number a row say which class is positive");
    const flat = new Float64Array(2 * rows);
    for (let row = 0; row < rows; row++) {
      const p = share((probabilities as ArrayLike<number>)[row], `at index ${row}`);
      flat[2 * row] = 1 - p;
      flat[2 * row + 1] = p;
    }
    return { rows, width: 2, flat, codes: Int32Array.from(positives(truth, positive)), weights };
  }
  if (positive !== undefined) throw new RangeError("expected positive only with one probability a row, got rows of probabilities");
  const encoded = encode({ truth }, classes);
  const width = encoded.classes.length;
  const flat = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const given = (probabilities as readonly ArrayLike<number>[])[row];
    if (given?.length !== width) throw new RangeError(`expected ${width} probabilities in row ${row}, one a class${classes ? "" : " found in truth (name others by classes)"}, got ${given?.length ?? shown(given)}`);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += flat[row * width + k] = share(given[k], `in row ${row}`);
    if (Math.abs(sum - 1) > 1e-3) throw new RangeError(`expected probabilities that sum to 1, got ${sum} in row ${row}`);
  }
  return { rows, width, flat, codes: encoded.codes, weights };
}

function share(p: number, where: string): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`expected probabilities from 0 to 1, got ${shown(p)} ${where}`);
  return p;
}

const weightedMean = ({ rows, weights }: ReadProbabilities, loss: (row: number) => number): number => {
  let [sum, total] = [0, 0];
  for (let row = 0; row < rows; row++) if (weights[row] > 0) {
    sum += weights[row] * loss(row);
    total += weights[row];
  }
  return sum / total;
};

/**
 * Mean of -ln of the probability of the true class (cross-entropy). 0 at best; Infinity where a true class was given probability 0.
 *
 * Source: scikit-learn's `log_loss`, which moves probabilities of 0 up to 2e-16; here nothing is moved.
 *
 * @throws `expected probabilities from 0 to 1, got 1.2 at index 0`; `expected probabilities that sum to 1, got 0.9 in row 2`; `expected 3 probabilities in row 0, ...`
 * @example nn.logLoss({ truth: [1, 0], probabilities: [0.9, 0.2] }) // 0.164
 */
export function logLoss(data: WithProbabilities, options: ProbabilityOptions = {}): number {
  known(options, ["classes", "positive"]);
  const read = readProbabilities(data, options);
  return weightedMean(read, (row) => -Math.log(read.flat[row * read.width + read.codes[row]])) + 0;
}

/**
 * Mean squared distance of probabilities from what happened: with two classes (p - y)^2, from 0 to 1; with more the sum over classes, from 0 to 2.
 *
 * Source: Brier (1950); scikit-learn's `brier_score_loss`.
 *
 * @throws as `logLoss`
 * @example nn.brierScore({ truth: [1, 0], probabilities: [0.9, 0.2] }) // 0.025
 */
export function brierScore(data: WithProbabilities, options: ProbabilityOptions = {}): number {
  known(options, ["classes", "positive"]);
  const read = readProbabilities(data, options);
  const { width, flat, codes } = read;
  return weightedMean(read, (row) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (flat[row * width + k] - Number(codes[row] === k)) ** 2;
    return width === 2 ? sum / 2 : sum;
  });
}
