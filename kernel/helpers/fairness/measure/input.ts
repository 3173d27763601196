import { allFinite, sameLength, shown } from "../../arguments.js";
import { checkWeights, encodeGroups, type EncodedGroups, type Groups } from "./groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "./labels.js";
import type { ResolvedMetric } from "./metrics.js";
import type { Need, TallyData } from "./tally.js";

export interface Measured {
  /** True classes or values, one a row. Not needed for metrics of predictions alone, such as `selectionRate`. */
  truth?: Labels;
  /** Predicted classes or values, one a row. Not needed for metrics of scores alone. */
  predicted?: Labels;
  /** The group of each row; several columns by name are crossed. */
  group: Groups;
  /** Predicted probabilities of the positive class, from 0 to 1; for calibration and ranking. */
  scores?: ArrayLike<number>;
  /** Sample weights, >= 0. They enter every metric but `count`. Default: 1 each. */
  weights?: ArrayLike<number>;
  /** Control features: comparisons are made within each of their levels too. */
  control?: Groups;
  /** The class that counts as positive. Default 1 (or true) for classes of {0, 1} or {-1, 1}; must be given for others. */
  positive?: Label;
}

/** The input, encoded and checked: what both the figures and the bootstrap read. */
export interface Prepared extends TallyData {
  rows: number;
  groups: EncodedGroups;
  control: EncodedGroups | undefined;
  /** Columns as they were written, for metrics of one's own. */
  written: { truth?: Labels; predicted?: Labels };
}

export function prepare(given: Measured, metrics: readonly ResolvedMetric[]): Prepared {
  const { truth, predicted, group, scores, weights, control, positive } = given;
  if (group === undefined) throw new TypeError("expected group: the group of each row, got undefined");
  const groups = encodeGroups("group", group);
  const levels = control === undefined ? undefined : encodeGroups("control", control);
  const rows = sameLength({ group: groups.codes, control: levels?.codes, truth, predicted, scores, weights });
  const needs = new Set(metrics.flatMap((one): readonly Need[] => (one.kind === "own" ? [] : one.metric.needs)));
  const columns = { truth, predicted, scores };
  for (const one of metrics) {
    if (one.kind === "own") continue;
    for (const name of ["truth", "predicted", "scores"] as const) if (one.metric.needs.includes(name) && columns[name] === undefined) throw new TypeError(`expected ${name} for metric ${one.name}, got undefined`);
  }
  checkWeights(weights);
  if (scores !== undefined) for (let i = 0; i < rows; i++) if (!(scores[i] >= 0 && scores[i] <= 1)) throw new RangeError(`expected scores from 0 to 1, got ${shown(scores[i])} at index ${i}`);
  const encoded = encodeLabels({ ...(truth !== undefined && { truth }), ...(predicted !== undefined && { predicted }) }, positive);
  const wants = [...needs].find((need) => need === "confusion" || need === "scoreLoss");
  const code = wants && needPositive(encoded, metrics.filter((one) => one.kind !== "own" && one.metric.needs.includes(wants)).map(({ name }) => name).join(", "));
  for (const name of ["truth", "predicted"] as const) if ((needs.has("error") || needs.has("value") || needs.has("base")) && encoded[name]) numbersOnly(name, given[name]!, encoded[name]!);
  const cellCount = groups.names.length * (levels?.names.length ?? 1);
  const cells = levels === undefined ? groups.codes : levels.codes.map((level, i) => level * groups.names.length + groups.codes[i]);
  return { rows, groups, control: levels, cells, cellCount, truth: encoded.truth, predicted: encoded.predicted, scores, weights, ...(code !== undefined && { positive: code as number }), written: { truth, predicted } };
}

function numbersOnly(name: string, written: Labels, values: ArrayLike<number>): void {
  if (typeof written[0] === "string") throw new TypeError(`expected numbers in ${name} for means and errors, got ${shown(written[0])} at index 0`);
  allFinite({ [name]: values });
}
