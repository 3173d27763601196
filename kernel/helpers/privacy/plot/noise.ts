import { say } from "../../../display/language.js";
import { allFinite, whole } from "../../arguments.js";
import { histogram } from "../../plot/bar.js";
import { line } from "../../plot/line.js";
import type { CommonOptions, Figure } from "../../plot/figure.js";

/**
 * How noise is spread: bars for one sample; for several, the outline of each over the same bins, as shares of the sample.
 *
 * @param samples numbers, or numbers by name.
 * @param options.bins number of bins, default 40.
 * @example
 * privacy.plot.noise({ a: [0, 0, 1], b: [0, 1, 1] }, { bins: 2 }).data[1].y // [0.3333, 0.3333, 0.6667, 0.6667]
 */
export function noise(samples: ArrayLike<number> | Readonly<Record<string, ArrayLike<number>>>, options: { bins?: number } & CommonOptions = {}): Figure {
  const { bins = 40, ...rest } = options;
  whole({ bins }, 1);
  if (Array.isArray(samples) || ArrayBuffer.isView(samples)) return histogram(Array.from(samples as ArrayLike<number>), { bins, xLabel: say("noise", "噪声"), ...rest });
  const named = Object.entries(samples as Readonly<Record<string, ArrayLike<number>>>);
  for (const [name, values] of named) {
    if (values.length === 0) throw new RangeError(`expected at least one number in ${name}, got none`);
    allFinite({ [name]: values });
  }
  if (named.length === 0) throw new RangeError("expected at least one sample, got none");
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const [, values] of named) {
    for (let k = 0; k < values.length; k++) {
      low = Math.min(low, values[k]!);
      high = Math.max(high, values[k]!);
    }
  }
  const width = (high - low || 1) / bins;
  const points = named.flatMap(([name, values]) => {
    const counts = new Array<number>(bins).fill(0);
    for (let k = 0; k < values.length; k++) counts[Math.min(bins - 1, Math.floor((values[k]! - low) / width))]! += 1 / values.length;
    return counts.flatMap((share, at) => [at, at + 1].map((edge) => ({ noise: low + edge * width, share, sample: name })));
  });
  return line(points, { x: "noise", y: "share", series: "sample", markers: false, xLabel: say("noise", "噪声"), yLabel: say("share in each bin", "每个区间的比例"), ...rest });
}
