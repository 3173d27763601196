import { known, sameLength } from "../../arguments.js";
import { checkWeights, encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, type Labels } from "../measure/labels.js";

export interface ReweighingInput {
  /** Classes of the training data. */
  labels: Labels;
  group: Groups;
  /** Weights there were before. Default: 1 each. */
  weights?: ArrayLike<number>;
}

export interface Reweighing {
  /** A weight for each row. Their sum is the sum of the weights before. */
  weights: number[];
  /** The factor of each group and class: `factors[group][class]`. NaN where no row is of both. */
  factors: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Weights under which label and group are independent: each row's weight times W(group) W(label) / (W W(group, label)). Train with them; nothing else changes. Any number of classes and groups.
 *
 * If a group lacks a class, no weight can supply it: the weighted base rates stay unequal, its factor is NaN and the console is told.
 * Source: Kamiran & Calders 2012; AIF360 `Reweighing`.
 *
 * @throws `expected at least 2 classes in labels, got 1`.
 * @example fairness.reweighing({ labels: [1, 1, 0, 0, 0, 1], group: ["a", "a", "a", "b", "b", "b"] }).weights // [0.75, 0.75, 1.5, 0.75, 0.75, 1.5]
 */
export function reweighing(input: ReweighingInput): Reweighing {
  known(input, ["labels", "group", "weights"]);
  const { codes, names } = encodeGroups("group", input.group);
  const encoded = encodeLabels({ truth: input.labels });
  sameLength({ labels: input.labels, group: codes, weights: input.weights });
  const weights = checkWeights(input.weights);
  if (encoded.classes.length < 2) throw new RangeError("expected at least 2 classes in labels, got 1");
  const code = new Map<unknown, number>();
  const classOf = Int32Array.from(codes, (_, i) => {
    const value = encoded.truth![i];
    if (!code.has(value)) code.set(value, code.size);
    return code.get(value)!;
  });
  const [n, k] = [names.length, code.size];
  const written = new Array<string>(k);
  classOf.forEach((at, i) => (written[at] ??= String(input.labels[i])));
  const [cell, byGroup, byClass] = [new Float64Array(n * k), new Float64Array(n), new Float64Array(k)];
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const weight = weights?.[i] ?? 1;
    cell[codes[i] * k + classOf[i]] += weight;
    byGroup[codes[i]] += weight;
    byClass[classOf[i]] += weight;
    total += weight;
  }
  const factor = (g: number, c: number) => (cell[g * k + c] > 0 ? (byGroup[g] * byClass[c]) / (total * cell[g * k + c]) : Number.NaN);
  const factors = Object.fromEntries(names.map((name, g) => [name, Object.fromEntries(written.map((label, c) => [label, factor(g, c)]))]));
  for (const [group, row] of Object.entries(factors)) for (const [label, value] of Object.entries(row)) if (Number.isNaN(value)) console.warn(`group ${group} has no row of class ${label}: no weight can make up for it`);
  return Object.freeze({ weights: Array.from(codes, (g, i) => { const weight = weights?.[i] ?? 1; return weight === 0 ? 0 : weight * factor(g, classOf[i]); }), factors });
}
