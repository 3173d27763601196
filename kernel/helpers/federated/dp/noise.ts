import { nonNegative, whole } from "../../arguments.js";
import { normals } from "../../privacy/random/index.js";

/** Independent draws of a normal distribution with mean 0. The seam where another sampler is put in. */
export type NoiseSource = (count: number, scale: number) => Float32Array;

/**
 * Gaussian noise from the system's secure source: `privacy.random.normals`, whose docstring says what float32 noise guarantees and what not.
 * Where attacks on low bits matter, give another source: a discrete Gaussian on a grid.
 *
 * @param count how many, a whole number.
 * @param scale standard deviation, >= 0.
 * @example federated.gaussianNoise(3, 0) // [0, 0, 0]
 */
export function gaussianNoise(count: number, scale: number): Float32Array {
  whole({ count });
  nonNegative({ scale });
  return scale === 0 ? new Float32Array(count) : normals(count, { scale });
}

/** What a caller's source gave, checked: a wrong length or a NaN would be noise that is not there. */
export function draw(source: NoiseSource, count: number, scale: number): Float32Array {
  const noise = source(count, scale);
  if (!(noise instanceof Float32Array) || noise.length !== count) throw new RangeError(`expected noise to return ${count} float32 values, got ${noise instanceof Float32Array ? noise.length : typeof noise}`);
  for (const value of noise) if (!Number.isFinite(value)) throw new RangeError(`expected noise to return finite numbers, got ${value}`);
  return noise;
}
