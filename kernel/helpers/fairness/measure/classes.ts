import { known } from "../../arguments.js";
import { byGroup, type ByGroup } from "./by-group.js";
import type { Measured } from "./input.js";
import { encodeLabels } from "./labels.js";
import { tell } from "./parity.js";
import type { MetricName } from "./metrics.js";

export interface MulticlassInput extends Omit<Measured, "positive" | "scores" | "control"> {
  /** Rates of each class against the rest. Default: selectionRate and, with truth, truePositiveRate and falsePositiveRate. */
  metrics?: readonly MetricName[];
}

export interface Multiclass {
  /** For each class as the positive one, the disaggregation. */
  classes: Readonly<Record<string, ByGroup>>;
  /** For each metric the greatest and the mean difference over classes, and the class of the greatest. NaN is left out and told on the console. */
  worst: Readonly<Record<string, { difference: number; class: string | undefined; mean: number }>>;
}

/**
 * Several classes: each class in turn counts as positive, all others as negative, and the groups are compared. Parity of every class against the rest is demographic parity (with
 * truth: equalized odds) of the whole prediction.
 *
 * @example
 * const found = fairness.multiclass({ predicted: ["x", "y", "z", "x", "x", "y"], group: ["a", "a", "a", "b", "b", "b"] })
 * found.worst.selectionRate.class // "x"
 * found.worst.selectionRate.difference // 0.3333
 */
export function multiclass(input: MulticlassInput): Multiclass {
  known(input, ["truth", "predicted", "group", "weights", "metrics"]);
  const { truth, predicted, group, weights } = input;
  const metrics = input.metrics ?? (truth === undefined ? ["selectionRate"] : ["selectionRate", "truePositiveRate", "falsePositiveRate"]);
  const given = { ...(truth !== undefined && { truth }), ...(predicted !== undefined && { predicted }) };
  const { classes } = encodeLabels(given);
  if (classes.length > 50) throw new RangeError("expected at most 50 classes, got more: are these values of a regression?");
  const found = Object.fromEntries(classes.map((one) => [String(one), byGroup({ ...given, group, ...(weights !== undefined && { weights }), metrics, positive: one })]));
  for (const one of Object.values(found)) tell(one.warnings);
  const worst = Object.fromEntries(metrics.map((metric) => {
    const differences = Object.entries(found).map(([name, { spread }]) => [name, spread[metric].difference] as const).filter(([, value]) => !Number.isNaN(value));
    const [name, difference] = differences.reduce<readonly [string | undefined, number]>((best, one) => (Number.isNaN(best[1]) || one[1] > best[1] ? one : best), [undefined, Number.NaN]);
    return [metric, { difference, class: name, mean: differences.reduce((sum, [, value]) => sum + value, 0) / differences.length }];
  }));
  return Object.freeze({ classes: found, worst });
}
