import { inside, known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Stratum } from "./by-group.js";
import { evaluate, type Evaluated } from "./evaluate.js";
import type { Prepared } from "./input.js";
import type { ResolvedMetric } from "./metrics.js";
import { spread, type Spread } from "./spread.js";

export interface Bootstrap {
  /** How often rows are drawn. Default 200. */
  samples?: number;
  /** Share of the samples inside the interval. Default 0.95. */
  level?: number;
  /** An integer: the same seed gives the same intervals. */
  seed: number;
}

/** [low, high]. */
export type Interval = readonly [number, number];
type SpreadNumber = Exclude<keyof Spread, "lowest" | "highest">;

export interface Intervals {
  overall: Record<string, Interval>;
  groups: Record<string, Record<string, Interval>>;
  spread: Record<string, Record<SpreadNumber, Interval>>;
  /** Samples in which a group had no rows, or a value was NaN: they are left out of that value's interval. */
  leftOut: number;
}

export function checkBootstrap(bootstrap: Bootstrap): Required<Bootstrap> {
  known(bootstrap, ["samples", "level", "seed"]);
  return { samples: whole({ "bootstrap.samples": bootstrap.samples ?? 200 }, 2), level: inside({ "bootstrap.level": bootstrap.level ?? 0.95 }), seed: whole({ "bootstrap.seed": bootstrap.seed }, Number.MIN_SAFE_INTEGER) };
}

const spreadNumbers: readonly SpreadNumber[] = ["min", "max", "difference", "differenceToOverall", "ratio", "ratioToOverall"];

/** Draws all rows with repeats, measures again, and puts percentiles into the strata. */
export function bootstrapIntervals(bootstrap: Bootstrap, data: Prepared, metrics: readonly ResolvedMetric[], zero: number, strata: Stratum[]): void {
  const { samples, level, seed } = checkBootstrap(bootstrap);
  const generator = random(seed);
  const rows = new Int32Array(data.rows);
  const drawn: Evaluated[][] = [];
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < rows.length; i++) rows[i] = Math.floor(generator.uniform() * rows.length);
    drawn.push(evaluate(data, metrics, zero, rows));
  }
  const names = data.groups.names;
  strata.forEach((stratum, at) => {
    let leftOut = 0;
    const interval = (values: number[]): Interval => {
      const found = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
      leftOut = Math.max(leftOut, values.length - found.length);
      return [quantile(found, (1 - level) / 2), quantile(found, (1 + level) / 2)];
    };
    const spreads = drawn.map((sample) => metrics.map((_, m) => spread(names, sample[at].values.map((row) => row[m]), sample[at].overall[m])));
    const byMetric = <T>(of: (m: number) => T): Record<string, T> => Object.fromEntries(metrics.map(({ name }, m) => [name, of(m)]));
    stratum.intervals = {
      overall: byMetric((m) => interval(drawn.map((sample) => sample[at].overall[m]))),
      groups: Object.fromEntries(names.map((name, g) => [name, byMetric((m) => interval(drawn.map((sample) => sample[at].values[g][m])))])),
      spread: byMetric((m) => Object.fromEntries(spreadNumbers.map((key) => [key, interval(spreads.map((sample) => sample[m][key]))])) as Record<SpreadNumber, Interval>),
      leftOut,
    };
  });
}

/** Linear between order statistics, as NumPy's default; NaN of no values. */
export function quantile(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}
