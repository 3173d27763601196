import { renyiDelta } from "./convert.js";

/** (e^x - 1) / x, also near 0. */
const expm1Over = (x: number) => (Math.abs(x) < 1e-8 ? 1 + x / 2 : Math.expm1(x) / x);
/** ln x / (x - 1), also near 1. */
const logOver = (x: number) => (Math.abs(x - 1) < 1e-8 ? 1 - (x - 1) / 2 : Math.log(x) / (x - 1));

/** Mean of the truncated negative binomial with stopping probability gamma (Papernot, Steinke 2022, Definition 1). */
function meanRuns(gamma: number, shape: number): number {
  if (shape === 1) return 1 / gamma;
  return shape === 0 ? 1 / (gamma * logOver(gamma)) : 1 / (gamma * expm1Over(shape * Math.log(gamma)) * logOver(gamma));
}

/** The gamma of a mean, from below, so that the bound stays a bound. */
function stopping(mean: number, shape: number): number {
  if (shape === 1) return 1 / mean;
  let low = 0;
  let high = Math.min(1, (2 * (shape + 1)) / mean);
  while (high > low * (1 + 1e-9)) {
    const gamma = (low + high) / 2;
    if (meanRuns(gamma, shape) < mean) high = gamma;
    else low = gamma;
  }
  return low;
}

/**
 * RDP of repeating a random number of times and giving out the best result: Papernot, Steinke 2022, Theorem 6 (Poisson) and Theorem 2
 * (truncated negative binomial, with the second order chosen among those given, and the monotony of RDP for low orders).
 */
export function repeatAndSelectRdp(orders: readonly number[], rdp: Float64Array, mean: number, shape: number | "poisson"): Float64Array {
  if (shape === "poisson") {
    return Float64Array.from(orders, (order, k) => rdp[k]! + mean * renyiDelta({ orders, rdp, epsilon: Math.log1p(1 / (order - 1)) }).delta + Math.log(mean) / (order - 1));
  }
  const logGamma = Math.log(stopping(mean, shape));
  const constant = (1 + shape) * Math.min(...orders.map((order, k) => (1 - 1 / order) * rdp[k]! - logGamma / order));
  const bound = orders.map((order, k) => rdp[k]! + Math.log(mean) / (order - 1) + constant);
  return Float64Array.from(orders, (order) => Math.min(...bound.filter((_, k) => orders[k]! >= order)));
}
