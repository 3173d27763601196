import { allFinite, known, oneOf, shown, whole } from "../../arguments.js";

export interface QuantiseOptions {
  /** "affine": scale and zero point from the range, which always contains 0. "symmetric": scale = largest magnitude / 127, zero point 0. Default "affine". */
  mode?: "affine" | "symmetric";
  /** The axis that has a scale for each of its places (output channels of a kernel: the last). Default null: one scale. */
  axis?: number | null;
  /** Shape of the numbers; needed with `axis`. Default flat. */
  shape?: readonly number[];
  /** 2 to 8; default 8. */
  bits?: number;
  /** [low, high] instead of the range of the numbers: what calibration found. What lies outside saturates. */
  range?: readonly [low: number, high: number];
}

/** Numbers as small integers: `value = scale (q - zeroPoint)`. */
export interface Quantised {
  readonly values: Int8Array;
  readonly shape: readonly number[];
  /** One, or one for each place of `axis`. */
  readonly scale: Float64Array;
  readonly zeroPoint: Int32Array;
  readonly axis: number | null;
  readonly qmin: number;
  readonly qmax: number;
}

/** The integer nearest; of two equally near the even one, as hardware and NumPy do. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest < 0.5 ? low : rest > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1;
}

/** Scale and zero point of a range. */
export function affineScale(low: number, high: number, { mode, qmin, qmax }: { mode: "affine" | "symmetric"; qmin: number; qmax: number }): { scale: number; zeroPoint: number } {
  if (mode === "symmetric") return { scale: Math.max(Math.abs(low), Math.abs(high)) / qmax || 1, zeroPoint: 0 };
  const [from, to] = [Math.min(0, low), Math.max(0, high)];
  const scale = (to - from) / (qmax - qmin) || 1;
  return { scale, zeroPoint: clamp(roundHalfEven(qmin - from / scale), qmin, qmax) };
}

export const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

/** Smallest and largest integer: -128..127, or -127..127 where 0 is in the middle. */
export const limitsOf = (bits: number, mode: "affine" | "symmetric"): { qmin: number; qmax: number } => ({ qmin: -(2 ** (bits - 1)) + (mode === "symmetric" ? 1 : 0), qmax: 2 ** (bits - 1) - 1 });

/**
 * Numbers as 8-bit integers with a scale: a quarter of the bytes. Rounded to the nearest, halves to even. A slice of zeros gets scale 1.
 *
 * @param values flat numbers; a tensor's with `{ shape }`
 * @throws `expected finite numbers in values, got NaN at index 3`; `expected axis to be one of 0, 1, got 2`; `expected bits to be a whole number >= 2, got 1`
 * @see Jacob et al. (2018), "Quantization and training of neural networks for efficient integer-arithmetic-only inference"; Krishnamoorthi (2018) for scales per channel
 * @example
 * const small = compress.quantise([-1, 0, 0.5, 1.55]);
 * small.values // [-128, -28, 22, 127]
 * small.scale // [0.01]
 * compress.dequantise(small) // [-1.00, 0.00, 0.50, 1.55]
 */
export function quantise(values: ArrayLike<number>, options: QuantiseOptions = {}): Quantised {
  known(options, ["mode", "axis", "shape", "bits", "range"]);
  const mode = oneOf({ mode: options.mode ?? "affine" }, ["affine", "symmetric"]);
  const bits = whole({ bits: options.bits ?? 8 }, 2);
  if (bits > 8) throw new RangeError(`expected bits from 2 to 8, got ${bits}`);
  const { axis = null, shape = [values.length], range } = options;
  allFinite({ values });
  if (shape.reduce((a, b) => a * b, 1) !== values.length) throw new RangeError(`expected ${shape.join(" x ")} values, got ${values.length}`);
  if (axis !== null && !(Number.isInteger(axis) && axis >= 0 && axis < shape.length)) throw new RangeError(`expected axis to be one of ${shape.map((_, at) => at).join(", ")}, got ${shown(axis)}`);
  if (range && (axis !== null || !(range[0] <= range[1]) || !range.every(Number.isFinite))) throw new RangeError(axis !== null ? "expected range without axis: one range is for all" : `expected range as [low, high], got [${range.join(", ")}]`);
  const limits = limitsOf(bits, mode);
  const { count, sliceOf } = slices(shape, axis);
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const at = sliceOf(i);
    low[at] = Math.min(low[at]!, values[i]!);
    high[at] = Math.max(high[at]!, values[i]!);
  }
  const pairs = Array.from({ length: count }, (_, at) => affineScale(range?.[0] ?? (low[at]! === Infinity ? 0 : low[at]!), range?.[1] ?? (high[at]! === -Infinity ? 0 : high[at]!), { mode, ...limits }));
  const scale = Float64Array.from(pairs, (pair) => pair.scale);
  const zeroPoint = Int32Array.from(pairs, (pair) => pair.zeroPoint);
  const small = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const at = sliceOf(i);
    small[i] = clamp(roundHalfEven(values[i]! / scale[at]!) + zeroPoint[at]!, limits.qmin, limits.qmax);
  }
  return Object.freeze({ values: small, shape: Object.freeze([...shape]), scale, zeroPoint, axis, ...limits });
}

/**
 * The numbers that the integers stand for.
 *
 * @example
 * compress.dequantise(compress.quantise([0, 1.27], { mode: "symmetric" })) // [0.0, 1.27]
 */
export function dequantise({ values, shape, scale, zeroPoint, axis }: Quantised): Float32Array {
  const { sliceOf } = slices(shape, axis);
  return Float32Array.from(values, (q, i) => scale[sliceOf(i)]! * (q - zeroPoint[sliceOf(i)]!));
}

/** Which scale is whose. */
export function slices(shape: readonly number[], axis: number | null): { count: number; sliceOf(index: number): number } {
  if (axis === null) return { count: 1, sliceOf: () => 0 };
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const count = shape[axis]!;
  return { count, sliceOf: (index) => Math.floor(index / inner) % count };
}

/** The axis of a kernel whose places are output channels: of a depthwise one ([height, width, channels, 1]) the one before the last. */
export const channelAxis = (name: string, shape: readonly number[]): number => (/depthwise_kernel/.test(name) && shape.at(-1) === 1 ? shape.length - 2 : shape.length - 1);
