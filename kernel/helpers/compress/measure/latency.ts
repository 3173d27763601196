import { say } from "../../../display/language.js";
import { known, shown, whole } from "../../arguments.js";
import { showAs } from "../../label/show.js";

export interface LatencyOptions {
  /** Calls before the watch is looked at: compilation, caches, memory. Default 10. */
  warmUp?: number;
  /** Calls that are timed; default 100, which is what a 99th percentile needs. */
  runs?: number;
  /** Milliseconds; default `performance.now`. */
  now?: () => number;
}

export interface Latency {
  /** Milliseconds a call. */
  readonly p50: number;
  readonly p90: number;
  /** Null with fewer than 100 runs. */
  readonly p99: number | null;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
  readonly warmUp: number;
  readonly milliseconds: Float64Array;
}

/**
 * How long a call takes, one after the other, after a warm-up. Tensors that the call gives are read to their end (a graphics processor is asked and answers later) and disposed. The figures hold for this machine, at this load.
 *
 * @param call `() => model.predict(x)`; may be asynchronous
 * @throws `expected runs to be a whole number >= 1, got 0`
 * @example
 * let time = 0;
 * const { p50, p99, max } = await compress.latency(() => 1, { now: () => time++, runs: 100 });
 * [p50, p99, max] // [1, 1, 1]
 */
export async function latency(call: () => unknown, options: LatencyOptions = {}): Promise<Latency> {
  known(options, ["warmUp", "runs", "now"]);
  if (typeof call !== "function") throw new TypeError(`expected call to be a function, got ${shown(call)}`);
  const warmUp = whole({ warmUp: options.warmUp ?? 10 });
  const runs = whole({ runs: options.runs ?? 100 }, 1);
  const now = options.now ?? (() => performance.now());
  for (let time = 0; time < warmUp; time++) await finish(call());
  const milliseconds = new Float64Array(runs);
  for (let time = 0; time < runs; time++) {
    const started = now();
    await finish(call());
    milliseconds[time] = now() - started;
  }
  const sorted = milliseconds.slice().sort();
  const result: Latency = {
    p50: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
    p99: runs >= 100 ? percentile(sorted, 0.99) : null,
    mean: milliseconds.reduce((sum, value) => sum + value, 0) / runs,
    min: sorted[0]!,
    max: sorted.at(-1)!,
    runs,
    warmUp,
    milliseconds,
  };
  return showAs(result, () => [{ p50: result.p50, p90: result.p90, p99: result.p99, mean: result.mean, runs }], () => say("Milliseconds a call", "每次调用的毫秒数"));
}

/** The smallest value that is not below this part of all (nearest rank). */
export const percentile = (sorted: ArrayLike<number>, part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length - 1e-9) - 1)]!;

async function finish(given: unknown): Promise<void> {
  const value = await given;
  for (const one of Array.isArray(value) ? value : [value]) {
    const tensor = one as { data?(): Promise<unknown>; dispose?(): void } | null | undefined;
    if (typeof tensor?.data === "function" && typeof tensor.dispose === "function") {
      await tensor.data();
      tensor.dispose();
    }
  }
}
