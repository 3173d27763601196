/** Numbers as IEEE 754 binary16, the "half precision" in which weights are shared. Plain integers: nothing of TensorFlow.js is needed to read or write a file. */

const exponentBits = 0x7c00;

/** Bits of the nearest half numbers, ties to even; beyond 65504 infinite. */
export function halfBits(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
  const out = new Uint16Array(bits.length);
  for (let at = 0; at < bits.length; at++) out[at] = halfOf(bits[at]!);
  return out;
}

function halfOf(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const size = single & 0x7fffffff;
  if (size > 0x7f800000) return 0x7e00;
  if (size >= 0x47800000) return sign | exponentBits;
  // Below 2^-14 the half numbers are the multiples of 2^-24.
  if (size < 0x38800000) return sign | toEven(((size & 0x7fffff) | (size < 0x800000 ? 0 : 0x800000)) * 2 ** (Math.max(size >>> 23, 1) - 126));
  // 13 bits go; a carry runs into the exponent, as it should.
  return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
}

function toEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

/** All 65,536 of them, looked up: a model has millions. */
let numbers: Float32Array | undefined;

/** The numbers that the bits stand for. */
export function halfNumbers(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const table = (numbers ??= Float32Array.from({ length: 0x10000 }, (_, half) => numberOf(half)));
  const out = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) out[at] = table[halves[at]!]!;
  return out;
}

function numberOf(half: number): number {
  const [sign, exponent, rest] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 1023];
  if (exponent === 31) return rest === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? rest * 2 ** -24 : (1024 + rest) * 2 ** (exponent - 25));
}
