import { number } from "../../../display/number.js";
import { isDate } from "../data.js";
import type { Axis, Trace, Value } from "../figure.js";
import { extent } from "../words.js";

/** From values to pixels, with the ticks to draw. */
export interface Scale {
  kind: "linear" | "log" | "category" | "date";
  at(value: Value): number;
  /** Pixels that one unit of a linear scale takes. */
  unit: number;
  ticks: { at: number; text: string }[];
}

/** What the traces put on an axis, before it is known how long the axis is in pixels. */
export interface Domain {
  kind: Scale["kind"];
  from: number;
  to: number;
  categories: Map<string, number>;
  reversed: boolean;
  /** Only whole numbers: no ticks between them. */
  whole: boolean;
  axis: Axis;
}

const kindOf = (axis: Axis, texts: readonly Value[]): Scale["kind"] =>
  axis.type === "log" || axis.type === "category" ? axis.type : texts.length === 0 ? "linear" : texts.every(isDate) ? "date" : "category";

export function domainOf(axis: Axis, traces: readonly Trace[], which: "x" | "y"): Domain {
  const values = traces.flatMap((t) => channelOf(t, which));
  const texts = values.filter((v) => typeof v === "string");
  const kind = kindOf(axis, texts);
  const reversed = axis.autorange === "reversed";
  const whole = which === "x" && values.every((v) => Number.isInteger(v));
  const base = { kind, reversed, whole, axis, categories: new Map<string, number>() } as const;
  if (kind === "category") {
    for (const v of values) if (v !== null && !base.categories.has(String(v))) base.categories.set(String(v), base.categories.size);
    return { ...base, from: -0.5, to: Math.max(base.categories.size, 1) - 0.5 };
  }
  const coded = values.map((v) => code(v, kind));
  const [low, high] = axis.range ? axis.range : (extent(coded) ?? [0, 1]);
  if (axis.range) return { ...base, from: low, to: high };
  const [from, to] = widened(low, high, traces, which);
  return { ...base, from, to };
}

/** Room around the marks: half a cell for grids and bars, a little for points, none for lines along x. */
function widened(low: number, high: number, traces: readonly Trace[], which: "x" | "y"): [number, number] {
  if (low === high) return [low - 0.5, high + 0.5];
  const span = high - low;
  const pad = traces.some((t) => t.type === "scatter") ? (which === "x" && traces.every((t) => t.type === "scatter" && t.mode === "lines") ? 0 : span * 0.05) : 0;
  const bars = traces.some((t) => t.type === "bar" && (t.orientation === "h") === (which === "x"));
  if (bars) return [low < 0 ? low - span * 0.05 : 0, high > 0 ? high + span * 0.05 : 0];
  const grid = traces.find((t) => t.type === "heatmap");
  const n = grid && "z" in grid ? (which === "x" ? grid.z[0]?.length : grid.z.length) : 0;
  if (n && n > 1) return [low - span / (n - 1) / 2, high + span / (n - 1) / 2];
  return [low - pad, high + pad];
}

function channelOf(trace: Trace, which: "x" | "y"): Value[] {
  if (trace.type === "bar") {
    const isValue = (trace.orientation === "h") === (which === "x");
    const values: Value[] = trace[which];
    if (isValue) return [...values, 0];
    const half = typeof trace.width === "number" ? trace.width / 2 : 0.4;
    return values.flatMap((v): Value[] => (typeof v === "number" ? [v - half, v + half] : [v]));
  }
  if (trace.type === "scatter") return trace[which];
  const n = which === "x" ? (trace.z[0]?.length ?? 0) : trace.z.length;
  return trace[which] ?? Array.from({ length: n }, (_, i) => i);
}

function code(value: Value, kind: Domain["kind"]): number | null {
  if (value === null) return null;
  if (kind === "date") return Date.parse(String(value));
  if (typeof value !== "number") return null;
  return kind === "log" ? (value > 0 ? Math.log10(value) : null) : value;
}

/** The domain laid on pixels `start` to `end`. NaN for values that have no place on it. */
export function scaleOf(domain: Domain, start: number, end: number, room: number): Scale {
  const { kind, from, to, reversed } = domain;
  const [a, b] = reversed ? [end, start] : [start, end];
  const unit = (b - a) / (to - from);
  const place = (v: number) => a + (v - from) * unit;
  const at = (value: Value) => {
    if (kind === "category") return place(domain.categories.get(String(value)) ?? NaN);
    const v = code(value, kind);
    return v === null ? NaN : place(v);
  };
  return { kind, at, unit, ticks: ticksOf(domain, room).map(({ v, text }) => ({ at: place(v), text })) };
}

function ticksOf({ kind, from, to, categories, axis, whole }: Domain, room: number): { v: number; text: string }[] {
  if (axis.visible === false) return [];
  if (axis.tickvals) return axis.tickvals.map((v, i) => ({ v: code(v, kind) ?? NaN, text: axis.ticktext?.[i] ?? tickText(v, 0) })).filter(({ v }) => Number.isFinite(v));
  if (kind === "category") {
    const every = Math.ceil(categories.size / Math.max(2, room * 2.5));
    return [...categories].filter(([, i]) => i % every === 0).map(([text, v]) => ({ v, text }));
  }
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  if (kind === "date") return niceTicks(low, high, Math.min(room, 5)).map((v) => ({ v, text: new Date(v).toISOString().slice(0, 10) }));
  if (kind === "log") return logTicks(low, high, room);
  const few = whole ? Math.min(room, high - low) : room;
  const step = niceStep(low, high, few);
  return niceTicks(low, high, few).map((v) => ({ v, text: tickText(v, step) }));
}

function logTicks(low: number, high: number, room: number): { v: number; text: string }[] {
  const every = Math.max(1, Math.ceil((high - low) / room));
  const mantissas = high - low > 2.5 ? [1] : [1, 2, 5];
  const ticks: { v: number; text: string }[] = [];
  for (let p = Math.floor(low); p <= Math.ceil(high); p += every) {
    for (const m of mantissas) {
      const v = p + Math.log10(m);
      if (v >= low - 1e-9 && v <= high + 1e-9) ticks.push({ v, text: tickText(m * 10 ** p, 0) });
    }
  }
  return ticks;
}

/** A step of 1, 2 or 5 times a power of ten that gives about `room` ticks. */
export function niceStep(low: number, high: number, room: number): number {
  const raw = (high - low) / Math.max(room, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  return (raw / power > 7 ? 10 : raw / power > 3.5 ? 5 : raw / power > 1.5 ? 2 : 1) * power;
}

/** @example niceTicks(0, 1, 5) // [0, 0.2, 0.4, 0.6, 0.8, 1] */
export function niceTicks(low: number, high: number, room: number): number[] {
  const step = niceStep(low, high, room);
  const digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(step)) + 1));
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9 && ticks.length < 100; i++) ticks.push(Number((i * step).toFixed(digits)));
  return ticks;
}

export function tickText(v: number, step: number): string {
  const size = Math.abs(v);
  if (size >= 1e4 && size < 1e9) return v.toLocaleString("en-US", { maximumFractionDigits: 0 });
  if (size >= 1e-3 && size < 1e4 && step) return v.toFixed(Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9))));
  return number(v, 3);
}
