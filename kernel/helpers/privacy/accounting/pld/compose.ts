import { Fourier } from "./fourier.js";
import { checkPoints } from "./grid.js";
import type { Estimate, Pmf } from "./pmf.js";

/** Mass of the composition that may lie outside the window that is kept; a pessimistic estimate counts it as an infinite loss. */
const outside = 1e-15;

/** ln of what is 0 in double precision: after many steps most of a spectrum. */
const vanished = -746;

/**
 * What rounding in the transforms can take from delta: it grows with the square root of the number of steps. Measured against the exact
 * epsilon of Gaussian noise (5e-14 after 10,000 steps, 4e-13 after a million) and taken several times as large; not proven.
 */
const rounding = (steps: number): number => 2e-15 * Math.sqrt(steps);

export interface Part {
  pmf: Pmf;
  times: number;
}

/** Losses add up under composition, so their distributions convolve: one transform a distribution, a power, one transform back. */
export function compose(parts: readonly Part[], interval: number, estimate: Estimate): Pmf {
  const [only] = parts;
  if (!only) return { first: 0, mass: Float64Array.of(1), infinity: 0 };
  if (parts.length === 1 && only.times === 1) return only.pmf;
  const [low, high] = window(parts);
  const points = high - low + 1;
  checkPoints(points, interval);
  const size = Math.max(4, 2 ** Math.ceil(Math.log2(points)));
  const fourier = Fourier.of(size);
  const magnitude = new Float64Array(size / 2 + 1);
  const angle = new Float64Array(size / 2 + 1);
  for (const { pmf, times } of parts) {
    const folded = new Float64Array(size); // what lies farther than the window comes round, as it does in the product
    for (let k = 0; k < pmf.mass.length; k++) folded[k % size]! += pmf.mass[k]!;
    const spectrum = fourier.forward(folded);
    for (let k = 0; k <= size / 2; k++) {
      const re = spectrum[2 * k]!;
      if (magnitude[k]! < vanished) continue;
      const im = k === 0 || k === size / 2 ? 0 : spectrum[2 * k + 1]!;
      magnitude[k]! += 0.5 * times * Math.log(re * re + im * im);
      angle[k]! += times * Math.atan2(im, re);
    }
  }
  const product = new Float64Array(2 * size);
  for (let k = 0; k <= size / 2; k++) {
    if (magnitude[k]! < vanished) continue;
    const length = Math.exp(magnitude[k]!);
    product[2 * k] = length * Math.cos(angle[k]!);
    product[2 * k + 1] = k === 0 || k === size / 2 ? 0 : length * Math.sin(angle[k]!);
  }
  const sum = fourier.backward(product);
  const mass = Float64Array.from({ length: points }, (_, k) => Math.max(0, sum[(low + k) % size]!));
  const survive = parts.reduce((log, { pmf, times }) => log + times * Math.log1p(-pmf.infinity), 0);
  const infinity = -Math.expm1(survive) + (estimate === "pessimistic" ? outside + rounding(parts.reduce((steps, { times }) => steps + times, 0)) : 0);
  return { first: parts.reduce((at, { pmf, times }) => at + pmf.first * times, 0) + low, mass, infinity: Math.min(1, infinity) };
}

/** Between which steps (from the sum of the firsts) all but `outside` of the composition lies: Chernoff bounds at a few slopes. */
function window(parts: readonly Part[]): [low: number, high: number] {
  const longest = Math.max(...parts.map(({ pmf }) => pmf.mass.length));
  let variance = 0;
  for (const { pmf, times } of parts) variance += times * spread(pmf.mass);
  const logOutside = Math.log(2 / outside);
  let low = 0;
  let high = parts.reduce((at, { pmf, times }) => at + (pmf.mass.length - 1) * times, 0);
  const middle = Math.sqrt((2 * logOutside) / Math.max(variance, 1e-9));
  const slopes = [-3, -2, -1.5, -1, -0.5, 0, 1, 2].map((k) => Math.min(middle * 2 ** k, 500 / longest));
  for (const slope of new Set(slopes)) {
    for (const sign of [1, -1] as const) {
      let log = logOutside;
      for (const { pmf, times } of parts) log += times * logMoment(pmf.mass, sign * slope);
      if (sign === 1) high = Math.min(high, Math.ceil(log / slope));
      else low = Math.max(low, Math.floor(-log / slope));
    }
  }
  return [low, Math.max(low, high)];
}

function spread(mass: Float64Array): number {
  let [total, first, second] = [0, 0, 0];
  for (let k = 0; k < mass.length; k++) {
    total += mass[k]!;
    first += mass[k]! * k;
    second += mass[k]! * k * k;
  }
  return Math.max(0, second / total - (first / total) ** 2);
}

/** ln of the sum of mass e^(slope k). */
function logMoment(mass: Float64Array, slope: number): number {
  let sum = 0;
  for (let k = 0; k < mass.length; k += 1024) {
    // Powers by multiplication, started anew before rounding can gather.
    let weight = Math.exp(slope * k);
    const ratio = Math.exp(slope);
    const end = Math.min(mass.length, k + 1024);
    for (let at = k; at < end; at++) {
      sum += mass[at]! * weight;
      weight *= ratio;
    }
  }
  return Math.log(sum);
}
