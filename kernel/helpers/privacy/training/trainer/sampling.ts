import { fillSecure } from "../../random/fill.js";
import { fillSeeded } from "../../random/seeded.js";

/** A seed of its own for each step and purpose, so that a resumed training draws what an uninterrupted one would. */
export function stepSeed(seed: number | undefined, step: number, purpose: number): number | undefined {
  if (seed === undefined) return undefined;
  let mixed = (seed ^ Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) | 0;
}

const blockWords = 16384;

/**
 * Each of `examples` takes part on its own with probability `rate`, exact to 2^-64: what the accountant takes for granted. May be empty.
 * @returns their numbers, ascending
 */
export function poissonSample(examples: number, rate: number, seed?: number): Int32Array {
  if (rate >= 1) return Int32Array.from({ length: examples }, (_, at) => at);
  const fill = seed === undefined ? fillSecure : fillSeeded(seed);
  const high = Math.floor(rate * 2 ** 32);
  const low = Math.floor((rate * 2 ** 32 - high) * 2 ** 32);
  const words = new Uint32Array(Math.min(blockWords, Math.max(1, examples)));
  const one = new Uint32Array(1);
  const chosen: number[] = [];
  for (let at = 0; at < examples; at++) {
    const place = at % words.length;
    if (place === 0) fill(new Uint8Array(words.buffer));
    const word = words[place]!;
    if (word > high) continue;
    if (word === high) {
      // The first 32 bits leave it open: the next 32 decide.
      fill(new Uint8Array(one.buffer));
      if (one[0]! >= low) continue;
    }
    chosen.push(at);
  }
  return Int32Array.from(chosen);
}
