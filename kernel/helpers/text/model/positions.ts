import * as tf from "@tensorflow/tfjs";
import { known, oneOf, positive, whole } from "../../arguments.js";

export interface SinusoidalOptions {
  /** "interleaved": sin, cos, sin, cos, ...; "halves": all sines, then all cosines. Default "interleaved", as in the paper. */
  layout?: "interleaved" | "halves";
  /** Of the longest wave; default 10000. */
  base?: number;
}

/**
 * Positions as waves of different length: column 2i is sin(p / base^(2i / width)), column 2i + 1 the cosine.
 *
 * @returns [positions, width]
 * @throws `expected width to be even, got 3`
 * @see Vaswani et al. (2017), section 3.5
 * @example text.sinusoidalPositions(2, 2) // [0, 1, 0.84, 0.54]
 */
export function sinusoidalPositions(positions: number, width: number, options: SinusoidalOptions = {}): tf.Tensor2D {
  known(options, ["layout", "base"]);
  whole({ positions }, 1);
  const layout = oneOf({ layout: options.layout ?? "interleaved" }, ["interleaved", "halves"]);
  const half = even({ width }) / 2;
  const values = new Float32Array(positions * width);
  waves(positions, half, positive({ base: options.base ?? 10000 }), (position, wave, angle) => {
    values[position * width + (layout === "halves" ? wave : 2 * wave)] = Math.sin(angle);
    values[position * width + (layout === "halves" ? half + wave : 2 * wave + 1)] = Math.cos(angle);
  });
  return tf.tensor2d(values, [positions, width]);
}

function even(named: Record<string, number>): number {
  const [[name, value]] = Object.entries(named) as [[string, number]];
  whole({ [name]: value }, 2);
  if (value % 2 !== 0) throw new RangeError(`expected ${name} to be even, got ${value}`);
  return value;
}

function waves(positions: number, half: number, base: number, told: (position: number, wave: number, angle: number) => void): void {
  for (let wave = 0; wave < half; wave++) {
    const frequency = base ** (-wave / half);
    for (let position = 0; position < positions; position++) told(position, wave, position * frequency);
  }
}

/** Cosines and sines [positions, size / 2] by which rotary positions turn. */
export function rotaryTables(positions: number, size: number, base = 10000): { cos: tf.Tensor2D; sin: tf.Tensor2D } {
  const half = even({ "the width of a head": size }) / 2;
  const [cos, sin] = [new Float32Array(positions * half), new Float32Array(positions * half)];
  waves(positions, half, base, (position, wave, angle) => {
    cos[position * half + wave] = Math.cos(angle);
    sin[position * half + wave] = Math.sin(angle);
  });
  return { cos: tf.tensor2d(cos, [positions, half]), sin: tf.tensor2d(sin, [positions, half]) };
}

/** Value i and i + size / 2 of each row as a point in the plane, turned by the angle of its position: queries and keys then match by distance alone. */
export function turnBy(x: tf.Tensor, { cos, sin }: { cos: tf.Tensor; sin: tf.Tensor }): tf.Tensor {
  return tf.tidy(() => {
    const [a, b] = tf.split(x, 2, -1) as [tf.Tensor, tf.Tensor];
    return tf.concat([tf.sub(tf.mul(a, cos), tf.mul(b, sin)), tf.add(tf.mul(b, cos), tf.mul(a, sin))], -1);
  });
}

/**
 * Rotary positions (RoPE): each row of x is turned by an angle that grows with its position, so that what queries and keys make of each
 * other depends on their distance alone.
 *
 * @param x [..., length, size], size even
 * @param options `start`: position of the first row, default 0; `base`: default 10000
 * @see Su et al. (2021), "RoFormer"; halves as in GPT-NeoX
 * @example text.rotaryPositions(tf.tensor2d([[1, 0], [1, 0]])) // [1, 0, 0.54, 0.84]
 */
export function rotaryPositions(x: tf.Tensor, options: { start?: number; base?: number } = {}): tf.Tensor {
  known(options, ["start", "base"]);
  const start = whole({ start: options.start ?? 0 });
  const [length, size] = x.shape.slice(-2) as [number, number];
  return tf.tidy(() => {
    const { cos, sin } = rotaryTables(start + length, size, positive({ base: options.base ?? 10000 }));
    return turnBy(x, { cos: tf.slice(cos, start), sin: tf.slice(sin, start) });
  });
}
