import { known, nonNegative, sameLength, whole } from "../../arguments.js";
import type { Label, Votes } from "../annotations/contract.js";
import { aggregation, largest, moveTo, normalizeLog, rows, type Aggregation, type Iterated } from "../aggregate/result.js";
import type { VoteMatrix } from "./functions.js";

export interface LabelModelOptions<L extends Label = Label> {
  /** Known shares of the classes, in the order of `classes`. Default: equal. They are held fixed: learnt ones drift to the classes that broad functions name. */
  classBalance?: readonly number[];
  /** True classes of some items (null elsewhere): only to compare with the majority vote, never to fit. */
  truth?: readonly (L | null)[];
  /** Default 100. */
  iterations?: number;
  /** Default 1e-6. */
  tolerance?: number;
  /** Pseudo-votes that pull each function's error rates to "right 0.7, the rest evenly", as Snorkel's prior precision. Default 2 a class. */
  strength?: number;
}

export interface LabelModel<L extends Label = Label> extends Aggregation<L>, Iterated {
  /** `confusion[function][true class][vote]`, among its votes. */
  readonly confusion: readonly (readonly (readonly number[])[])[];
  /** Estimated share of right votes of each function, at the class balance. */
  readonly accuracies: readonly number[];
  readonly classBalance: readonly number[];
  readonly comparison: {
    /** Share of covered items where model and majority name the same class. */
    readonly agreement: number;
    /** Shares of right classes on items of known truth (a tie or an item without votes is wrong); null without truth. */
    readonly accuracy: number | null;
    readonly majorityAccuracy: number | null;
    readonly judged: number;
    /** Null: without truth nobody can say. */
    readonly beatsMajority: boolean | null;
  };
}

/**
 * Weighs labelling functions without knowing the truth: expectation maximisation of the model in which functions err independently of each other given the class,
 * each with its own confusion of classes, and abstaining says nothing. The same independence as Snorkel's label model, which solves it by matrix completion instead.
 * Functions that copy each other break it, and broad functions of similar quality leave little to gain over the majority: give `truth` for some items and read `comparison` and `warnings`.
 *
 * @param matrix from `applyFunctions`.
 * @returns items without votes have the class balance as probabilities, and the label null where that ties.
 * @throws `expected at least 3 labelling functions, got 2: with fewer, accuracies cannot be identified`; `expected at least 2 classes, got 1`; `expected classBalance to sum to 1, got 0.9`; `expected at least one vote, got none`.
 * Source: Dawid and Skene 1979; Ratner et al. 2017, 2019.
 * @example
 * const votes = [[0, 0, 1], [1, 1, 0], [0, 0, 0], [1, 1, 1], [0, null, 1], [null, 1, 0]];
 * label.labelModel({ functions: ["a", "b", "c"], classes: [0, 1], votes }).labels // [0, 1, 0, 1, 0, 1]
 */
export function labelModel<L extends Label>(matrix: VoteMatrix<L>, options: LabelModelOptions<L> = {}): LabelModel<L> {
  known(options, ["classBalance", "truth", "iterations", "tolerance", "strength"]);
  const iterations = whole({ iterations: options.iterations ?? 100 }, 1);
  const tolerance = nonNegative({ tolerance: options.tolerance ?? 1e-6 });
  const strength = nonNegative({ strength: options.strength ?? 2 });
  const { functions, classes } = matrix;
  if (functions.length < 3) throw new RangeError(`expected at least 3 labelling functions, got ${functions.length}: with fewer, accuracies cannot be identified`);
  if (classes.length < 2) throw new RangeError(`expected at least 2 classes, got ${classes.length}`);
  sameLength({ items: matrix.votes, truth: options.truth });
  const balance = readBalance(options.classBalance, classes);
  const votes = readMatrix(matrix);
  if (votes.label.length === 0) throw new RangeError("expected at least one vote, got none");
  const size = classes.length;
  const logs = new Float64Array(functions.length * size * size);
  const belief = new Float64Array(votes.items.length * size);
  const next = new Float64Array(belief.length);
  const logLikelihoods: number[] = [];
  start(votes, balance, belief);
  maximize(votes, belief, logs, strength);
  let [round, converged] = [0, false];
  while (round < iterations && !converged) {
    logLikelihoods.push(expect(votes, balance, logs, next));
    converged = moveTo(belief, next) < tolerance;
    maximize(votes, belief, logs, strength);
    round += 1;
  }
  logLikelihoods.push(expect(votes, balance, logs, next));
  const confusion = rows(logs.map(Math.exp), size * size).map((block) => Array.from({ length: size }, (_, truth) => Array.from({ length: size }, (_, vote) => block[vote * size + truth]!)));
  const accuracies = confusion.map((table) => table.reduce((sum, row, k) => sum + balance[k]! * row[k]!, 0));
  const comparison = compare(votes, belief, options.truth);
  const warnings = [
    ...(converged || tolerance === 0 ? [] : [`not converged after ${iterations} iterations`]),
    ...(comparison.beatsMajority === false ? [`does not beat the majority vote on ${comparison.judged} items of known class (${comparison.accuracy!.toFixed(3)} against ${comparison.majorityAccuracy!.toFixed(3)}): use the majority`] : []),
    ...accuracies.flatMap((accuracy, j) => (accuracy < 1 / size ? [`function ${functions[j]} seems worse than chance (${accuracy.toFixed(2)})`] : [])),
  ];
  return aggregation("label model", votes, belief, { confusion, accuracies, classBalance: balance, comparison, iterations: round, converged: converged || tolerance === 0, logLikelihoods }, warnings);
}

