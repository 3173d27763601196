import { canDraw, describeFigure, svg } from "../helpers/plot/svg.js";
import type { Figure } from "../helpers/plot/figure.js";
import type { MimeBundle } from "./contract.js";
import { isPlain, own } from "./reflect.js";

/** Still pictures past this size are left out where the live figure is there. */
const stillLimit = 600_000;

/** `{data, layout}` as Plotly knows it: live in JupyterLab, a still picture and a sentence elsewhere. */
export function plotlyView(value: object): MimeBundle | undefined {
  const traces = own(value, "data");
  const layout = own(value, "layout");
  if (!Array.isArray(traces) || !isPlain(layout) || !traces.every(isTrace)) return undefined;
  const figure = plainCopy({ data: traces, layout, config: own(value, "config"), frames: own(value, "frames") }) as unknown as Figure;
  const data: Record<string, unknown> = { "application/vnd.plotly.v1+json": figure };
  const still = picture(figure);
  if (still !== undefined) data["image/svg+xml"] = still;
  return { data: { ...data, "text/plain": describeFigure(figure) }, metadata: {} };
}

const isTrace = (trace: unknown) => isPlain(trace) && ["type", "x", "y", "z", "values", "mode", "labels"].some((key) => own(trace, key) !== undefined);

function picture(figure: Figure): string | undefined {
  if (!canDraw(figure)) return undefined;
  try {
    const text = svg(figure);
    return text.length <= stillLimit ? text : undefined;
  } catch {
    return undefined; // A figure made by hand that our small plotter does not understand: Plotly may.
  }
}

/** The figure as JSON would hold it: typed arrays and tensors as lists, NaN as null, no functions, no getters called. */
function plainCopy(value: unknown, level = 0): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || level > 12) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, level + 1) ?? null);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, (item) => plainCopy(item) ?? null);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = plainCopy(own(value, key), level + 1);
    if (item !== undefined) copy[key] = item;
  }
  return copy;
}
