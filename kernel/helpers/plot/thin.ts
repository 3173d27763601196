import type { Value } from "./figure.js";
import type { Series } from "./series.js";

/** Points drawn of one line at most; more cannot be told apart on a screen. */
const lineLimit = 4000;
const scatterLimit = 10_000;

/** Long lines keep the lowest and highest point of each stretch, so that no peak is lost. Null: nothing was left out. */
export function thinLine({ name, x, y }: Series): Series | null {
  if (y.length <= lineLimit) return null;
  const stretch = Math.ceil((2 * y.length) / lineLimit);
  const keep: number[] = [];
  for (let start = 0; start < y.length; start += stretch) {
    let [low, high] = [start, start];
    for (let i = start; i < Math.min(start + stretch, y.length); i++) {
      if (less(y[i], y[low])) low = i;
      if (less(y[high], y[i])) high = i;
    }
    keep.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return pick(name, x, y, keep);
}

/** Of many points, every nth. */
export function thinPoints({ name, x, y }: Series): Series | null {
  if (y.length <= scatterLimit) return null;
  const every = Math.ceil(y.length / scatterLimit);
  return pick(name, x, y, Array.from({ length: Math.ceil(y.length / every) }, (_, i) => i * every));
}

const less = (a: Value, b: Value) => typeof a === "number" && (typeof b !== "number" || a < b);
const pick = (name: string, x: Value[], y: Value[], keep: number[]): Series => ({ name, x: keep.map((i) => x[i]), y: keep.map((i) => y[i]) });
