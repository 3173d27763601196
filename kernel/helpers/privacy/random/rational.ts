/** A fraction of whole numbers, denominator above 0; not necessarily in lowest terms. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const bits = new DataView(new ArrayBuffer(8));

/** Exactly the value of a finite double: mantissa times a power of two. */
export function rational(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite number, got ${value}`);
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const stored = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xf_ffff_ffff_ffffn;
  let mantissa = stored === 0 ? fraction : fraction | (1n << 52n);
  let exponent = (stored === 0 ? 1 : stored) - 1075;
  if (mantissa === 0n) return { n: 0n, d: 1n };
  // Lowest terms keep the samplers' numbers short.
  const even = BigInt.asUintN(64, mantissa & -mantissa).toString(2).length - 1;
  mantissa >>= BigInt(even);
  exponent += even;
  if (word >> 63n) mantissa = -mantissa;
  return exponent >= 0 ? { n: mantissa << BigInt(exponent), d: 1n } : { n: mantissa, d: 1n << BigInt(-exponent) };
}

export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });

/** a / b for b > 0. */
export const over = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d, d: a.d * b.n });

export const whole = (n: bigint): Rational => ({ n, d: 1n });

/** The largest whole number whose square is not above n >= 0. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  // Newton's steps from above fall until they reach the root.
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
