import { allFinite } from "../../arguments.js";
import type { Annotations, Label, Votes } from "../annotations/contract.js";
import { readIterated } from "./dawid-skene.js";
import { aggregation, commonWarnings, moveTo, normalizeLog, voteShares, type Aggregation, type Iterated, type IterationOptions } from "./result.js";

export interface Glad<L extends Label = Label> extends Aggregation<L>, Iterated {
  /** Ability of each annotator: 0 answers by chance, below 0 worse. */
  readonly abilities: readonly number[];
  /** Easiness of each item, as its logarithm: the smaller, the more even able annotators err. */
  readonly easiness: readonly number[];
}

export interface GladOptions<L extends Label = Label> extends IterationOptions<L> {
  /** Parameters to start from. Default: all 1. With `iterations: 1` the answer's probabilities are those of these parameters exactly. */
  start?: { readonly abilities: readonly number[]; readonly easiness: readonly number[] };
}

/**
 * GLAD: an annotator is right with probability sigmoid(ability * exp(easiness of the item)); errors spread evenly over the other classes.
 * Uniform prior over classes; normal priors with mean 1 and deviation 1 on abilities and log easiness, as crowd-kit. The M-step climbs by conjugate gradients, so a fit agrees with other packages
 * in its labels and roughly in its probabilities, not digit by digit; the E-step is exact.
 *
 * @param options `tolerance` default 1e-4 (a round is costly here).
 * @throws as `dawidSkene`; `expected start.abilities of length 4 like annotators, got 3`.
 * Source: Whitehill et al. 2009; crowd-kit 1.4.2.
 * @example
 * label.glad([["a", "a", "b"], ["a", "a", "a"], ["b", "b", "a"], ["b", "b", "b"]]).labels // ["a", "a", "b", "b"]
 */
export function glad<L extends Label>(annotations: Annotations<L>, { start, ...options }: GladOptions<L> = {}): Glad<L> {
  const { votes, iterations, tolerance } = readIterated(annotations, { ...options, tolerance: options.tolerance ?? 1e-4 });
  const workers = votes.annotators.length;
  const point = new Float64Array(workers + votes.items.length).fill(1);
  if (start) point.set([...checked("abilities", start.abilities, workers, "annotators"), ...checked("easiness", start.easiness, votes.items.length, "items")]);
  const belief = voteShares(votes);
  const next = new Float64Array(belief.length);
  const logLikelihoods: number[] = [];
  let [round, converged] = [0, false];
  while (round < iterations && !converged) {
    logLikelihoods.push(expect(votes, point, next));
    converged = moveTo(belief, next) < tolerance && round > 0;
    maximize(votes, belief, point);
    round += 1;
  }
  logLikelihoods.push(expect(votes, point, next));
  const extra = { abilities: Array.from(point.subarray(0, workers)), easiness: Array.from(point.subarray(workers)), iterations: round, converged: converged || tolerance === 0, logLikelihoods };
  return aggregation("GLAD", votes, belief, extra, commonWarnings(votes, extra.converged, iterations));
}

function checked(name: string, values: readonly number[], length: number, like: string): readonly number[] {
  if (values.length !== length) throw new RangeError(`expected start.${name} of length ${length} like ${like}, got ${values.length}`);
  return allFinite({ [`start.${name}`]: values });
}

/** log(1 + exp(x)) without overflow. */
const softplus = (x: number) => (x > 30 ? x : Math.log1p(Math.exp(x)));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function expect({ items, start, annotator, label, classes, annotators }: Votes, point: Float64Array, belief: Float64Array): number {
  const size = classes.length;
  const spread = Math.log(Math.max(1, size - 1));
  let total = 0;
  for (let i = 0; i < items.length; i++) {
    const ease = Math.exp(point[annotators.length + i]!);
    belief.fill(-Math.log(size), i * size, (i + 1) * size);
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const x = point[annotator[at]!]! * ease;
      for (let k = 0; k < size; k++) belief[i * size + k]! -= k === label[at] ? softplus(-x) : softplus(x) + spread;
    }
    total += normalizeLog(belief, i * size, size);
  }
  return total;
}

/** Minus the expected log-likelihood with its priors, and its gradient written in place. Constants are left out. */
function loss({ items, start, annotator, label, classes, annotators }: Votes, belief: Float64Array, point: Float64Array, gradient: Float64Array): number {
  let value = 0;
  for (let at = 0; at < point.length; at++) {
    value += (point[at]! - 1) ** 2 / 2;
    gradient[at] = point[at]! - 1;
  }
  for (let i = 0; i < items.length; i++) {
    const task = annotators.length + i;
    const ease = Math.exp(point[task]!);
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const ability = point[annotator[at]!]!;
      const right = belief[i * classes.length + label[at]!]!;
      value += right * softplus(-ability * ease) + (1 - right) * softplus(ability * ease);
      const slope = (sigmoid(ability * ease) - right) * ease;
      gradient[annotator[at]!]! += slope;
      gradient[task]! += slope * ability;
    }
  }
  return value;
}

/** Polak-Ribière conjugate gradients with a halving line search: at most 25 steps, as crowd-kit. */
function maximize(votes: Votes, belief: Float64Array, point: Float64Array): void {
  const length = point.length;
  let gradient = new Float64Array(length);
  let value = loss(votes, belief, point, gradient);
  let direction = gradient.map((g) => -g);
  let step = 1 / Math.max(1, Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)));
  for (let round = 0; round < 25; round++) {
    let slope = 0;
    for (let at = 0; at < length; at++) slope += gradient[at]! * direction[at]!;
    if (slope >= 0) {
      direction = gradient.map((g) => -g);
      slope = -gradient.reduce((sum, g) => sum + g * g, 0);
    }
    if (slope > -1e-12) return;
    const [trial, after] = [new Float64Array(length), new Float64Array(length)];
    let reached = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 40; tries++, step /= 2) {
      for (let at = 0; at < length; at++) trial[at] = point[at]! + step * direction[at]!;
      reached = loss(votes, belief, trial, after);
      if (reached <= value + 1e-4 * step * slope) break;
    }
    if (!(reached < value)) return;
    let [change, norm] = [0, 0];
    for (let at = 0; at < length; at++) {
      change += after[at]! * (after[at]! - gradient[at]!);
      norm += gradient[at]! ** 2;
    }
    const beta = Math.max(0, change / norm);
    for (let at = 0; at < length; at++) direction[at] = beta * direction[at]! - after[at]!;
    point.set(trial);
    if (value - reached < 1e-9 * Math.max(1, Math.abs(value))) return;
    [value, gradient, step] = [reached, after, step * 2];
  }
}
