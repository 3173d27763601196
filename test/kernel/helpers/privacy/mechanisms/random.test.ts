import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";
import { normalCdf, normalQuantile } from "../../../../../kernel/helpers/privacy/mechanisms/special.js";
import { bernoulliExp } from "../../../../../kernel/helpers/privacy/random/exact.js";
import { fillFromWebCrypto } from "../../../../../kernel/helpers/privacy/random/fill.js";
import { integerRoot, rational } from "../../../../../kernel/helpers/privacy/random/rational.js";
import { sourceFor } from "../../../../../kernel/helpers/privacy/random/source.js";
import { gapAtTop } from "../../../../../kernel/helpers/privacy/random/ziggurat.js";
import { assertFits, folded, tally } from "./chi-square.js";

const { random } = privacy;

test("a double becomes exactly its fraction, from the smallest to the largest", () => {
  for (const value of [0, 1, -1, 0.1, 1 / 3, 2 ** -1074, Number.MAX_VALUE, -12345.6789, 2 ** 60, 5e-320]) {
    const { n, d } = rational(value);
    // Both parts as one quotient of exact numbers.
    assert.equal(Number((n << 1100n) / d) === 0 ? 0 : fromScaled((n << 1100n) / d), value === 0 ? 0 : value, String(value));
  }
  assert.throws(() => rational(Number.NaN), /expected a finite number, got NaN/);
});

/** k / 2^1100, exact for what is a double. */
function fromScaled(k: bigint): number {
  const negative = k < 0n;
  let size = negative ? -k : k;
  let shift = -1100;
  while (size > 0n && (size & 1n) === 0n) {
    size >>= 1n;
    shift += 1;
  }
  const half = Math.trunc(shift / 2);
  return (negative ? -1 : 1) * Number(size) * 2 ** half * 2 ** (shift - half);
}

test("the whole root of a number never misses, however large", () => {
  for (const n of [0n, 1n, 2n, 3n, 4n, 15n, 16n, 17n, (1n << 53n) - 1n, (1n << 200n) - 1n, 1n << 200n, (10n ** 400n) ** 2n, (10n ** 400n) ** 2n - 1n]) {
    const root = integerRoot(n);
    assert.ok(root * root <= n && (root + 1n) * (root + 1n) > n, String(n));
  }
});

test("whole numbers below a bound are all equally likely, also where the bound is no power of two or longer than a machine word", () => {
  const source = sourceFor({ unsafeSeed: 3 });
  for (const n of [2, 3, 5, 7, 100, 257]) {
    assertFits(tally(Array.from({ length: 20000 }, () => source.smallBelow(n)), 0, n - 1), Array.from({ length: n }, () => 20000 / n), `below ${n}`);
  }
  const large = 3n << 80n;
  assertFits(tally(Array.from({ length: 6000 }, () => Number(source.below(large) >> 80n)), 0, 2), [2000, 2000, 2000], "below 3 * 2^80");
});

test("a chance of exp(-x) comes true as often as it says, for x below and above 1", () => {
  const source = sourceFor({});
  for (const x of [0.001, 0.5, 1, 2.75]) {
    const exact = rational(x);
    const hits = Array.from({ length: 20000 }, () => Number(bernoulliExp(source, exact)));
    const p = Math.exp(-x);
    assertFits(tally(hits, 0, 1), [20000 * (1 - p), 20000 * p], `exp(-${x})`);
  }
});

test("discrete Laplace noise has exactly the distribution of its formula, from narrow to wide", () => {
  for (const scale of [0.3, 1, 2.5, 20]) {
    const reach = Math.ceil(12 * scale);
    const expected = folded((k) => Math.exp(-Math.abs(k) / scale), -reach, reach).map((p) => p * 20000);
    assertFits(tally(random.discreteLaplace(20000, { scale }), -reach, reach), expected, `scale ${scale}`);
  }
});

test("discrete Gaussian noise has exactly the distribution of its formula, from narrow to wide", () => {
  const n = 40000;
  for (const sigma of [0.5, 1, 3.3, 30]) {
    const reach = Math.ceil(5 * sigma);
    const drawn = random.discreteGaussian(n, { sigma });
    assertFits(tally(drawn, -reach, reach), folded((k) => Math.exp(-0.5 * (k / sigma) ** 2), -reach, reach).map((p) => p * n), `sigma ${sigma}`);
    // The width on its own, which many bins would blur: 7 deviations of a sum of squares.
    const { variance } = privacy.discreteGaussianDistribution({ sigma });
    const found = drawn.reduce((sum, k) => sum + k * k, 0) / n;
    if (sigma >= 1) assert.ok(Math.abs(found / variance - 1) < 7 * Math.sqrt(2 / n), `sigma ${sigma}: variance ${found} for ${variance}`);
  }
});

