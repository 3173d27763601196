import { inside, known, sameLength, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { byGroup, type Stratum } from "../measure/by-group.js";
import { encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import { showLabelBias } from "./show.js";

/** Annotations, one a row: who labelled which item how. */
export interface LabelBiasInput {
  labels: Labels;
  /** The group of the person or thing that was labelled. */
  group: Groups;
  /** Who labelled. Without it, only the labels by group are measured. */
  annotator?: Labels;
  /** What was labelled; needed for agreement between annotators. */
  item?: Labels;
  positive?: Label;
  /** Shuffles of the groups for the p-values. Default 999. */
  permutations?: number;
  /** Annotators whose adjusted p-value is below are named. Default 0.05. */
  significance?: number;
  /** An integer, for the shuffles. */
  seed: number;
}

export interface AnnotatorBias {
  readonly annotator: string;
  readonly rows: number;
  /** Share of positive labels this annotator gives to each group; NaN where the annotator saw nobody of it. */
  readonly rates: Readonly<Record<string, number>>;
  /** max - min over groups. */
  readonly difference: number;
  /** Chance of a difference at least this great if the annotator did not look at the group: shuffles within the annotator. NaN with fewer than two groups seen. */
  readonly pValue: number;
  /** Holm's correction for having looked at all annotators. */
  readonly adjustedPValue: number;
}

export interface LabelBias {
  /** Share of positive labels by group (`selectionRate`), and its spread. */
  readonly labels: Stratum;
  readonly pValue: number;
  readonly annotators: readonly AnnotatorBias[];
  /** Those whose adjusted p-value is below `significance`. */
  readonly suspicious: readonly string[];
  /** Share of pairs of annotators that agree on an item, by group; NaN without items labelled twice. A group on which annotators disagree more has noisier labels. */
  readonly agreement: Readonly<Record<string, number>>;
}

/**
 * Bias that is in the data before any model: do labels, and each annotator's labels, depend on the group of what is labelled, and do annotators agree less on some group?
 *
 * A difference is no proof of unfair labelling: groups may differ in truth. It is a reason to look. Where all annotators saw the same items, a difference between annotators is theirs.
 * Permutation test of the difference max - min (Fisher 1935), Holm's correction; p-values are at least 1 / (permutations + 1).
 *
 * @throws `expected seed to be a whole number >= ..., got undefined`.
 * @example
 * const found = fairness.labelBias({ labels: [1, 1, 0, 0, 1, 0, 1, 0], group: ["a", "a", "b", "b", "a", "a", "b", "b"], annotator: ["p", "p", "p", "p", "q", "q", "q", "q"], seed: 1 })
 * found.labels.spread.selectionRate.difference // 0.5
 * found.annotators[0].rates // { a: 1, b: 0 }
 * found.annotators[1].difference // 0
 */
export function labelBias(input: LabelBiasInput): LabelBias {
  known(input, ["labels", "group", "annotator", "item", "positive", "permutations", "significance", "seed"]);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ labels: input.labels, group: codes, annotator: input.annotator, item: input.item });
  const permutations = whole({ permutations: input.permutations ?? 999 }, 1);
  const significance = inside({ significance: input.significance ?? 0.05 });
  const generator = random(whole({ seed: input.seed }, Number.MIN_SAFE_INTEGER));
  const encoded = encodeLabels({ truth: input.labels }, input.positive);
  const positive = needPositive(encoded, "labels");
  const y = Uint8Array.from(codes, (_, i) => Number(encoded.truth![i] === positive));
  const labels = byGroup({ predicted: y, group: input.group, metrics: ["count", "selectionRate"] });
  const all = Int32Array.from(codes.keys());
  const test = (rows: Int32Array) => permutationTest(y, codes, rows, names.length, permutations, generator.integer);
  const annotators = input.annotator === undefined ? [] : annotatorsOf(input.annotator, y, codes, names, test);
  const suspicious = annotators.filter(({ adjustedPValue }) => adjustedPValue < significance).map(({ annotator }) => annotator);
  return showLabelBias({ labels, pValue: test(all).pValue, annotators, suspicious, agreement: agreementOf(input.item, encoded.truth!, codes, names) });
}

