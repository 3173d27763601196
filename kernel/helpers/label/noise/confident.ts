import { say } from "../../../display/language.js";
import { known, oneOf, sameLength } from "../../arguments.js";
import type { Label } from "../annotations/contract.js";
import { readProbabilities, type Probabilities } from "../model.js";
import { showAs } from "../show.js";

export interface LabelledPredictions<L extends Label = Label> {
  /** The label that each item was given. */
  readonly labels: readonly L[];
  /** Out-of-sample (cross-validated) predictions: a model has learnt the errors of what it was trained on. */
  readonly probabilities: Probabilities;
}

export interface ConfidentOptions<L extends Label = Label> {
  /** The class of each column. Default 0, 1, 2, ... */
  classes?: readonly L[];
}

export interface ConfidentJoint<L extends Label = Label> {
  readonly classes: readonly L[];
  /** Mean probability of a class among the items given it; null where no item was. */
  readonly thresholds: readonly (number | null)[];
  /** Items by given label (row) and confidently predicted class (column). */
  readonly counts: readonly (readonly number[])[];
  /** Estimated shares of all items by given (row) and true label (column): sums to 1. */
  readonly joint: readonly (readonly number[])[];
  /** Estimated share of wrong labels. */
  readonly noiseRate: number;
}

/**
 * The confident joint: how often items given one label are confidently predicted as another. An item counts for the most probable class among those whose probability reaches the class's threshold; without any it counts nowhere.
 *
 * @returns counts as they are; for `joint` the diagonal is at least 1 and each row is scaled to the number of items given that label.
 * @throws `expected probabilities of length 3 like labels, got 2`; `unknown label: x at 0 (classes: a, b)`.
 * Source: Northcutt et al. 2021; cleanlab 2.9.
 * @example
 * const labels = [0, 0, 0, 1, 1, 1];
 * const probabilities = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]];
 * label.confidentJoint({ labels, probabilities }).counts // [[2, 1], [0, 2]]
 */
export function confidentJoint<L extends Label>(data: LabelledPredictions<L>, options: ConfidentOptions<L> = {}): ConfidentJoint<L> {
  known(options, ["classes"]);
  const { classes, ...rest } = confident(read(data, options.classes));
  const result = { classes, thresholds: rest.thresholds, counts: rest.counts, joint: rest.joint, noiseRate: rest.noiseRate };
  return showAs(result, () => rest.joint.map((row, i) => ({ given: classes[i], ...Object.fromEntries(row.map((share, k) => [say(`truly ${String(classes[k])}`, `实为 ${String(classes[k])}`), share])) })));
}

export interface LabelErrorOptions<L extends Label = Label> extends ConfidentOptions<L> {
  /** "selfConfidence": probability of the given label; "normalizedMargin": that minus the highest of the others, from -1 to 1. Default "selfConfidence". */
  rankBy?: "selfConfidence" | "normalizedMargin";
}

export interface LabelError<L extends Label = Label> {
  readonly index: number;
  readonly given: L;
  readonly suggested: L;
  /** The smaller, the more likely an error. */
  readonly score: number;
}

/**
 * Items whose label is probably wrong, worst first: those that the confident joint counts off its diagonal, and whose given label is not also the most probable class.
 * A suspicion for a person to look at, never a correction: minority ways of being a class look like errors to a model.
 *
 * @throws as `confidentJoint`.
 * Source: Northcutt et al. 2021; cleanlab 2.9 find_label_issues with filter_by="confident_learning".
 * @example
 * const labels = [0, 0, 0, 1, 1, 1];
 * const probabilities = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]];
 * label.labelErrors({ labels, probabilities }) // [{ index: 2, given: 0, suggested: 1, score: 0.1 }]
 */
