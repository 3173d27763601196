import { known, oneOf } from "../../arguments.js";
import type { Annotations, ClassOptions, Label, Votes } from "../annotations/contract.js";
import { readVotes, requireAnnotators, requireSingle } from "../annotations/read.js";

export interface CohenOptions<L extends Label = Label> extends ClassOptions<L> {
  /** Which two annotators, by name or column. Default: the only two there are. */
  annotators?: readonly [string | number, string | number];
  /** How much a disagreement between classes i and j counts: "none" 1, "linear" |i - j|, "quadratic" (i - j)². Default "none". */
  weights?: "none" | "linear" | "quadratic";
}

/**
 * Cohen's kappa: agreement of two annotators beyond what their own label frequencies would give by chance. 1: always agree; 0: as by chance; below 0: less.
 * Items that one of the two did not label are left out.
 *
 * @param annotations rows or a matrix.
 * @param options weights need ordered classes: numbers are ordered by size, words only through `classes`.
 * @returns from -1 to 1; NaN where both use one and the same class throughout, since chance agreement is then 1 too (as scikit-learn).
 * @throws `expected 2 annotators, got 3: name two in annotators`; `unknown annotator: x`; `expected an item that both labelled, got none`; `expected classes in their order for weights linear`.
 * Source: Cohen 1960, 1968; scikit-learn cohen_kappa_score.
 * @example
 * label.cohenKappa([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]) // 0.5
 */
export function cohenKappa<L extends Label>(annotations: Annotations<L>, options: CohenOptions<L> = {}): number {
  known(options, ["annotators", "weights", "classes"]);
  const weights = oneOf({ weights: options.weights ?? "none" }, ["none", "linear", "quadratic"]);
  const votes = readVotes(annotations, options.classes);
  requireAnnotators(votes, 2, "agreement compares people");
  requireSingle(votes);
  if (weights !== "none") requireOrder(votes.classes, options.classes !== undefined, `weights ${weights}`);
  const [a, b] = pair(votes, options.annotators);
  return kappaOfPair(votes, a, b, weights);
}

/** Words have no order of their own. */
export function requireOrder(classes: readonly Label[], given: boolean, what: string): void {
  if (!given && !classes.every((name) => typeof name === "number")) throw new TypeError(`expected classes in their order for ${what}, got the unordered labels ${classes.join(", ")}`);
}

function pair({ annotators }: Votes, names?: readonly [string | number, string | number]): [number, number] {
  if (!names) {
    if (annotators.length !== 2) throw new RangeError(`expected 2 annotators, got ${annotators.length}: name two in annotators`);
    return [0, 1];
  }
  const [a, b] = names.map((name) => {
    const at = annotators.indexOf(name);
    if (at < 0) throw new RangeError(`unknown annotator: ${name} (known: ${annotators.slice(0, 10).join(", ")})`);
    return at;
  }) as [number, number];
  if (a === b) throw new RangeError(`expected two different annotators, got ${names[0]} twice`);
  return [a, b];
}

/** Counts of pairs of labels: `counts[label of a][label of b]`, one after the other. */
export function pairCounts({ items, start, annotator, label, classes }: Votes, a: number, b: number): Float64Array {
  const counts = new Float64Array(classes.length ** 2);
  for (let i = 0; i < items.length; i++) {
    let [first, second] = [-1, -1];
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      if (annotator[at] === a) first = label[at]!;
      if (annotator[at] === b) second = label[at]!;
    }
    if (first >= 0 && second >= 0) counts[first * classes.length + second]!++;
  }
  return counts;
}

export function kappaOfPair(votes: Votes, a: number, b: number, weights: "none" | "linear" | "quadratic"): number {
  const size = votes.classes.length;
  const counts = pairCounts(votes, a, b);
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) throw new RangeError(`expected an item that both labelled, got none for annotators ${votes.annotators[a]} and ${votes.annotators[b]}`);
  const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
  counts.forEach((n, at) => {
    rows[Math.floor(at / size)]! += n;
    columns[at % size]! += n;
  });
  let [observed, expected] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const weight = weights === "none" ? Number(i !== j) : weights === "linear" ? Math.abs(i - j) : (i - j) ** 2;
      observed += weight * counts[i * size + j]!;
      expected += (weight * rows[i]! * columns[j]!) / total;
    }
  }
  return expected === 0 ? Number.NaN : 1 - observed / expected;
}
