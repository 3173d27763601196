import { csvFormat } from "d3-dsv";
import { known, oneOf, shown } from "../arguments.js";
import type { Parameter, RunRecord } from "./contract.js";
import { comparisonView } from "./view/comparison.js";
import type { Runs } from "./list.js";

export interface CompareOptions {
  /** The metric that says which run is best; default the first of `val_loss`, `loss`, or any that all have. */
  metric?: string;
  /** "min": lower is better. Default by the name: "max" for accuracy, f1, auc, precision, recall, r2 and score, else "min". */
  mode?: "min" | "max";
  /** Which value of each metric counts: its last (default), or its best. */
  value?: "last" | "best";
}

export interface ComparedRun {
  readonly id: string;
  readonly experiment: string;
  readonly status: RunRecord["status"];
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, Parameter | undefined>>;
  /** One value a metric. */
  readonly metrics: Readonly<Record<string, number | undefined>>;
}

export interface Comparison {
  readonly metric: string | undefined;
  readonly mode: "min" | "max";
  readonly runs: readonly ComparedRun[];
  /** Names of the parameters in which the runs differ. */
  readonly differing: readonly string[];
  /** Id of the best run by the metric; undefined where none has it. */
  readonly best: string | undefined;
}

export const modeOf = (metric: string, mode?: "min" | "max"): "min" | "max" => mode ?? (/acc|f1|auc|precision|recall|r2|score/i.test(metric) ? "max" : "min");

/** The last value that is a number, or the best. */
export function valueOf(run: RunRecord, metric: string, value: "last" | "best", mode: "min" | "max"): number | undefined {
  const values = run.metrics[metric]?.values.filter((one) => !Number.isNaN(one)) ?? [];
  if (values.length === 0) return undefined;
  return value === "last" ? values.at(-1) : values.reduce((best, one) => ((mode === "min" ? one < best : one > best) ? one : best));
}

export function checkRuns(some: Runs): void {
  if (!Array.isArray(some) || some.some((run) => typeof run?.id !== "string" || typeof run.metrics !== "object")) throw new TypeError(`expected a list of runs, as track.runs gives, got ${shown(some)}`);
  if (some.length === 0) throw new RangeError("expected at least one run, got none");
}

export function defaultMetric(some: Runs): string | undefined {
  const names = Object.keys(some[0]!.metrics).filter((name) => some.every((run) => name in run.metrics));
  return ["val_loss", "loss"].find((name) => names.includes(name)) ?? names[0];
}

/**
 * Runs side by side: in which parameters they differ, what each metric came to, which run is best. Shows itself as a table.
 *
 * @throws `expected at least one run, got none`; `unknown metric: f1 (known: loss, accuracy)`
 * @example
 * const made = [];
 * for (const rate of [0.1, 0.2]) made.push(await track.run({ folder: false, parameters: { rate, units: 8 } }, (run) => run.log({ loss: rate * 2 })));
 * track.compare(made).differing // ["rate"]
 * track.compare(made).best === made[0].id // true
 */
export function compare(some: Runs, options: CompareOptions = {}): Comparison {
  known(options, ["metric", "mode", "value"]);
  checkRuns(some);
  const value = oneOf({ value: options.value ?? "last" }, ["last", "best"]);
  if (options.mode !== undefined) oneOf({ mode: options.mode }, ["min", "max"]);
  const metricNames = [...new Set(some.flatMap((run) => Object.keys(run.metrics)))];
  if (options.metric !== undefined && !metricNames.includes(options.metric)) throw new RangeError(`unknown metric: ${options.metric} (known: ${metricNames.join(", ") || "none"})`);
  const metric = options.metric ?? defaultMetric(some);
  const mode = modeOf(metric ?? "", options.mode);
  const parameterNames = [...new Set(some.flatMap((run) => Object.keys(run.parameters)))];
  const compared = some.map((run): ComparedRun => Object.freeze({
    id: run.id, experiment: run.experiment, status: run.status, seconds: run.seconds,
    parameters: Object.freeze(Object.fromEntries(parameterNames.map((name) => [name, run.parameters[name]]))),
    metrics: Object.freeze(Object.fromEntries(metricNames.map((name) => [name, valueOf(run, name, value, name === metric ? mode : modeOf(name))]))),
  }));
  const differing = parameterNames.filter((name) => new Set(some.map((run) => JSON.stringify(run.parameters[name]))).size > 1);
  return comparisonView({ metric, mode, runs: Object.freeze(compared), differing: Object.freeze(differing), best: metric === undefined ? undefined : bestOf(compared, metric, mode) });
}

export function bestOf(compared: readonly ComparedRun[], metric: string, mode: "min" | "max"): string | undefined {
  const judged = compared.filter((run) => run.metrics[metric] !== undefined);
  return judged.length === 0 ? undefined : judged.reduce((best, run) => ((mode === "min" ? run.metrics[metric]! < best.metrics[metric]! : run.metrics[metric]! > best.metrics[metric]!) ? run : best)).id;
}

/**
 * Runs as CSV: a line a run, with its parameters and the last value of each metric; or with `steps` a line for each recorded value.
 *
 * @param options steps: default false
 * @example
 * const made = await track.run({ folder: false, parameters: { rate: 0.1 } }, (run) => run.log({ loss: 0.5 }));
 * track.csv([made], { steps: true }).split("\n")[0] // "id,experiment,metric,step,seconds,value"
 */
export function csv(some: Runs, options: { steps?: boolean } = {}): string {
  known(options, ["steps"]);
  checkRuns(some);
  if (options.steps) return csvFormat(some.flatMap((run) => Object.entries(run.metrics).flatMap(([metric, { steps, values, times }]) => steps.map((step, at) => ({ id: run.id, experiment: run.experiment, metric, step, seconds: times[at], value: values[at] })))), ["id", "experiment", "metric", "step", "seconds", "value"]);
  const { runs: compared } = compare(some);
  const cell = (value: unknown): string | number | boolean => (value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : (value as string));
  const rows = compared.map((run, at) => ({
    id: run.id, experiment: run.experiment, status: run.status, started: some[at]!.started, seconds: run.seconds, tags: some[at]!.tags.join(" "),
    ...Object.fromEntries(Object.entries(run.parameters).map(([name, value]) => [`parameter ${name}`, cell(value)])), ...Object.fromEntries(Object.entries(run.metrics).map(([name, value]) => [`metric ${name}`, cell(value)])),
  }));
  return csvFormat(rows);
}