export function labelErrors<L extends Label>(data: LabelledPredictions<L>, options: LabelErrorOptions<L> = {}): readonly LabelError<L>[] {
  known(options, ["classes", "rankBy"]);
  const rankBy = oneOf({ rankBy: options.rankBy ?? "selfConfidence" }, ["selfConfidence", "normalizedMargin"]);
  const table = read(data, options.classes);
  const { confidentClass } = confident(table);
  const found = table.given.flatMap((given, index): LabelError<L>[] => {
    const row = table.rows[index]!;
    const [suggested, top] = [confidentClass[index]!, Math.max(...row)];
    if (suggested < 0 || suggested === given || row[given] === top) return [];
    return [{ index, given: table.classes[given]!, suggested: table.classes[suggested]!, score: quality(row, given, rankBy) }];
  });
  return Object.freeze(found.sort((a, b) => a.score - b.score || a.index - b.index));
}

/**
 * How well each given label fits the prediction; small is suspicious.
 *
 * @example
 * label.labelQuality({ labels: [0, 1], probabilities: [[0.9, 0.1], [0.6, 0.4]] }, { rankBy: "normalizedMargin" }) // [0.8, -0.2]
 */
export function labelQuality<L extends Label>(data: LabelledPredictions<L>, options: LabelErrorOptions<L> = {}): readonly number[] {
  known(options, ["classes", "rankBy"]);
  const rankBy = oneOf({ rankBy: options.rankBy ?? "selfConfidence" }, ["selfConfidence", "normalizedMargin"]);
  const { given, rows } = read(data, options.classes);
  return Object.freeze(given.map((k, i) => quality(rows[i]!, k, rankBy)));
}

function quality(row: readonly number[], given: number, rankBy: "selfConfidence" | "normalizedMargin"): number {
  return rankBy === "selfConfidence" ? row[given]! : row[given]! - Math.max(...row.filter((_, k) => k !== given));
}

interface Table<L> {
  classes: readonly L[];
  given: number[];
  rows: number[][];
}

function read<L extends Label>({ labels, probabilities }: LabelledPredictions<L>, classes?: readonly L[]): Table<L> {
  const rows = readProbabilities(probabilities, "probabilities");
  sameLength({ labels, probabilities: rows });
  const names = classes ?? (rows[0]!.map((_, k) => k) as unknown as readonly L[]);
  if (names.length !== rows[0]!.length) throw new RangeError(`expected classes of length ${rows[0]!.length} like the columns of probabilities, got ${names.length}`);
  const given = labels.map((name, i) => {
    const k = names.indexOf(name);
    if (k < 0) throw new RangeError(`unknown label: ${String(name)} at ${i} (classes: ${names.join(", ")})`);
    return k;
  });
  return { classes: names, given, rows };
}

/** cleanlab lowers thresholds by this much, so that rounding does not drop the items at them. */
const slack = 1e-6;

function confident<L extends Label>({ classes, given, rows }: Table<L>) {
  const size = classes.length;
  const frequency = classes.map((_, k) => given.filter((g) => g === k).length);
  const thresholds = classes.map((_, k) => (frequency[k] ? given.reduce((sum, g, i) => sum + (g === k ? rows[i]![k]! : 0), 0) / frequency[k]! : null));
  const confidentClass = rows.map((row) => {
    let best = -1;
    for (let k = 0; k < size; k++) if (thresholds[k] !== null && row[k]! >= thresholds[k]! - slack && (best < 0 || row[k]! > row[best]!)) best = k;
    return best;
  });
  const counts = classes.map(() => new Array<number>(size).fill(0));
  given.forEach((g, i) => {
    if (confidentClass[i]! >= 0) counts[g]![confidentClass[i]!]!++;
  });
  const joint = counts.map((row, k) => {
    if (!frequency[k]) return row.map(() => 0);
    const raised = row.map((n, j) => (j === k ? Math.max(1, n) : n));
    const sum = raised.reduce((total, n) => total + n, 0);
    return raised.map((n) => (n / sum) * (frequency[k]! / given.length));
  });
  const noiseRate = joint.reduce((sum, row, k) => sum + row.reduce((all, share, j) => all + (j === k ? 0 : share), 0), 0);
  return { classes, thresholds, confidentClass, counts, joint, noiseRate };
}
