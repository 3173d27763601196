import { say } from "../../display/language.js";
import { escape } from "../../display/escape.js";
import type { MimeBundle } from "../../display/contract.js";
import { number } from "../../display/number.js";
import { line } from "../plot/line.js";
import { svg } from "../plot/svg.js";
import type { History } from "./history.js";

export interface ProgressState {
  title: string;
  unit: "step" | "epoch";
  /** Steps done. */
  count: number;
  total?: number;
  seconds: number;
  ended?: "done" | "stopped";
  metrics: History;
}

/** `Training: step 50 of 100 (50%), 25 steps/s, 2 s left; loss 0.3` */
export function progressLine(s: ProgressState): string {
  const unit = unitName(s.unit);
  const percent = s.total === undefined ? "" : `${Math.floor((100 * s.count) / s.total)}%`;
  const place = s.total === undefined ? say(`${unit} ${whole(s.count)}`, `第 ${whole(s.count)} ${unit}`)
    : say(`${unit} ${whole(s.count)} of ${whole(s.total)} (${percent})`, `第 ${whole(s.count)} / ${whole(s.total)} ${unit}（${percent}）`);
  const rate = s.count / Math.max(s.seconds, 1e-9);
  const parts = [place];
  if (s.count > 0 && s.seconds >= 0.05) parts.push(rate >= 1 ? say(`${number(rate, 3)} ${unit}s/s`, `每秒 ${number(rate, 3)} ${unit}`) : say(`${duration(1 / rate)} a ${unit}`, `每${unit} ${duration(1 / rate)}`));
  if (s.ended) parts.push(say(`${s.ended} after ${duration(s.seconds)}`, `${s.ended === "done" ? "完成" : "已停止"}，用时 ${duration(s.seconds)}`));
  else if (s.total !== undefined && s.count > 0) parts.push(say(`${duration((s.total - s.count) / rate)} left`, `还需 ${duration((s.total - s.count) / rate)}`));
  const metrics = Object.entries(s.metrics.latest()).map(([name, value]) => `${name} ${number(value)}`);
  const [colon, comma, stop] = [say(": ", "："), say(", ", "，"), say("; ", "；")];
  return `${s.title}${colon}${parts.join(comma)}${metrics.length ? `${stop}${metrics.join(comma)}` : ""}`;
}

const unitName = (unit: ProgressState["unit"]): string => say(unit, unit === "step" ? "步" : "轮");

const whole = (n: number) => n.toLocaleString("en-US");

/** @example duration(75) // "1 min 15 s" */
export function duration(seconds: number): string {
  if (seconds < 10) return say(`${number(seconds, 2)} s`, `${number(seconds, 2)} 秒`);
  if (seconds < 59.5) return say(`${Math.round(seconds)} s`, `${Math.round(seconds)} 秒`);
  const minutes = Math.round(seconds / 60);
  if (seconds < 3570) return seconds < 600 ? say(`${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`, `${Math.floor(Math.round(seconds) / 60)} 分 ${Math.round(seconds) % 60} 秒`) : say(`${minutes} min`, `${minutes} 分钟`);
  return say(`${Math.floor(minutes / 60)} h ${minutes % 60} min`, `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`);
}

/** The line, a bar, and the curves. Plain HTML and SVG: it stays in the saved notebook, and needs no script. */
export function progressBundle(s: ProgressState): MimeBundle {
  const text = progressLine(s);
  const bar = s.total === undefined || s.ended === "done" ? "" : `<progress max="${s.total}" value="${s.count}" aria-label="${escape(s.title)}"></progress> `;
  const html = `<div class="lyceum-progress"><p>${bar}<samp>${escape(text)}</samp></p>${curves(s)}</div>`;
  return { data: { "text/html": html, "text/plain": text }, metadata: {} };
}

/** Losses share one picture; metrics such as accuracy, which grow as losses fall, have their own. */
function curves(s: ProgressState): string {
  const names = s.metrics.names().filter((name) => s.metrics.of(name).steps.length > 1);
  const losses = names.filter((name) => /loss|error|mse|mae/i.test(name));
  const others = names.filter((name) => !losses.includes(name));
  return [losses, others].filter((group) => group.length > 0).map((group) => curve(s, group.slice(0, 6))).join("");
}

function curve(s: ProgressState, names: string[]): string {
  // A metric that comes once in a while, such as a validation loss, is one line through the steps that have it.
  const points = names.flatMap((name) => {
    const { steps, values } = s.metrics.of(name);
    return steps.map((step, i) => ({ step, value: values[i], name }));
  });
  const figure = line(points, { x: "step", y: "value", series: "name", xLabel: unitName(s.unit), yLabel: names[0], height: 240, markers: false });
  return svg(figure, { width: 560, ink: "currentColor" });
}
