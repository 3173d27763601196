import { known, nonNegative, shown, whole } from "../../arguments.js";
import { fillSecure } from "./fill.js";
import { fillSeeded } from "./seeded.js";
import type { NoiseOptions } from "./source.js";
import { ziggurat } from "./ziggurat.js";

export interface NormalsOptions extends NoiseOptions {
  /** Standard deviation, 0 to 1e37. Default 1. */
  scale?: number;
  /** A power of two: each value is rounded to a multiple of it. Default: not rounded. */
  grid?: number;
}

/**
 * Many normal numbers at once, for the noise of private training: mean 0, standard deviation `scale`, from the system's secure source (Ziggurat, 256 layers).
 *
 * What a float32 sampler guarantees: secure, independent words; each value has 24 random bits inside its layer, and the tail past 3.65 is drawn with 52; no number is clipped.
 * What it does not: the values lie on 256 grids of different width, so single values of `sum + noise` carry in their low bits a trace of the sum (Mironov 2012, Haney et al. 2022).
 * Training that publishes only a model after many steps is the usual, accepted case; for statistics that are published themselves use `privacy.gaussian`, whose sampler is exact.
 * With `grid`, and the sum rounded to the same grid first, `round(sum) + noise` is what rounding afterwards would give, and every result is a multiple of the grid whatever the data:
 * the low bits tell nothing. The chance of each multiple still is the Gaussian's only to about 2^-24 of its layer.
 *
 * @param count how many
 * @throws `expected scale >= 0, got -1`; `expected grid to be a power of two, got 0.1`; a grid below scale * 2^-19, which float32 could not carry
 * @see Marsaglia and Tsang 2000; Doornik 2005 (the layer and the place inside it never share bits)
 * @example
 * privacy.random.normals(1000, { scale: 2 }).length // 1000
 * privacy.random.normals(4, { scale: 0 }) // [0, 0, 0, 0]
 * privacy.random.normals(100, { scale: 1, grid: 0.25 }).every((z) => Number.isInteger(4 * z)) // true
 */
export function normals(count: number, options: NormalsOptions = {}): Float32Array<ArrayBuffer> {
  known(options, ["scale", "grid", "unsafeSeed"]);
  const { scale = 1, grid } = options;
  const values = drawNormals(new Float32Array(whole({ count })), options);
  return grid === undefined || scale === 0 ? values : snap(values, grid, scale);
}

/** The same into an array that is there already: a training that draws 200,000 of them a step saves the pages of a new one. */
export function drawNormals(values: Float32Array<ArrayBuffer>, options: Omit<NormalsOptions, "grid"> = {}): Float32Array<ArrayBuffer> {
  const { scale = 1, unsafeSeed } = options;
  if (nonNegative({ scale }) > 1e37) throw new RangeError(`expected scale <= 1e37, which float32 carries, got ${scale}`);
  if (scale === 0) return values.fill(0);
  ziggurat(values, scale, unsafeSeed === undefined ? fillSecure : fillSeeded(unsafeSeed));
  return values;
}

function snap(values: Float32Array<ArrayBuffer>, grid: number, scale: number): Float32Array<ArrayBuffer> {
  if (typeof grid !== "number" || !(grid > 0) || !Number.isInteger(Math.log2(grid))) throw new RangeError(`expected grid to be a power of two, got ${shown(grid)}`);
  if (grid < scale * 2 ** -19) throw new RangeError(`expected grid >= scale * 2^-19, got ${grid} for scale ${scale}`);
  for (let at = 0; at < values.length; at++) values[at] = Math.round(values[at]! / grid) * grid;
  return values;
}

