import type { Annotations, Label } from "../annotations/contract.js";
import { expectationMaximization, readIterated } from "./dawid-skene.js";
import { aggregation, commonWarnings, type Aggregation, type Iterated, type IterationOptions } from "./result.js";

export interface OneCoin<L extends Label = Label> extends Aggregation<L>, Iterated {
  readonly priors: readonly number[];
  /** Each annotator's accuracy, the same for all classes. */
  readonly skills: readonly number[];
}

const floor = 1e-10;

/**
 * One-coin Dawid-Skene: each annotator is right with one probability, whatever the class, and errs evenly over the other classes. One number a person, so it needs far fewer labels than `dawidSkene`.
 *
 * @throws as `dawidSkene`.
 * Source: Zhang et al. 2016; same iterations as crowd-kit 1.4.2.
 * @example
 * label.oneCoin([["a", "a", "b"], ["a", "a", "a"], ["b", "b", "a"], ["b", "b", "b"]], { iterations: 10, tolerance: 0 }).skills // [1, 1, 0.5]
 */
export function oneCoin<L extends Label>(annotations: Annotations<L>, options: IterationOptions<L> = {}): OneCoin<L> {
  const { votes, iterations, tolerance } = readIterated(annotations, options);
  const size = votes.classes.length;
  const skills = new Float64Array(votes.annotators.length);
  const given = new Float64Array(votes.annotators.length);
  for (const w of votes.annotator) given[w]!++;
  const { belief, priors, logs: _, ...rest } = expectationMaximization(votes, iterations, tolerance, {
    parameters: votes.annotators.length * size * size,
    logOf: (annotator, label) => (annotator * size + label) * size,
    maximize(belief, logs) {
      skills.fill(0);
      for (let i = 0; i < votes.items.length; i++) {
        for (let at = votes.start[i]!; at < votes.start[i + 1]!; at++) skills[votes.annotator[at]!]! += belief[i * size + votes.label[at]!]!;
      }
      for (let w = 0; w < skills.length; w++) {
        skills[w]! /= given[w]!;
        const [right, wrong] = [skills[w]!, (1 - skills[w]!) / Math.max(1, size - 1)].map((p) => Math.log(Math.min(1 - floor, Math.max(floor, p)))) as [number, number];
        for (let label = 0; label < size; label++) for (let k = 0; k < size; k++) logs[(w * size + label) * size + k] = k === label ? right : wrong;
      }
    },
  });
  return aggregation("one-coin Dawid-Skene", votes, belief, { priors: Array.from(priors), skills: Array.from(skills), ...rest }, commonWarnings(votes, rest.converged, iterations));
}
