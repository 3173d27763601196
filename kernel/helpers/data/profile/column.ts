import { mean, quantile, skewness, sorted, variance } from "../statistics/numbers.js";
import { kindOf, type Kind } from "../table/kind.js";
import { isMissing } from "../table/rows.js";
import type { ColumnProfile, NumberSummary } from "./contract.js";

export function profileColumn(name: string, values: readonly unknown[]): ColumnProfile {
  const there = values.filter((value) => !isMissing(value));
  const kind = kindOf(there);
  const counts = countsOf(there);
  const numbers = kind === "number" || kind === "date" ? summarize(there.map(Number)) : undefined;
  return Object.freeze({
    name, kind, missing: values.length - there.length, unique: counts.size,
    top: Object.freeze(commonest(counts, 5).map(([value, count]) => Object.freeze({ value: kind === "date" ? new Date(value as number) : value, count }))),
    ...(numbers && { numbers }),
  });
}

function countsOf(values: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const value of values) {
    // Dates are equal where their times are.
    const key = value instanceof Date ? value.getTime() : value;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Ties in order of appearance; without sorting the thousands of others. */
function commonest(counts: ReadonlyMap<unknown, number>, many: number): [unknown, number][] {
  const best: [unknown, number][] = [];
  for (const entry of counts) {
    if (best.length === many && entry[1] <= best[many - 1]![1]) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]![1] < entry[1]) place -= 1;
    best.splice(place, 0, entry);
    if (best.length > many) best.pop();
  }
  return best;
}

function summarize(values: readonly number[]): NumberSummary {
  const order = sorted(values);
  const [p5, p25, p50, p75, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(order, share)) as [number, number, number, number, number];
  return Object.freeze({
    min: order[0]!, max: order.at(-1)!, mean: mean(order), deviation: Math.sqrt(variance(order)), skewness: skewness(order), zeros: values.filter((value) => value === 0).length,
    quantiles: Object.freeze({ p5, p25, p50, p75, p95 }),
  });
}

export const isSummarized = (kind: Kind): boolean => kind === "number" || kind === "date";
