import { known, sameLength } from "../../arguments.js";
import type { Label } from "../annotations/contract.js";
import { showAs } from "../show.js";
import type { VoteMatrix } from "./functions.js";

export interface FunctionSummary<L extends Label = Label> {
  readonly name: string;
  /** The classes it ever gave. */
  readonly polarity: readonly L[];
  /** Shares of all items: it votes; another votes too; another votes for another class. */
  readonly coverage: number;
  readonly overlap: number;
  readonly conflict: number;
  /** Share of its votes on items of known class that are right; null without any. */
  readonly accuracy: number | null;
  readonly correct: number;
  readonly incorrect: number;
}

export interface Analysis<L extends Label = Label> {
  readonly functions: readonly FunctionSummary<L>[];
  /** Shares of items with at least one vote, at least two, and two that differ. */
  readonly coverage: number;
  readonly overlap: number;
  readonly conflict: number;
}

/**
 * How much each labelling function covers, overlaps and conflicts with others, and how often it is right where the truth is known.
 *
 * @param options `truth`: the class of each item, null where unknown. Default: none known.
 * @returns shown as a table. Shares are of all items, as in Snorkel's summary.
 * @throws `expected truth of length 3 like items, got 2`.
 * Source: Snorkel 0.10 LFAnalysis.
 * @example
 * const votes = { functions: ["a", "b"], classes: [0, 1], votes: [[0, 0], [0, 1], [null, 1], [null, null]] };
 * label.analyse(votes, { truth: [0, 1, 1, null] }).functions[0] // { name: "a", coverage: 0.5, overlap: 0.5, conflict: 0.25, accuracy: 0.5 }
 */
export function analyse<L extends Label>(matrix: VoteMatrix<L>, options: { truth?: readonly (L | null)[] } = {}): Analysis<L> {
  known(options, ["truth"]);
  const { votes, functions: names, classes } = matrix;
  sameLength({ items: votes, truth: options.truth });
  const share = (count: number) => count / votes.length;
  const said = votes.map((row) => row.filter((vote) => vote !== null));
  const differs = votes.map((_, i) => new Set(said[i]).size > 1);
  const functions = names.map((name, j): FunctionSummary<L> => {
    const voted = votes.flatMap((row, i) => (row[j] === null ? [] : [i]));
    const judged = voted.filter((i) => options.truth?.[i] !== undefined && options.truth[i] !== null);
    const correct = judged.filter((i) => votes[i]![j] === options.truth![i]).length;
    return {
      name,
      polarity: classes.filter((k) => voted.some((i) => votes[i]![j] === k)),
      coverage: share(voted.length),
      overlap: share(voted.filter((i) => said[i]!.length > 1).length),
      conflict: share(voted.filter((i) => differs[i]).length),
      accuracy: judged.length ? correct / judged.length : null,
      correct,
      incorrect: judged.length - correct,
    };
  });
  const whole = { functions, coverage: share(said.filter((v) => v.length > 0).length), overlap: share(said.filter((v) => v.length > 1).length), conflict: share(differs.filter(Boolean).length) };
  return showAs(whole, () => functions.map((row) => ({ ...row, polarity: row.polarity.join(", ") })));
}
