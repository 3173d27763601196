import { known, nonNegative, oneOf, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Annotations, ClassOptions, Label, Votes } from "../annotations/contract.js";
import { readVotes, requireAnnotators, requireLabels } from "../annotations/read.js";
import { aggregation, commonWarnings, rows, type Aggregation, type Iterated } from "./result.js";
import { digamma } from "./digamma.js";

export interface MaceOptions<L extends Label = Label> extends ClassOptions<L> {
  /** Rounds of each start. Default 50, all done. */
  iterations?: number;
  /** Random starts; the one with the highest likelihood wins. Default 10. */
  restarts?: number;
  /** Same seed, same starts. Default 1. */
  seed?: number;
  /** "vb": variational Bayes with the priors below; "em": maximum likelihood with `smoothing`. Default "vb". */
  method?: "vb" | "em";
  /** Beta prior of spamming and of knowing; both default 0.5. */
  alpha?: number;
  beta?: number;
  /** Dirichlet prior of what a spammer answers. Default 10. */
  strategyPrior?: number;
  /** Added to the counts with "em". Default 0.01 / number of classes. */
  smoothing?: number;
  /** One start from these instead: `spamming` [spams, knows] and `strategy` [a number a class], a row an annotator. */
  start?: { readonly spamming: readonly (readonly number[])[]; readonly strategy: readonly (readonly number[])[] };
}

export interface Mace<L extends Label = Label> extends Aggregation<L>, Iterated {
  /** How often each annotator knows the answer instead of spamming: the competence. With "vb" a weight, which with that of spamming sums to less than 1. */
  readonly competence: readonly number[];
  readonly spamming: readonly (readonly [spams: number, knows: number])[];
  /** What each annotator answers when spamming, a number a class. */
  readonly strategy: readonly (readonly number[])[];
}

/**
 * MACE: on each item an annotator either knows and gives the true class, or spams and draws from a habit of their own. Finds people who click one answer.
 *
 * @throws as `dawidSkene`.
 * Source: Hovy et al. 2013; the iterations of crowd-kit 1.4.2, without its faults (there unsorted input is misaligned, `smoothing` is ignored and all restarts share one seed).
 * @example
 * label.mace([["a", "a", "b"], ["a", "a", "b"], ["b", "b", "b"], ["b", "b", "b"]]).labels // ["a", "a", "b", "b"]
 */
export function mace<L extends Label>(annotations: Annotations<L>, options: MaceOptions<L> = {}): Mace<L> {
  known(options, ["classes", "iterations", "restarts", "seed", "method", "alpha", "beta", "strategyPrior", "smoothing", "start"]);
  const iterations = whole({ iterations: options.iterations ?? 50 }, 1);
  const restarts = options.start ? 1 : whole({ restarts: options.restarts ?? 10 }, 1);
  const method = oneOf({ method: options.method ?? "vb" }, ["vb", "em"]);
  const votes = readVotes(annotations, options.classes);
  requireLabels(votes);
  requireAnnotators(votes, 2, "the model weighs annotators against each other");
  const size = votes.classes.length;
  const spamPrior = [positive({ alpha: options.alpha ?? 0.5 }), positive({ beta: options.beta ?? 0.5 })];
  const habitPrior = new Array<number>(size).fill(positive({ strategyPrior: options.strategyPrior ?? 10 }));
  const smoothing = nonNegative({ smoothing: options.smoothing ?? 0.01 / size });
  const draw = random(options.seed ?? 1);
  let best: State | undefined;
  for (let attempt = 0; attempt < restarts; attempt++) {
    const state = options.start ? given(options.start, votes) : fresh(votes, () => 1 + 1.5 * draw.uniform());
    state.logLikelihoods.push(expect(votes, state));
    for (let round = 0; round < iterations; round++) {
      for (const [target, counts, prior] of [[state.spamming, state.knowing, spamPrior], [state.strategy, state.habits, habitPrior]] as const) {
        if (method === "vb") variational(target, counts, prior);
        else smoothed(target, counts, prior.length, smoothing);
      }
      state.logLikelihoods.push(expect(votes, state));
    }
    if (!best || state.logLikelihoods.at(-1)! > best.logLikelihoods.at(-1)!) best = state;
  }
  const { belief, spamming, strategy, logLikelihoods } = best!;
  const pairs = rows(spamming, 2) as [number, number][];
  const extra = { competence: pairs.map(([, knows]) => knows), spamming: pairs, strategy: rows(strategy, size), iterations, converged: true, logLikelihoods };
  return aggregation("MACE", votes, belief, extra, commonWarnings(votes, true, iterations));
}

