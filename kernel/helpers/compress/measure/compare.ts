import { known, shown } from "../../arguments.js";
import { showAs } from "../../label/show.js";
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
  /** Accuracy by size, logarithmic. */
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
    plot: () => scatter(rows.map(({ name, accuracy, bytes }) => ({ name, accuracy, bytes })), { x: "bytes", y: "accuracy", series: "name", xScale: "log", size: 11, title: options.title ?? "Accuracy by size", xLabel: "Size (bytes)", yLabel: "Accuracy" }),
  };
  return showAs(result, () => rows);
}