function ratesOf(y: Uint8Array, groups: ArrayLike<number>, rows: Int32Array, n: number): number[] {
  const [sums, counts] = [new Float64Array(n), new Float64Array(n)];
  rows.forEach((row, at) => {
    sums[groups[at]] += y[row];
    counts[groups[at]] += 1;
  });
  return Array.from(sums, (sum, g) => sum / counts[g]);
}

function range(rates: readonly number[]): number {
  const there = rates.filter((rate) => !Number.isNaN(rate));
  return there.length ? Math.max(...there) - Math.min(...there) : Number.NaN;
}

function permutationTest(y: Uint8Array, codes: Int32Array, rows: Int32Array, n: number, permutations: number, integer: (low: number, high: number) => number): { rates: number[]; difference: number; pValue: number } {
  const groups = Int32Array.from(rows, (row) => codes[row]);
  const rates = ratesOf(y, groups, rows, n);
  const difference = range(rates);
  if (new Set(groups).size < 2) return { rates, difference, pValue: Number.NaN };
  let asGreat = 1;
  for (let k = 0; k < permutations; k++) {
    for (let last = groups.length - 1; last > 0; last--) {
      const other = integer(0, last);
      [groups[last], groups[other]] = [groups[other], groups[last]];
    }
    if (range(ratesOf(y, groups, rows, n)) >= difference - 1e-12) asGreat += 1;
  }
  return { rates, difference, pValue: asGreat / (permutations + 1) };
}

function annotatorsOf(annotator: Labels, y: Uint8Array, codes: Int32Array, names: readonly string[], test: (rows: Int32Array) => { rates: number[]; difference: number; pValue: number }): AnnotatorBias[] {
  const who = encodeGroups("annotator", annotator);
  const found = who.names.map((name, a) => {
    const rows = Int32Array.from(codes.keys()).filter((i) => who.codes[i] === a);
    const { rates, difference, pValue } = test(rows);
    return { annotator: name, rows: rows.length, rates: Object.fromEntries(names.map((group, g) => [group, rates[g]])), difference, pValue };
  });
  const ordered = found.filter(({ pValue }) => !Number.isNaN(pValue)).sort((a, b) => a.pValue - b.pValue);
  const adjusted = new Map<string, number>();
  let least = 0;
  ordered.forEach(({ annotator: name, pValue }, k) => adjusted.set(name, (least = Math.max(least, Math.min(1, (ordered.length - k) * pValue)))));
  return found.map((one) => Object.freeze({ ...one, adjustedPValue: adjusted.get(one.annotator) ?? Number.NaN }));
}

/** Pairs of labels of one item that agree, pooled over the items of a group. */
function agreementOf(item: Labels | undefined, labels: ArrayLike<number>, codes: Int32Array, names: readonly string[]): Record<string, number> {
  const [agree, pairs] = [new Float64Array(names.length), new Float64Array(names.length)];
  if (item !== undefined) {
    const items = encodeGroups("item", item);
    const counts = items.names.map(() => new Map<number, number>());
    const groupOf = new Int32Array(items.names.length).fill(-1);
    items.codes.forEach((at, i) => {
      if (groupOf[at] >= 0 && groupOf[at] !== codes[i]) throw new RangeError(`expected one group for item ${items.names[at]}, got ${names[groupOf[at]]} and ${names[codes[i]]}`);
      groupOf[at] = codes[i];
      counts[at].set(labels[i], (counts[at].get(labels[i]) ?? 0) + 1);
    });
    counts.forEach((byLabel, at) => {
      let n = 0;
      for (const count of byLabel.values()) {
        n += count;
        agree[groupOf[at]] += (count * (count - 1)) / 2;
      }
      pairs[groupOf[at]] += (n * (n - 1)) / 2;
    });
  }
  return Object.fromEntries(names.map((name, g) => [name, pairs[g] > 0 ? agree[g] / pairs[g] : Number.NaN]));
}
