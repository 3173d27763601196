import { whole } from "../../arguments.js";
import { hkdf, keystream } from "./crypto.js";

/**
 * A mask: numbers modulo 2^32 that nobody without the seed can tell from random. The key is HKDF-SHA256(seed, info "secagg-mask-v1"),
 * the numbers are its AES-256-CTR keystream from counter 0, read as little-endian 32-bit integers. All 256 bits of the seed count
 * (Flower's SecAgg+ folds its seed to 32 bits, of which 28 vary: a server can search those).
 * A seed must be used for one vector only.
 *
 * @param seed 32 bytes.
 * @param count how many numbers.
 * @throws `expected a seed of 32 bytes, got 4`.
 * @example (await federated.secure.mask(new Uint8Array(32), 4)).length // 4
 */
export async function mask(seed: Uint8Array, count: number): Promise<Uint32Array> {
  if (seed.length !== 32) throw new RangeError(`expected a seed of 32 bytes, got ${seed.length}`);
  whole({ count });
  const key = await hkdf(seed, { info: "secagg-mask-v1" });
  const bytes = await keystream(key, 4 * count);
  if (littleEndian) return new Uint32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Uint32Array.from({ length: count }, (_, at) => view.getUint32(4 * at, true));
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Adds (or subtracts) modulo 2^32, in place: a Uint32Array wraps by itself. */
export function addMask(vector: Uint32Array, other: Uint32Array, sign: 1 | -1): void {
  for (let at = 0; at < vector.length; at++) vector[at] = vector[at]! + sign * other[at]!;
}

export interface PairSeed {
  /** Place of the other client in the order that all share. */
  readonly other: number;
  /** 32 bytes that only the two know. */
  readonly seed: Uint8Array;
}

/**
 * A vector under its pairwise masks: the mask with every later client is added, with every earlier one subtracted, modulo 2^32. In the sum
 * over all clients the masks cancel and the exact sum of the vectors modulo 2^32 is left.
 *
 * @param vector unsigned 32-bit integers.
 * @param options `self`: place of this client; `pairs`: the others, with the seeds shared with them.
 * @example
 * const seed = new Uint8Array(32);
 * const a = await federated.secure.maskVector(Uint32Array.of(1, 2), { self: 0, pairs: [{ other: 1, seed }] });
 * const b = await federated.secure.maskVector(Uint32Array.of(10, 20), { self: 1, pairs: [{ other: 0, seed }] });
 * a.map((value, at) => value + b[at]) // [11, 22]
 */
export async function maskVector(vector: Uint32Array, options: { self: number; pairs: readonly PairSeed[] }): Promise<Uint32Array> {
  const masked = vector.slice();
  for (const { other, seed } of options.pairs) {
    if (other === options.self) throw new RangeError(`expected the pairs to be with others, got ${other}, which is the client itself`);
    addMask(masked, await mask(seed, masked.length), other > options.self ? 1 : -1);
  }
  return masked;
}
