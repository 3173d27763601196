import { oneOf, shown } from "../../arguments.js";
import { area, expectedCalibrationError } from "./ranking.js";
import { field as f, type Need } from "./tally.js";
import type { Label } from "./labels.js";

/** What a metric of one's own sees: the rows of one group. */
export interface MetricRows {
  truth: Label[];
  predicted: Label[];
  weights: number[];
  scores: number[];
}

/** A metric of one's own: rows of one group to a number. */
export type Metric = (rows: MetricRows) => number;

export interface TallyMetric {
  needs: readonly Need[];
  /** Sums of one cell to the value; NaN where a denominator is 0. */
  value(sums: Float64Array, at: number): number;
  /** Rows without which the value means little: of the positive or negative class, or all. */
  basis?: "positives" | "negatives";
}

export interface RowMetric {
  needs: readonly Need[];
  /** Values of one group; truth as 0 and 1 where the metric is a built-in one. */
  rows: (truth: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>) => number;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);
const sum = (s: Float64Array, at: number, ...places: number[]): number => places.reduce((total, place) => total + s[at + place], 0);
const confusion: readonly Need[] = ["truth", "predicted", "confusion"];

/** By name, as scikit-learn and fairlearn define them. */
export const tallyMetrics = {
  count: { needs: [], value: (s, at) => s[at + f.rows] },
  selectionRate: { needs: ["predicted", "confusion"], value: (s, at) => share(sum(s, at, f.falsePositive, f.truePositive), s[at + f.weight]) },
  baseRate: { needs: confusion, value: (s, at) => share(sum(s, at, f.falseNegative, f.truePositive), s[at + f.weight]) },
  accuracy: { needs: ["truth", "predicted", "match"], value: (s, at) => share(s[at + f.match], s[at + f.weight]) },
  errorRate: { needs: ["truth", "predicted", "match"], value: (s, at) => 1 - share(s[at + f.match], s[at + f.weight]) },
  truePositiveRate: { needs: confusion, basis: "positives", value: (s, at) => share(s[at + f.truePositive], sum(s, at, f.truePositive, f.falseNegative)) },
  falseNegativeRate: { needs: confusion, basis: "positives", value: (s, at) => share(s[at + f.falseNegative], sum(s, at, f.truePositive, f.falseNegative)) },
  falsePositiveRate: { needs: confusion, basis: "negatives", value: (s, at) => share(s[at + f.falsePositive], sum(s, at, f.falsePositive, f.trueNegative)) },
  trueNegativeRate: { needs: confusion, basis: "negatives", value: (s, at) => share(s[at + f.trueNegative], sum(s, at, f.falsePositive, f.trueNegative)) },
  balancedAccuracy: {
    needs: confusion,
    value: (s, at) => (share(s[at + f.truePositive], sum(s, at, f.truePositive, f.falseNegative)) + share(s[at + f.trueNegative], sum(s, at, f.falsePositive, f.trueNegative))) / 2,
  },
  precision: { needs: confusion, value: (s, at) => share(s[at + f.truePositive], sum(s, at, f.truePositive, f.falsePositive)) },
  recall: { needs: confusion, basis: "positives", value: (s, at) => share(s[at + f.truePositive], sum(s, at, f.truePositive, f.falseNegative)) },
  negativePredictiveValue: { needs: confusion, value: (s, at) => share(s[at + f.trueNegative], sum(s, at, f.trueNegative, f.falseNegative)) },
  falseDiscoveryRate: { needs: confusion, value: (s, at) => share(s[at + f.falsePositive], sum(s, at, f.truePositive, f.falsePositive)) },
  falseOmissionRate: { needs: confusion, value: (s, at) => share(s[at + f.falseNegative], sum(s, at, f.trueNegative, f.falseNegative)) },
  f1: { needs: confusion, value: (s, at) => share(2 * s[at + f.truePositive], 2 * s[at + f.truePositive] + s[at + f.falsePositive] + s[at + f.falseNegative]) },
  meanPrediction: { needs: ["predicted", "value"], value: (s, at) => share(s[at + f.predicted], s[at + f.weight]) },
  meanTruth: { needs: ["truth", "base"], value: (s, at) => share(s[at + f.truth], s[at + f.weight]) },
  meanError: { needs: ["truth", "predicted", "error"], value: (s, at) => share(s[at + f.error], s[at + f.weight]) },
  meanAbsoluteError: { needs: ["truth", "predicted", "error"], value: (s, at) => share(s[at + f.absoluteError], s[at + f.weight]) },
  meanSquaredError: { needs: ["truth", "predicted", "error"], value: (s, at) => share(s[at + f.squaredError], s[at + f.weight]) },
  rootMeanSquaredError: { needs: ["truth", "predicted", "error"], value: (s, at) => Math.sqrt(share(s[at + f.squaredError], s[at + f.weight])) },
  meanScore: { needs: ["scores"], value: (s, at) => share(s[at + f.score], s[at + f.weight]) },
  brierScore: { needs: ["truth", "scores", "scoreLoss"], value: (s, at) => share(s[at + f.brier], s[at + f.weight]) },
  logLoss: { needs: ["truth", "scores", "scoreLoss"], value: (s, at) => share(s[at + f.logLoss], s[at + f.weight]) },
} as const satisfies Record<string, TallyMetric>;

/** Those that need the rows of a group in order, not only sums. */
export const rowMetrics = {
  calibrationError: { needs: ["truth", "scores", "scoreLoss"], rows: (truth, scores, weights) => expectedCalibrationError(truth, scores, weights, 10) },
  areaUnderCurve: { needs: ["truth", "scores", "scoreLoss"], rows: area },
} as const satisfies Record<string, RowMetric>;

export type MetricName = keyof typeof tallyMetrics | keyof typeof rowMetrics;
export const metricNames: readonly MetricName[] = [...Object.keys(tallyMetrics), ...Object.keys(rowMetrics)] as MetricName[];

/** Names, or metrics of one's own by name. */
export type Metrics = readonly MetricName[] | Readonly<Record<string, MetricName | Metric>>;

export type ResolvedMetric = { name: string } & ({ kind: "tally"; metric: TallyMetric } | { kind: "row"; metric: RowMetric } | { kind: "own"; metric: Metric });

/** Every metric with its name; an unknown one is an error that lists those there are. */
export function resolveMetrics(metrics: Metrics): ResolvedMetric[] {
  const entries: [string, unknown][] = Array.isArray(metrics) ? metrics.map((name) => [String(name), name]) : Object.entries(metrics as Record<string, unknown>);
  if (entries.length === 0) throw new RangeError("expected at least one of metrics, got none");
  return entries.map(([name, metric]) => {
    if (typeof metric === "function") return { name, kind: "own", metric: metric as Metric };
    if (typeof metric !== "string") throw new TypeError(`expected metric ${name} as a name or a function, got ${shown(metric)}`);
    const known = oneOf({ metric }, metricNames);
    return known in rowMetrics ? { name, kind: "row", metric: rowMetrics[known as keyof typeof rowMetrics] } : { name, kind: "tally", metric: tallyMetrics[known as keyof typeof tallyMetrics] };
  });
}
