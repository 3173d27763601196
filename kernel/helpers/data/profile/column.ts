import { mean, quantile, skewness, sorted, tally, variance } from "../statistics/numbers.js";
import { kindOf, type Kind } from "../table/kind.js";
import { isMissing } from "../table/rows.js";
import type { ColumnProfile, NumberSummary } from "./contract.js";

export function profileColumn(name: string, values: readonly unknown[]): ColumnProfile {
  const there = values.filter((value) => !isMissing(value));
  const kind = kindOf(there);
  const counts = tally(there.map(comparable));
  const numbers = kind === "number" || kind === "date" ? summarize(there.map(Number)) : undefined;
  return Object.freeze({
    name, kind, missing: values.length - there.length, unique: counts.length,
    top: Object.freeze(counts.slice(0, 5).map(([value, count]) => Object.freeze({ value: kind === "date" ? new Date(value as number) : value, count }))),
    ...(numbers && { numbers }),
  });
}

/** Dates are equal where their times are. */
const comparable = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

function summarize(values: readonly number[]): NumberSummary {
  const order = sorted(values);
  const [p5, p25, p50, p75, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(order, share)) as [number, number, number, number, number];
  return Object.freeze({
    min: order[0]!, max: order.at(-1)!, mean: mean(order), deviation: Math.sqrt(variance(order)), skewness: skewness(order), zeros: values.filter((value) => value === 0).length,
    quantiles: Object.freeze({ p5, p25, p50, p75, p95 }),
  });
}

export const isSummarized = (kind: Kind): boolean => kind === "number" || kind === "date";