function readBalance(given: readonly number[] | undefined, classes: readonly Label[]): number[] {
  const balance = given ? [...given] : classes.map(() => 1 / classes.length);
  sameLength({ classes, classBalance: balance });
  if (!balance.every((p) => p > 0)) throw new RangeError(`expected classBalance > 0 for every class, got ${balance.join(", ")}`);
  const sum = balance.reduce((total, p) => total + p, 0);
  if (Math.abs(sum - 1) > 1e-6) throw new RangeError(`expected classBalance to sum to 1, got ${Number(sum.toPrecision(6))}`);
  return balance;
}

function readMatrix<L extends Label>({ functions, classes, votes }: VoteMatrix<L>): Votes<L> {
  const place = new Map(classes.map((name, k) => [name, k]));
  const start = new Int32Array(votes.length + 1);
  const [annotator, label]: [number[], number[]] = [[], []];
  votes.forEach((row, i) => {
    if (row.length !== functions.length) throw new RangeError(`expected ${functions.length} votes in row ${i}, got ${row.length}`);
    row.forEach((vote, j) => {
      if (vote === null) return;
      const k = place.get(vote);
      if (k === undefined) throw new RangeError(`unknown label: ${String(vote)} from function ${functions[j]} (classes: ${classes.join(", ")})`);
      annotator.push(j);
      label.push(k);
    });
    start[i + 1] = label.length;
  });
  return { items: votes.map((_, i) => i), annotators: functions, classes, start, annotator: Int32Array.from(annotator), label: Int32Array.from(label) };
}

/** Shares of votes; where nobody voted, the class balance. */
function start({ items, start: from, label, classes }: Votes, balance: readonly number[], belief: Float64Array): void {
  const size = classes.length;
  for (let i = 0; i < items.length; i++) {
    const count = from[i + 1]! - from[i]!;
    for (let k = 0; k < size; k++) belief[i * size + k] = count ? 0 : balance[k]!;
    for (let at = from[i]!; at < from[i + 1]!; at++) belief[i * size + label[at]!]! += 1 / count;
  }
}

function expect({ items, start: from, annotator, label, classes }: Votes, balance: readonly number[], logs: Float64Array, belief: Float64Array): number {
  const size = classes.length;
  let total = 0;
  for (let i = 0; i < items.length; i++) {
    for (let k = 0; k < size; k++) belief[i * size + k] = Math.log(balance[k]!);
    for (let at = from[i]!; at < from[i + 1]!; at++) for (let k = 0; k < size; k++) belief[i * size + k]! += logs[(annotator[at]! * size + label[at]!) * size + k]!;
    total += normalizeLog(belief, i * size, size);
  }
  return total;
}

function maximize({ items, start: from, annotator, label, classes, annotators }: Votes, belief: Float64Array, logs: Float64Array, strength: number): void {
  const size = classes.length;
  const prior = (vote: number, k: number) => strength * (vote === k ? 0.7 : 0.3 / (size - 1)) + 1e-10;
  for (let j = 0; j < annotators.length; j++) for (let v = 0; v < size; v++) for (let k = 0; k < size; k++) logs[(j * size + v) * size + k] = prior(v, k);
  for (let i = 0; i < items.length; i++) {
    for (let at = from[i]!; at < from[i + 1]!; at++) for (let k = 0; k < size; k++) logs[(annotator[at]! * size + label[at]!) * size + k]! += belief[i * size + k]!;
  }
  for (let j = 0; j < annotators.length; j++) {
    for (let k = 0; k < size; k++) {
      let sum = 0;
      for (let v = 0; v < size; v++) sum += logs[(j * size + v) * size + k]!;
      for (let v = 0; v < size; v++) logs[(j * size + v) * size + k] = Math.log(logs[(j * size + v) * size + k]! / sum);
    }
  }
}

function compare<L extends Label>({ items, start: from, label, classes }: Votes<L>, belief: Float64Array, truth?: readonly (L | null)[]): LabelModel<L>["comparison"] {
  const size = classes.length;
  let [same, covered, judged, right, majorityRight] = [0, 0, 0, 0, 0];
  for (let i = 0; i < items.length; i++) {
    const counts = new Float64Array(size);
    for (let at = from[i]!; at < from[i + 1]!; at++) counts[label[at]!]!++;
    const [model, majority] = [largest(belief.subarray(i * size, (i + 1) * size)), from[i] === from[i + 1] ? -1 : largest(counts)];
    if (from[i] !== from[i + 1]) {
      covered += 1;
      same += Number(model === majority);
    }
    const known = truth?.[i];
    if (known === null || known === undefined) continue;
    judged += 1;
    right += Number(classes[model] === known);
    majorityRight += Number(classes[majority] === known);
  }
  const accuracy = judged ? right / judged : null;
  const majorityAccuracy = judged ? majorityRight / judged : null;
  return { agreement: same / covered, accuracy, majorityAccuracy, judged, beatsMajority: judged ? right > majorityRight : null };
}
