import { number } from "../../../display/number.js";
import { known, shown } from "../../arguments.js";
import type { Figure } from "../../plot/figure.js";
import { line } from "../../plot/line.js";

export interface Stretch {
  /** A number or a name. */
  readonly worker: number | string;
  readonly from: number;
  readonly to: number;
  /** What it did; one colour each. Default "works". */
  readonly what?: string;
}

export interface TimelineOptions {
  title?: string;
  /** Default "Seconds". */
  xLabel?: string;
  /** Default "Worker". */
  yLabel?: string;
}

/**
 * Who did what and when: a row for each worker, a bar for each stretch of time. Where nothing is drawn, a worker had nothing to do.
 *
 * @throws `expected at least one stretch, got none`; `expected a stretch that does not end before it begins, got 2 to 1`
 * @example
 * const shifts = [{ worker: 0, from: 0, to: 2 }, { worker: 1, from: 0, to: 1 }];
 * compress.distributed.plotTimeline(shifts).layout.meta.description // "Timeline of 2 workers from 0 to 2 (Seconds): 0 works 0 to 2; 1 works 0 to 1."
 */
export function plotTimeline(stretches: readonly Stretch[], options: TimelineOptions = {}): Figure {
  known(options, ["title", "xLabel", "yLabel"]);
  if (!Array.isArray(stretches) || stretches.length === 0) throw new RangeError(`expected at least one stretch, got ${stretches?.length === 0 ? "none" : shown(stretches)}`);
  for (const { from, to } of stretches) if (!(to >= from)) throw new RangeError(`expected a stretch that does not end before it begins, got ${shown(from)} to ${shown(to)}`);
  const workers = [...new Set(stretches.map(({ worker }) => worker))];
  const xLabel = options.xLabel ?? "Seconds";
  const points = stretches.flatMap(({ worker, from, to, what = "works" }) => [from, to, null].map((time) => ({ time, place: workers.indexOf(worker), what })));
  const figure = line(points, { x: "time", y: "place", series: "what", markers: false, xLabel, yLabel: options.yLabel ?? "Worker", height: 130 + 32 * workers.length, ...(options.title !== undefined && { title: options.title }) });
  for (const trace of figure.data) if (trace.type === "scatter") trace.line = { ...trace.line, width: 16, dash: "solid" };
  const [first, last] = [Math.min(...stretches.map(({ from }) => from)), Math.max(...stretches.map(({ to }) => to))];
  figure.layout.xaxis.range = [Math.min(0, first), last + 0.02 * (last - first)];
  figure.layout.yaxis = { ...figure.layout.yaxis, range: [workers.length - 0.5, -0.5], tickvals: workers.map((_, place) => place), ticktext: workers.map(String), showgrid: false };
  const told = stretches.slice(0, 12).map(({ worker, from, to, what = "works" }) => `${worker} ${what} ${number(from, 3)} to ${number(to, 3)}`);
  const rest = stretches.length > 12 ? `; ${stretches.length - 12} more` : "";
  figure.layout.meta = { description: `${options.title === undefined ? "" : `${options.title}. `}Timeline of ${workers.length} workers from ${number(first, 3)} to ${number(last, 3)} (${xLabel}): ${told.join("; ")}${rest}.` };
  return figure;
}
