import { say } from "../../../display/language.js";
import { shown } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import type { Figure } from "../../plot/figure.js";
import { line } from "../../plot/line.js";

export interface SpeedUpRow {
  readonly workers: number;
  readonly seconds: number;
  /** Seconds of the first row by these. */
  readonly speedUp: number;
  /** Speed-up by how many times more workers. */
  readonly efficiency: number;
}

export interface SpeedUp {
  readonly rows: readonly SpeedUpRow[];
  /** Part of the work that more workers do not make faster, as Amdahl's law fits it to these times (least squares, 0 to 1; above 1 means that workers made it slower, which the law cannot say: null). */
  readonly serial: number | null;
  /** Measured and ideal. */
  plot(): Figure;
}

/**
 * How much faster more workers are.
 *
 * @param runs seconds by number of workers, the first is the one to compare with
 * @throws `expected at least one run, got none`; `expected workers and seconds > 0, got 2 and 0`
 * @see Amdahl (1967), "Validity of the single processor approach"
 * @example
 * const found = compress.distributed.speedUp([{ workers: 1, seconds: 10 }, { workers: 2, seconds: 6 }, { workers: 4, seconds: 4 }]);
 * found.rows[1] // { speedUp: 1.667, efficiency: 0.833 }
 * found.serial // 0.2
 */
export function speedUp(runs: readonly { workers: number; seconds: number }[]): SpeedUp {
  if (!Array.isArray(runs) || runs.length === 0) throw new RangeError(`expected at least one run, got ${runs?.length === 0 ? "none" : shown(runs)}`);
  for (const { workers, seconds } of runs) if (!(workers > 0) || !(seconds > 0)) throw new RangeError(`expected workers and seconds > 0, got ${workers} and ${seconds}`);
  const [base] = runs as [{ workers: number; seconds: number }];
  const rows = runs.map(({ workers, seconds }) => Object.freeze({ workers, seconds, speedUp: base.seconds / seconds, efficiency: (base.seconds / seconds) * (base.workers / workers) }));
  // seconds / base = s + (1 - s) / times, linear in s.
  let [top, bottom] = [0, 0];
  for (const { workers, seconds } of runs) {
    const times = workers / base.workers;
    const slope = 1 - 1 / times;
    top += slope * (seconds / base.seconds - 1 / times);
    bottom += slope * slope;
  }
  const fit = bottom === 0 ? null : top / bottom;
  const serial = fit === null || fit > 1 ? null : Math.max(0, fit);
  const result: SpeedUp = {
    rows: Object.freeze(rows),
    serial,
    plot: () => line(rows.flatMap((row) => [{ workers: row.workers, times: row.speedUp, kind: say("measured", "实测") }, { workers: row.workers, times: row.workers / base.workers, kind: say("ideal", "理想") }]), { x: "workers", y: "times", series: "kind", xLabel: say("Workers", "工作进程数"), yLabel: say("Times as fast", "加速倍数"), title: say("Speed-up", "加速比") }),
  };
  return showAs(result, () => rows);
}

/**
 * Tail latency by load: percentiles of several load tests.
 *
 * @param tests results of `loadTest` with what was changed between them
 * @throws `expected at least one load test, got none`; `expected answers at 100, got none`
 * @example
 * compress.distributed.plotTail([{ load: 10, p50: 2, p95: 4, p99: 9 }, { load: 100, p50: 3, p95: 9, p99: 40 }]).layout.meta.description // "Tail latency. Line plot, 3 series (p50, p95, p99), 6 points; Requests a second from 10 to 100, Milliseconds from 2 to 40."
 */
export function plotTail(tests: readonly { load: number; p50: number | null; p95: number | null; p99: number | null }[], options: { xLabel?: string } = {}): Figure {
  if (!Array.isArray(tests) || tests.length === 0) throw new RangeError("expected at least one load test, got none");
  const rows = tests.flatMap(({ load, ...test }) => (["p50", "p95", "p99"] as const).map((part) => {
    if (test[part] === null) throw new RangeError(`expected answers at ${load}, got none`);
    return { load, milliseconds: test[part], part };
  }));
  return line(rows, { x: "load", y: "milliseconds", series: "part", xLabel: options.xLabel ?? say("Requests a second", "每秒请求数"), yLabel: say("Milliseconds", "毫秒"), title: say("Tail latency", "尾延迟") });
}
