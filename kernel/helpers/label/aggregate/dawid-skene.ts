import { known, nonNegative, whole } from "../../arguments.js";
import type { Annotations, Label, Votes } from "../annotations/contract.js";
import { readVotes, requireAnnotators, requireLabels } from "../annotations/read.js";
import { aggregation, commonWarnings, moveTo, normalizeLog, rows, voteShares, type Aggregation, type Iterated, type IterationOptions } from "./result.js";

export interface DawidSkene<L extends Label = Label> extends Aggregation<L>, Iterated {
  /** How frequent each class is estimated to be. */
  readonly priors: readonly number[];
  /** `confusion[annotator][true class][label given]`: rows sum to 1. */
  readonly confusion: readonly (readonly (readonly number[])[])[];
}

/** Probabilities of zero would be final: no later vote could undo one. crowd-kit's floor. */
const floor = 1e-10;

/**
 * Dawid and Skene's model by expectation maximisation: every annotator has error rates of their own for each true class, and is weighed by them.
 * Starts from the shares of the votes, so it finds the optimum near the majority; as any such model it takes the majority of annotators to be better than chance.
 * Probabilities below 1e-10 are held there.
 *
 * @param annotations rows or a matrix; rows may hold several labels of an annotator for an item.
 * @returns probabilities of the last E-step, priors and confusion of the last M-step.
 * @throws `expected at least 2 annotators, got 1`; `expected at least one label for every item, got none for item 2`.
 * Source: Dawid and Skene 1979; same iterations as crowd-kit 1.4.2, whose stopping rule differs (its loss counts the prior once a label).
 * @example
 * const votes = [["a", "a", "b"], ["a", "a", "a"], ["b", "b", "a"], ["b", "b", "b"], ["a", "a", "b"], ["b", "b", "a"]];
 * label.dawidSkene(votes).labels // ["a", "a", "b", "b", "a", "b"]
 */
export function dawidSkene<L extends Label>(annotations: Annotations<L>, options: IterationOptions<L> = {}): DawidSkene<L> {
  const { votes, iterations, tolerance } = readIterated(annotations, options);
  const size = votes.classes.length;
  const run = expectationMaximization(votes, iterations, tolerance, {
    parameters: votes.annotators.length * size * size,
    maximize: (belief, logs) => confusionOf(votes, belief, logs),
    logOf: (annotator, label, size) => (annotator * size + label) * size,
  });
  const confusion = rows(Float64Array.from(run.logs, Math.exp), size * size).map((block) => transpose(block, size));
  const { belief, priors, ...rest } = run;
  return aggregation("Dawid-Skene", votes, belief, { priors: Array.from(priors), confusion, iterations: rest.iterations, converged: rest.converged, logLikelihoods: rest.logLikelihoods }, commonWarnings(votes, rest.converged, iterations));
}

export function readIterated<L extends Label>(annotations: Annotations<L>, options: IterationOptions<L>): { votes: Votes<L>; iterations: number; tolerance: number } {
  known(options, ["classes", "iterations", "tolerance"]);
  const iterations = whole({ iterations: options.iterations ?? 100 }, 1);
  const tolerance = nonNegative({ tolerance: options.tolerance ?? 1e-6 });
  const votes = readVotes(annotations, options.classes);
  requireLabels(votes);
  requireAnnotators(votes, 2, "the model weighs annotators against each other");
  return { votes, iterations, tolerance };
}

interface Model {
  parameters: number;
  /** From beliefs about the items, log probabilities of a label given each true class, written in place. */
  maximize(belief: Float64Array, logs: Float64Array): void;
  /** Where the logs of an annotator's label stand, one a true class. */
  logOf(annotator: number, label: number, size: number): number;
}

interface Run extends Iterated {
  belief: Float64Array;
  priors: Float64Array;
  logs: Float64Array;
}

/** M-step, then rounds of E-step and M-step, over flat arrays. */
export function expectationMaximization(votes: Votes, iterations: number, tolerance: number, model: Model): Run {
  const size = votes.classes.length;
  const belief = voteShares(votes);
  const next = new Float64Array(belief.length);
  const logs = new Float64Array(model.parameters);
  const priors = new Float64Array(size);
  const logLikelihoods: number[] = [];
  const maximize = () => {
    priors.fill(0);
    for (let at = 0; at < belief.length; at++) priors[at % size]! += belief[at]!;
    for (let k = 0; k < size; k++) priors[k]! /= votes.items.length;
    model.maximize(belief, logs);
  };
  maximize();
  let [round, converged] = [0, false];
  while (round < iterations && !converged) {
    logLikelihoods.push(expect(votes, priors, logs, model, next));
    converged = moveTo(belief, next) < tolerance;
    maximize();
    round += 1;
  }
  logLikelihoods.push(expect(votes, priors, logs, model, next));
  return { belief, priors, logs, iterations: round, converged: converged || tolerance === 0, logLikelihoods };
}

/** The E-step; gives the log-likelihood. */
function expect({ items, start, annotator, label, classes }: Votes, priors: Float64Array, logs: Float64Array, model: Model, belief: Float64Array): number {
  const size = classes.length;
  const logPriors = Float64Array.from(priors, (p) => Math.log(Math.max(p, floor)));
  let total = 0;
  for (let i = 0; i < items.length; i++) {
    const row = i * size;
    for (let k = 0; k < size; k++) belief[row + k] = logPriors[k]!;
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const from = model.logOf(annotator[at]!, label[at]!, size);
      for (let k = 0; k < size; k++) belief[row + k]! += logs[from + k]!;
    }
    total += normalizeLog(belief, row, size);
  }
  return total;
}

function confusionOf({ items, start, annotator, label, annotators, classes }: Votes, belief: Float64Array, logs: Float64Array): void {
  const size = classes.length;
  logs.fill(0);
  for (let i = 0; i < items.length; i++) {
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const to = (annotator[at]! * size + label[at]!) * size;
      for (let k = 0; k < size; k++) logs[to + k]! += belief[i * size + k]!;
    }
  }
  for (let w = 0; w < annotators.length; w++) {
    const block = w * size * size;
    for (let k = 0; k < size; k++) {
      let sum = 0;
      for (let seen = 0; seen < size; seen++) sum += logs[block + seen * size + k] = Math.max(logs[block + seen * size + k]!, floor);
      for (let seen = 0; seen < size; seen++) logs[block + seen * size + k] = Math.log(logs[block + seen * size + k]! / sum);
    }
  }
}

const transpose = (block: number[], size: number): number[][] => Array.from({ length: size }, (_, truth) => Array.from({ length: size }, (_, seen) => block[seen * size + truth]!));
