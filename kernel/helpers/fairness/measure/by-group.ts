import { known, oneOf, whole } from "../../arguments.js";
import { bootstrapIntervals, checkBootstrap, type Bootstrap, type Intervals } from "./bootstrap.js";
import { evaluate, type Evaluated } from "./evaluate.js";
import { prepare, type Measured, type Prepared } from "./input.js";
import { resolveMetrics, type Metrics, type ResolvedMetric } from "./metrics.js";
import { spread, type Spread } from "./spread.js";
import { showTable } from "./table.js";
import { warning, type Warning } from "./warnings.js";

export interface ByGroupInput extends Measured {
  /** Names of metrics, or `{ name: metric }` where a metric is a name or a function of the rows of a group. Default: `count`, `selectionRate` and, with truth, `accuracy`. */
  metrics?: Metrics;
  /** Percentile bootstrap of whole rows, seeded. Default: none. */
  bootstrap?: Bootstrap;
  /** Groups below this many rows (positives, negatives, where a rate is of these) are named in `warnings`. Default 30. */
  smallest?: number;
  /** What a rate is where its denominator is 0: "0" as fairlearn and scikit-learn, "NaN" as AIF360. Either is named in `warnings`. Default "0". */
  zeroDivision?: "0" | "NaN";
}

/** Metrics of a set of rows, and of each group in it. */
export interface Stratum {
  rows: number;
  overall: Readonly<Record<string, number>>;
  groups: Readonly<Record<string, Readonly<Record<string, number>>>>;
  spread: Readonly<Record<string, Spread>>;
  intervals?: Intervals;
}

export interface ByGroup extends Stratum {
  metrics: readonly string[];
  /** The same within each level of the control features; empty without `control`. */
  strata: Readonly<Record<string, Stratum>>;
  warnings: readonly Warning[];
}

const options = ["truth", "predicted", "group", "scores", "weights", "control", "positive", "metrics", "bootstrap", "smallest", "zeroDivision"];

/**
 * Metrics of each group and how far groups are apart: the one disaggregation on which every named function of `fairness` is built.
 *
 * - `groups[name][metric]`, `overall[metric]`, `spread[metric]` (`difference` = max - min, `ratio` = min / max, both also against all rows together).
 * - With `control`, `strata[level]` holds the same within a level; the figures outside `strata` ignore the levels.
 * - A rate without a denominator (the true-positive rate of a group without positives) is 0, as in fairlearn, or NaN, as in AIF360 (`zeroDivision: "NaN"`).
 *   NaN is left out of `spread`. `warnings` names each such case, each small group and each empty one: nothing is skipped silently.
 * - With `bootstrap`, `intervals` has percentile intervals. A difference max - min is never negative, so its interval leans upwards and can never hold 0 inside: do not
 *   read it as a test of parity; compare the groups' own intervals.
 *
 * Several group columns are crossed: `group: { sex, age }` gives `woman|old`. For one class of several against the rest, give `positive`.
 *
 * Source: fairlearn `MetricFrame`, whose numbers it gives.
 *
 * @throws `expected predicted of length 3 like group, got 2`; `expected a group for every row in group, got null at index 3`; `unknown metric: acuracy (known: ...)`.
 * @example
 * const found = fairness.byGroup({ truth: [1, 1, 0, 1], predicted: [1, 0, 0, 1], group: ["a", "a", "b", "b"], metrics: ["selectionRate", "accuracy"] })
 * found.groups.a // { selectionRate: 0.5, accuracy: 0.5 }
 * found.spread.accuracy.difference // 0.5
 * found.warnings.length // 2
 */
export function byGroup(input: ByGroupInput): ByGroup {
  known(input, options);
  const smallest = whole({ smallest: input.smallest ?? 30 });
  const zero = oneOf({ zeroDivision: input.zeroDivision ?? "0" }, ["0", "NaN"]) === "0" ? 0 : Number.NaN;
  if (input.bootstrap !== undefined) checkBootstrap(input.bootstrap);
  const metrics = resolveMetrics(input.metrics ?? (input.truth === undefined ? ["count", "selectionRate"] : ["count", "selectionRate", "accuracy"]));
  const data = prepare(input, metrics);
  const first = evaluate(data, metrics, zero);
  const warnings: Warning[] = [];
  if (data.groups.names.length === 1) warnings.push(warning({ kind: "singleGroup", group: data.groups.names[0] }));
  const strata = first.map((one, at) => stratum(one, data, metrics, smallest, warnings, at === 0 ? undefined : data.control!.names[at - 1]));
  if (input.bootstrap !== undefined) bootstrapIntervals(input.bootstrap, data, metrics, zero, strata);
  const levels = Object.fromEntries((data.control?.names ?? []).map((level, at) => [level, strata[at + 1]]));
  return showTable({ ...strata[0], metrics: metrics.map(({ name }) => name), strata: levels, warnings });
}

/** Figures with names, and what to warn of. */
function stratum({ rows, overall, values, undefinedAt, bases }: Evaluated, data: Prepared, metrics: readonly ResolvedMetric[], smallest: number, warnings: Warning[], level: string | undefined): Stratum {
  const names = data.groups.names;
  const at = level === undefined ? {} : { level };
  const spreads: Record<string, Spread> = {};
  names.forEach((group, g) => {
    if (rows[g] === 0) return warnings.push(warning({ kind: "emptyGroup", group, ...at }));
    const small = (["rows", "positives", "negatives"] as const).filter((basis) => bases.has(basis)).map((basis) => ({ basis, count: basis === "rows" ? rows[g] : bases.get(basis)![g] }));
    const tooFew = small.filter(({ count }) => count < smallest);
    // One sentence a group: too few rows implies too few of each class.
    const [told] = tooFew;
    if (told) warnings.push(warning({ kind: "smallGroup", group, ...at, ...told }));
  });
  metrics.forEach(({ name }, m) => {
    spreads[name] = spread(names, values.map((row) => row[m]), overall[m]);
    names.forEach((group, g) => {
      if (undefinedAt[g]?.has(m)) warnings.push(warning({ kind: "undefinedRate", group, metric: name, ...at }));
      if (rows[g] > 0 && Number.isNaN(values[g][m])) warnings.push(warning({ kind: "leftOut", group, metric: name, ...at }));
    });
    if (Number.isNaN(spreads[name].ratio) && spreads[name].lowest !== undefined) warnings.push(warning({ kind: "noRatio", metric: name, ...at }));
  });
  const named = (list: readonly number[]) => Object.fromEntries(metrics.map(({ name }, m) => [name, list[m]]));
  return { rows: rows.reduce((a, b) => a + b, 0), overall: named(overall), groups: Object.fromEntries(names.map((name, g) => [name, named(values[g])])), spread: spreads };
}
