import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { oneOf, shown } from "../../../arguments.js";
import { withUndo } from "../../../../engine/compile/unwind.js";
import { formats, type FloatFormat, type Precision } from "./formats.js";

/**
 * Numbers as bfloat16 or float16 can hold them: rounded to nearest, ties to even; infinite beyond the largest. The result is float32 (or plain numbers) that
 * the 16 bits hold exactly. Subnormal float16 are kept (steps of 2^-24); bfloat16 below 2^-126 become 0, as TensorFlow flushes them.
 *
 * A tensor stays differentiable: its gradient is rounded the same way (straight-through).
 *
 * @param values a tensor, or an array of numbers
 * @param format "bfloat16": 8 bits of precision, the range of float32. "float16": 11 bits, up to 65504 (IEEE 754 binary16)
 * @returns a tensor, or a Float32Array
 * @throws `unknown format: int8 (known: bfloat16, float16)`
 * @example
 * nn.roundTo([1 / 3, 65519, 65520, 1e-8], "float16") // [0.333251953125, 65504, Infinity, 0]
 * nn.roundTo(tf.tensor1d([1 / 3, 257, 259]), "bfloat16") // [0.333984375, 256, 260]
 */
export function roundTo(values: Tensor, format: Precision): Tensor;
export function roundTo(values: ArrayLike<number>, format: Precision): Float32Array;
export function roundTo(values: Tensor | ArrayLike<number>, format: Precision): Tensor | Float32Array {
  const known = formats[oneOf({ format }, Object.keys(formats) as Precision[])];
  if (values instanceof tf.Tensor) return straightThrough(values, format);
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) throw new TypeError(`expected values to be a tensor or an array of numbers, got ${shown(values)}`);
  return Float32Array.from(values as ArrayLike<number>, (value) => roundNumber(Math.fround(value), known));
}

/** 64-bit numbers hold every quotient by a power of two exactly. */
export function roundNumber(value: number, { digits, least, largest }: FloatFormat): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (digits === 8 && Math.abs(value) < 2 ** least) return 0;
  const step = 2 ** (Math.max(exponent(value), least) - (digits - 1));
  const scaled = value / step;
  const down = Math.floor(scaled);
  const rest = scaled - down;
  const whole = rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
  return Math.abs(whole * step) > largest ? Math.sign(value) * Number.POSITIVE_INFINITY : whole * step;
}

const bits = new DataView(new ArrayBuffer(8));

/** Of a normal 64-bit number. */
function exponent(value: number): number {
  bits.setFloat64(0, value);
  return ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
}

const straightThrough = (x: Tensor, format: Precision): Tensor =>
  exactly(() => tf.customGrad((...inputs) => ({ value: roundTensor(inputs[0] as Tensor, formats[format]), gradFunc: (dy: Tensor) => exactly(() => roundTensor(dy, formats[format])) }))(x));

let depth = 0;

/** Its own operations are not to be rounded in turn (scope.ts). */
export const isRounding = (): boolean => depth > 0;

function exactly<T>(work: () => T): T {
  const before = depth;
  return withUndo(() => void (depth = before), () => {
    depth = before + 1;
    return work();
  });
}

/** 2^-126 to 2^127: exact, which no backend's own powers and logarithms promise to be. */
const powers = Float32Array.from({ length: 254 }, (_, at) => 2 ** (at - 126));

/** The power of two at or below each number from 2^-126 to 2^127. A logarithm is not exact: the guess is low rather than high, and a comparison mends it. */
function powerBelow(size: Tensor): Tensor {
  const guess = tf.clipByValue(tf.floor(tf.add(tf.mul(tf.log(size), Math.LOG2E), 126 - 1e-3)), 0, 253);
  const power = tf.gather(tf.tensor1d(powers), tf.cast(guess, "int32"));
  const double = tf.mul(power, 2);
  return tf.where(tf.lessEqual(double, size), double, power);
}

/**
 * With operations of float32 that every backend has, so that it runs in a compiled step too: adding 1.5 times a larger power of two and taking it away again rounds at the wanted bit, ties
 * to even. Every product is by a power of two and exact, so that a compiler may contract products and sums.
 */
export function roundTensor(x: Tensor, { digits, least, largest }: FloatFormat): Tensor {
  if (x.dtype !== "float32") return x;
  return tf.tidy(() => {
    const size = tf.abs(x);
    const finite = tf.lessEqual(size, 3.4028234663852886e38);
    // Numbers near the end of float32 are brought to the middle first; a power of two costs no digit.
    const big = tf.logicalAnd(finite, tf.greaterEqual(size, 2 ** 60));
    const near = tf.where(big, tf.mul(x, 2 ** -64), x);
    const power = powerBelow(tf.where(finite, tf.abs(near), tf.onesLike(size)));
    const shift = tf.mul(digits === 8 ? power : tf.maximum(power, 2 ** least), 1.5 * 2 ** (24 - digits));
    const rounded = tf.sub(tf.add(near, shift), shift);
    const back = tf.where(big, tf.mul(rounded, 2 ** 64), rounded);
    const within = digits === 8 ? tf.where(tf.less(size, 2 ** least), tf.zerosLike(x), back) : tf.where(tf.greater(tf.abs(back), largest), tf.mul(tf.sign(x), Number.POSITIVE_INFINITY), back);
    return tf.where(finite, within, x);
  });
}
