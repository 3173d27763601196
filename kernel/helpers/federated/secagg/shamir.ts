import { shown, whole } from "../../arguments.js";
import { randomBytes } from "./bytes.js";

export interface Share {
  readonly x: number;
  readonly y: bigint;
}

export interface ShareOptions {
  readonly shares: number;
  /** How many shares give the secret back; one fewer say nothing about it. */
  readonly threshold: number;
  /** A prime above the secret. Default 2^127 - 1. Not tested for being prime. */
  readonly prime?: bigint;
  /** The polynomial's other coefficients, threshold - 1 of them, for a lesson that shows them. Default: from the secure source. */
  readonly coefficients?: readonly bigint[];
}

export const defaultPrime = 2n ** 127n - 1n;

/**
 * Shamir's secret sharing over a prime field: the secret is the value at 0 of a random polynomial, the shares are its values at 1, 2, 3 ...
 * To be read and played with: secure aggregation itself shares its keys with the audited package shamir-secret-sharing (bytes, GF(2^8)),
 * since BigInt arithmetic takes a time that depends on the secret.
 * Source: Shamir 1979, "How to Share a Secret".
 *
 * @param secret from 0 to below the prime.
 * @throws `expected threshold at most 3 (shares), got 4`; `expected a secret from 0 to below the prime, got 300`.
 * @example federated.secure.shareSecret(123n, { shares: 3, threshold: 2, prime: 257n, coefficients: [81n] }).map(({ y }) => Number(y)) // [204, 28, 109]
 */
export function shareSecret(secret: bigint, options: ShareOptions): readonly Share[] {
  const { prime = defaultPrime } = options;
  const shares = whole({ shares: options.shares }, 1);
  const threshold = whole({ threshold: options.threshold }, 1);
  if (threshold > shares) throw new RangeError(`expected threshold at most ${shares} (shares), got ${threshold}`);
  if (typeof secret !== "bigint" || secret < 0n || secret >= prime) throw new RangeError(`expected a secret from 0 to below the prime, got ${shown(secret)}`);
  if (BigInt(shares) >= prime) throw new RangeError(`expected shares below the prime ${prime}, got ${shares}`);
  const coefficients = options.coefficients ?? Array.from({ length: threshold - 1 }, () => belowPrime(prime));
  if (coefficients.length !== threshold - 1) throw new RangeError(`expected ${threshold - 1} coefficients, got ${coefficients.length}`);
  return Array.from({ length: shares }, (_, at) => {
    const x = BigInt(at + 1);
    const y = [secret, ...coefficients].reduceRight((sum, coefficient) => modulo(sum * x + coefficient, prime), 0n);
    return Object.freeze({ x: at + 1, y });
  });
}

/**
 * The secret of at least `threshold` shares (Lagrange interpolation at 0). With fewer, the answer is a number that has
 * nothing to do with the secret: nothing in the shares can tell.
 *
 * @throws `expected shares of different x, got 2 twice`.
 * @example federated.secure.recoverSecret([{ x: 2, y: 28n }, { x: 3, y: 109n }], { prime: 257n }) === 123n // true
 */
export function recoverSecret(shares: readonly Share[], options: { prime?: bigint } = {}): bigint {
  const { prime = defaultPrime } = options;
  if (shares.length === 0) throw new RangeError("expected at least one share, got none");
  const seen = new Set<number>();
  for (const { x } of shares) {
    if (seen.has(x)) throw new RangeError(`expected shares of different x, got ${x} twice`);
    seen.add(x);
  }
  return shares.reduce((sum, { x, y }) => {
    let above = 1n;
    let below = 1n;
    for (const other of shares) {
      if (other.x === x) continue;
      above = modulo(above * BigInt(other.x), prime);
      below = modulo(below * BigInt(other.x - x), prime);
    }
    return modulo(sum + y * above * power(below, prime - 2n, prime), prime);
  }, 0n);
}

const modulo = (value: bigint, prime: bigint): bigint => ((value % prime) + prime) % prime;

/** Fermat: the inverse is the power p - 2. */
function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let result = 1n;
  for (let factor = base, rest = exponent; rest > 0n; rest >>= 1n, factor = modulo(factor * factor, prime)) if (rest & 1n) result = modulo(result * factor, prime);
  return result;
}

/** Uniform below the prime: 16 bytes more than needed, so that the rest of the division is even to 2^-128. */
function belowPrime(prime: bigint): bigint {
  const bytes = randomBytes(Math.ceil(prime.toString(16).length / 2) + 16);
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) % prime;
}
