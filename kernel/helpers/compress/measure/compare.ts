import { say } from "../../../display/language.js";
import { known, shown } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { ink } from "../../plot/colour.js";
import type { Figure } from "../../plot/figure.js";
import { scatter } from "../../plot/line.js";

/** A model and its figures; more columns may be added. */
export interface Compared {
  readonly name: string;
  /** Part of the held-out rows that are right, 0 to 1 (or another score that shall be large). */
  readonly accuracy: number;
  readonly bytes: number;
  readonly [figure: string]: string | number | null | undefined;
}

export interface Comparison {
  readonly rows: readonly (Compared & { readonly smaller: number; readonly lost: number; readonly best: boolean })[];
  /** Accuracy by size, logarithmic; a line joins the best. */
  plot(): Figure;
}

/**
 * Models beside each other: the first is the one that the others are compared with. `smaller`: how many times; `lost`: points of accuracy (of 1); `best`: no other model is at least as right and as small.
 *
 * @throws `expected at least one model, got none`; `expected accuracy and bytes of small, got NaN and 10`
 * @example
 * compress.compare([{ name: "full", accuracy: 0.9, bytes: 400 }, { name: "int8", accuracy: 0.89, bytes: 100 }]).rows[1] // { smaller: 4, lost: 0.01, best: true }
 */
export function compare(models: readonly Compared[], options: { title?: string } = {}): Comparison {
  known(options, ["title"]);
  if (!Array.isArray(models) || models.length === 0) throw new RangeError(`expected at least one model, got ${models?.length === 0 ? "none" : shown(models)}`);
  for (const { name, accuracy, bytes } of models) if (!Number.isFinite(accuracy) || !(bytes > 0)) throw new RangeError(`expected accuracy and bytes of ${name}, got ${accuracy} and ${bytes}`);
  const [base] = models as [Compared];
  const rows = models.map((model) => Object.freeze({
    ...model,
    smaller: base.bytes / model.bytes,
    lost: base.accuracy - model.accuracy,
    best: !models.some((other) => other.accuracy >= model.accuracy && other.bytes <= model.bytes && (other.accuracy > model.accuracy || other.bytes < model.bytes)),
  }));
  const result: Comparison = {
    rows: Object.freeze(rows) as Comparison["rows"],
    plot: () => front(rows, options.title ?? say("Accuracy by size", "准确率与大小")),
  };
  return showAs(result, () => rows);
}

/** Each model by its name: a dozen colours in a legend say nothing. */
function front(rows: Comparison["rows"], title: string): Figure {
  const kinds = [say("on the front", "在前沿上"), say("beaten by another", "被其他模型超过")];
  const points = rows.toSorted((a, b) => Number(b.best) - Number(a.best) || a.bytes - b.bytes).map(({ accuracy, bytes, best }) => ({ accuracy, bytes, kind: kinds[best ? 0 : 1]! }));
  const figure = scatter(points, { x: "bytes", y: "accuracy", series: "kind", xScale: "log", size: 10, height: 440, title, xLabel: say("Size (bytes)", "大小（字节）"), yLabel: say("Accuracy", "准确率") });
  const [best] = figure.data;
  // So much accuracy can be had for so many bytes: it rises where the next model begins.
  if (best?.type === "scatter") Object.assign(best, { mode: "lines+markers", line: { color: best.marker!.color!, width: 1.5, shape: "hv" } });
  figure.layout.annotations = rows.map(({ name, accuracy, bytes }) => ({ x: Math.log10(bytes), y: accuracy, text: name, showarrow: false, xanchor: "center", yanchor: "top", yshift: -5, font: { size: 11, color: ink } }));
  return figure;
}