test("fast normals fit the normal distribution in the middle and in the far tail", () => {
  assert.ok(Math.abs(gapAtTop) < 1e-12, `the layers miss the top by ${gapAtTop}`);
  for (const [unsafeSeed, n] of [[undefined, 1_000_000], [7, 8_000_000]] as const) {
    let beyond = 0;
    let excess = 0;
    // Bins of 0.02 from -5.5 to 5.5, the ends with all beyond.
    const counts = Array.from({ length: 550 }, () => 0);
    for (const value of random.normals(n, { scale: 3, unsafeSeed })) {
      counts[Math.min(549, Math.max(0, Math.floor((value / 3 + 5.5) * 50)))]! += 1;
      if (Math.abs(value) > 3 * 3.7) {
        beyond += 1;
        excess += Math.abs(value) / 3 - 3.7;
      }
    }
    // Mean of Z - 3.7 where Z > 3.7; its deviation is a little less than the mean.
    const mean = Math.exp(-0.5 * 3.7 ** 2) / Math.sqrt(2 * Math.PI) / normalCdf(-3.7) - 3.7;
    assert.ok(Math.abs(excess / beyond / mean - 1) < 7 / Math.sqrt(beyond), `${n} values: mean excess ${excess / beyond} for ${mean}`);
    const below = (bin: number): number => (bin === 0 ? 0 : bin === 550 ? 1 : normalCdf(bin / 50 - 5.5));
    assertFits(counts, counts.map((_, bin) => n * (below(bin + 1) - below(bin))), `${n} values`);
    // The tail beyond 3.65, both sides together, in five bins of its own.
    const fold = (from: number, to: number) => counts.slice(from, to).reduce((sum, count) => sum + count, 0) + counts.slice(550 - to, 550 - from).reduce((sum, count) => sum + count, 0);
    const edges = [0, 60, 70, 80, 92];
    assertFits(edges.slice(1).map((to, at) => fold(edges[at]!, to)), edges.slice(1).map((to, at) => 2 * n * (below(to) - below(edges[at]!))), "tail");
  }
});

test("fast normals come whole in every length, repeat only under a seed, and keep to a grid where one is asked for", () => {
  for (const count of [0, 1, 2, 16383, 16384, 16385, 40000]) {
    // A value is exactly 0 about once in 2^24: never at one place in three draws, and never at five places of one.
    const draws = [1, 2, 3].map(() => random.normals(count));
    for (const values of draws) assert.ok(values.filter((value) => value === 0).length < 5);
    if (count > 0) assert.ok(draws.some((values) => values[count - 1] !== 0), `${count} values`);
    assert.ok(draws.every(({ length }) => length === count));
  }
  assert.deepEqual(random.normals(50, { unsafeSeed: 1 }), random.normals(50, { unsafeSeed: 1 }));
  assert.notDeepEqual(random.normals(50), random.normals(50));
  assert.ok(random.normals(5000, { scale: 2, grid: 2 ** -10 }).every((value) => Number.isInteger(value * 2 ** 10)));
  assert.throws(() => random.normals(5, { grid: 0.1 }), /expected grid to be a power of two, got 0.1/);
  assert.throws(() => random.normals(5, { grid: 2 ** -30 }), /expected grid >= scale \* 2\^-19/);
  assert.throws(() => random.normals(-1), /expected count to be a whole number >= 0, got -1/);
  assert.throws(() => random.normals(1, { scale: Number.NaN }), /expected scale >= 0, got NaN/);
  assert.throws(() => random.normals(1, { scale: 1e40 }), /expected scale <= 1e37/);
  assert.throws(() => random.normals(1, { seed: 1 } as never), /unknown option: seed/);
});

test("secure bytes are filled to the last one, in Node and in the page's pieces of 64 KiB", () => {
  for (const count of [0, 1, 65536, 65537, 200001]) {
    assert.equal(random.bytes(count).length, count);
    const page = new Uint8Array(count);
    fillFromWebCrypto(page);
    for (const view of [random.bytes(count), page]) {
      const tail = view.subarray(Math.max(0, count - 64));
      // All of 64 bytes zero: probability 2^-512.
      if (count >= 64) assert.ok(tail.some((byte) => byte !== 0), String(count));
    }
  }
});

test("normal probabilities and quantiles keep their relative accuracy far into the tail", () => {
  // mpmath 1.4.1, 40 digits: erfc(-x / sqrt(2)) / 2.
  for (const [x, p] of [[0, 0.5], [-1, 0.158655253931457], [-3, 0.00134989803163009], [-10, 7.61985302416053e-24], [-20, 2.75362411860623e-89], [1.7, 0.955434537241457]] as const) {
    assert.ok(Math.abs(normalCdf(x) / p - 1) < 1e-13, `${x}: ${normalCdf(x)}`);
    if (p < 0.9) assert.ok(Math.abs(normalQuantile(p) - x) < 1e-12, `${p}: ${normalQuantile(p)}`);
  }
});
