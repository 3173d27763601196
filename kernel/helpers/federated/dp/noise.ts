import { nonNegative, whole } from "../../arguments.js";
import { secureUniforms } from "./secure-uniform.js";

/** Independent draws of a normal distribution with mean 0. The seam where another sampler is put in. */
export type NoiseSource = (count: number, scale: number) => Float32Array;

/**
 * Gaussian noise from the system's secure source (Box-Muller over 53-bit uniforms of `crypto.getRandomValues`).
 *
 * Not covered: attacks on the low bits of floating-point noise (Mironov 2012; Haney et al. 2022). Where those matter, give another
 * source: a discrete Gaussian on a grid.
 *
 * @param count how many, a whole number.
 * @param scale standard deviation, >= 0.
 * @example federated.gaussianNoise(3, 0) // [0, 0, 0]
 */
export function gaussianNoise(count: number, scale: number): Float32Array {
  whole({ count });
  nonNegative({ scale });
  const noise = new Float32Array(count);
  if (scale === 0) return noise;
  const uniforms = secureUniforms(2 * Math.ceil(count / 2));
  for (let at = 0; at < count; at += 2) {
    const radius = scale * Math.sqrt(-2 * Math.log(uniforms[at]!));
    const angle = 2 * Math.PI * uniforms[at + 1]!;
    noise[at] = radius * Math.cos(angle);
    if (at + 1 < count) noise[at + 1] = radius * Math.sin(angle);
  }
  return noise;
}

/** What a caller's source gave, checked: a wrong length or a NaN would be noise that is not there. */
export function draw(source: NoiseSource, count: number, scale: number): Float32Array {
  const noise = source(count, scale);
  if (!(noise instanceof Float32Array) || noise.length !== count) throw new RangeError(`expected noise to return ${count} float32 values, got ${noise instanceof Float32Array ? noise.length : typeof noise}`);
  for (const value of noise) if (!Number.isFinite(value)) throw new RangeError(`expected noise to return finite numbers, got ${value}`);
  return noise;
}
