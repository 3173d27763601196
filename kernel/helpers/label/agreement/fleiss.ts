import { known } from "../../arguments.js";
import type { Annotations, ClassOptions, Label, Votes } from "../annotations/contract.js";
import { readVotes, requireLabels } from "../annotations/read.js";

/**
 * Fleiss' kappa: agreement beyond chance where every item has the same number of labels, not necessarily by the same people. The order of classes does not matter.
 *
 * @returns at most 1; NaN where only one class occurs, since chance agreement is then 1 too.
 * @throws `expected 2 or more labels an item, got 1`; `expected the same number of labels for every item, got 3 and 2 (item 4): krippendorffAlpha takes missing labels`.
 * Source: Fleiss 1971.
 * @example
 * label.fleissKappa([["a", "a", "a"], ["b", "b", "a"], ["b", "b", "b"]]) // 0.55
 */
export function fleissKappa<L extends Label>(annotations: Annotations<L>, options: ClassOptions<L> = {}): number {
  known(options, ["classes"]);
  const votes = readVotes(annotations, options.classes);
  requireLabels(votes);
  return fleissOf(votes);
}

export function fleissOf({ items, start, label, classes }: Votes): number {
  const each = start[1]! - start[0]!;
  if (each < 2) throw new RangeError(`expected 2 or more labels an item, got ${each}`);
  const shares = new Float64Array(classes.length);
  let agreeing = 0;
  for (let i = 0; i < items.length; i++) {
    if (start[i + 1]! - start[i]! !== each) {
      throw new RangeError(`expected the same number of labels for every item, got ${each} and ${start[i + 1]! - start[i]!} (item ${items[i]}): krippendorffAlpha takes missing labels`);
    }
    const counts = new Float64Array(classes.length);
    for (let at = start[i]!; at < start[i + 1]!; at++) counts[label[at]!]!++;
    counts.forEach((n, k) => {
      shares[k]! += n;
      agreeing += n * (n - 1);
    });
  }
  const observed = agreeing / (items.length * each * (each - 1));
  const expected = shares.reduce((sum, n) => sum + (n / (items.length * each)) ** 2, 0);
  // Counts are whole numbers, so one class gives exactly 1.
  return expected === 1 ? Number.NaN : (observed - expected) / (1 - expected);
}
