import { known, sameLength } from "../../arguments.js";
import { confusion as plotConfusion } from "../../plot/heatmap.js";
import type { Label } from "../examples/contract.js";
import { compareLabels, encode } from "../examples/labels.js";
import { figureBundle, frozen, shownBy } from "../show.js";

/** True and predicted classes, one an example. */
export interface Predicted {
  truth: ArrayLike<Label>;
  predicted: ArrayLike<Label>;
  /** How much each example counts, >= 0; default 1. */
  weights?: ArrayLike<number>;
}

export interface ClassesOption {
  /** The classes in the order wanted; a label beyond them is an error, one without examples has support 0. Default: those found, ascending. */
  classes?: readonly Label[];
}

export interface ConfusionMatrix {
  readonly classes: readonly Label[];
  /** A row a true class, a column a predicted one. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Which classes are taken for which: a row a true class, a column a predicted one. It draws itself as `plot.confusion` does.
 *
 * @throws `expected predicted of length 3 like truth, got 2`; `unknown class in predicted: "c" at index 0 (known: "a", "b")`; `expected at least one example, got none`
 * @example nn.confusionMatrix({ truth: ["a", "a", "b"], predicted: ["a", "b", "b"] }).counts // [[1, 1], [0, 1]]
 */
export function confusionMatrix(data: Predicted, options: ClassesOption = {}): ConfusionMatrix {
  known(options, ["classes"]);
  const { classes, counts } = countConfusion(data, options.classes);
  const result: ConfusionMatrix = frozen({ classes: [...classes], counts: counts.map((row) => Array.from(row)) });
  return shownBy({ ...result }, () => figureBundle(plotConfusion(result.counts, { labels: classes.map(String) })));
}

/** Counts (or sums of weights), checked. */
export function countConfusion(data: Predicted, classes?: readonly Label[]): { classes: readonly Label[]; counts: Float64Array[] } {
  known(data, ["truth", "predicted", "weights"]);
  const { truth, predicted, weights } = data;
  const n = sameLength({ truth, predicted, weights });
  if (n === 0) throw new RangeError("expected at least one example, got none");
  const all = classes ?? [...new Set([...Array.from(encode({ truth }).classes), ...Array.from(encode({ predicted }).classes)])].sort(compareLabels);
  const [rows, columns] = [encode({ truth }, all), encode({ predicted }, all)];
  const counts = all.map(() => new Float64Array(all.length));
  for (let at = 0; at < n; at++) counts[rows.codes[at]][columns.codes[at]] += weights === undefined ? 1 : weight(weights[at], at);
  return { classes: rows.classes, counts };
}

function weight(value: number, at: number): number {
  if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`expected weights >= 0, got ${value} at index ${at}`);
  return value;
}