interface State {
  /** [spams, knows] an annotator. */
  spamming: Float64Array;
  strategy: Float64Array;
  belief: Float64Array;
  /** Expected counts: [spams, knows] an annotator, and spammed labels. */
  knowing: Float64Array;
  habits: Float64Array;
  logLikelihoods: number[];
}

function empty({ items, annotators, classes }: Votes): State {
  const [n, size] = [annotators.length, classes.length];
  return { spamming: new Float64Array(2 * n), strategy: new Float64Array(n * size), belief: new Float64Array(items.length * size), knowing: new Float64Array(2 * n), habits: new Float64Array(n * size), logLikelihoods: [] };
}

function fresh(votes: Votes, draw: () => number): State {
  const state = empty(votes);
  smoothed(state.spamming, state.spamming.map(draw), 2, 0);
  smoothed(state.strategy, state.strategy.map(draw), votes.classes.length, 0);
  return state;
}

function given({ spamming, strategy }: NonNullable<MaceOptions["start"]>, votes: Votes): State {
  const state = empty(votes);
  for (const [name, target, source, width] of [["spamming", state.spamming, spamming, 2], ["strategy", state.strategy, strategy, votes.classes.length]] as const) {
    if (source.length !== votes.annotators.length) throw new RangeError(`expected start.${name} of length ${votes.annotators.length} like annotators, got ${source.length}`);
    const wrong = source.findIndex((row) => row.length !== width || !row.every((p) => p >= 0));
    if (wrong >= 0) throw new RangeError(`expected ${width} numbers >= 0 in start.${name}[${wrong}], got ${source[wrong]!.join(", ")}`);
    target.set(source.flat());
  }
  return state;
}

/** Rows of counts to shares, each count raised by `smoothing`. */
function smoothed(target: Float64Array, counts: Float64Array, width: number, smoothing: number): void {
  for (let from = 0; from < target.length; from += width) {
    let sum = 0;
    for (let at = from; at < from + width; at++) sum += counts[at]! + smoothing;
    for (let at = from; at < from + width; at++) target[at] = sum > 0 ? (counts[at]! + smoothing) / sum : 0;
  }
}

function variational(target: Float64Array, counts: Float64Array, prior: readonly number[]): void {
  const width = prior.length;
  for (let from = 0; from < target.length; from += width) {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += counts[from + at]! + prior[at]!;
    const whole = digamma(sum);
    for (let at = 0; at < width; at++) target[from + at] = Math.exp(digamma(counts[from + at]! + prior[at]!) - whole);
  }
}

/** Beliefs and expected counts; gives the log-likelihood. Sums of logarithms, so that items with thousands of labels do not underflow. */
function expect({ items, start, annotator, label, classes }: Votes, { spamming, strategy, belief, knowing, habits }: State): number {
  const size = classes.length;
  knowing.fill(0);
  habits.fill(0);
  let total = 0;
  for (let i = 0; i < items.length; i++) {
    const row = i * size;
    for (let k = 0; k < size; k++) {
      let log = -Math.log(size);
      for (let at = start[i]!; at < start[i + 1]!; at++) {
        const w = annotator[at]!;
        log += Math.log(spamming[2 * w]! * strategy[w * size + label[at]!]! + (label[at] === k ? spamming[2 * w + 1]! : 0));
      }
      belief[row + k] = log;
    }
    let top = -Infinity;
    for (let k = 0; k < size; k++) top = Math.max(top, belief[row + k]!);
    if (top === -Infinity) throw new RangeError(`expected a smoothing > 0 or a start without zeros, got labels of probability 0 for item ${items[i]}`);
    let sum = 0;
    for (let k = 0; k < size; k++) sum += belief[row + k] = Math.exp(belief[row + k]! - top);
    for (let k = 0; k < size; k++) belief[row + k]! /= sum;
    total += top + Math.log(sum);
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const [w, seen] = [annotator[at]!, label[at]!];
      const spam = spamming[2 * w]! * strategy[w * size + seen]!;
      const know = spamming[2 * w + 1]!;
      const right = belief[row + seen]!;
      const spammed = spam === 0 ? 0 : 1 - right + (right * spam) / (spam + know);
      knowing[2 * w]! += spammed;
      habits[w * size + seen]! += spammed;
      if (right > 0) knowing[2 * w + 1]! += (right * know) / (spam + know);
    }
  }
  return total;
}
