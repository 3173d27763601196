import type { Objective } from "./logistic-loss.js";
import { solveDefinite } from "./solve.js";

export interface Minimum {
  theta: Float64Array;
  value: number;
  iterations: number;
  converged: boolean;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
};
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Newton's method with halved steps; ends where the step promises less than rounding. A matrix that is not definite ends it unconverged. */
export function newton(objective: Objective, iterations: number): Minimum {
  let theta = new Float64Array(objective.size);
  let gradient = new Float64Array(objective.size);
  let value = objective.at(theta, gradient);
  for (let step = 1; step <= iterations; step++) {
    const direction = solveDefinite(objective.hessian(theta), gradient);
    if (!direction || !direction.every(Number.isFinite)) return { theta, value, iterations: step, converged: false };
    const promise = dot(gradient, direction);
    // Where the best lies at infinity, steps stay long however little they promise.
    if (promise <= 1e-13 * (1 + Math.abs(value)) && largest(direction) <= 1e-6 * (1 + largest(theta))) {
      // The last step costs nothing and doubles the digits.
      theta = theta.map((one, at) => one - direction[at]);
      return { theta, value: objective.at(theta, gradient), iterations: step, converged: true };
    }
    for (let scale = 1; ; scale /= 2) {
      const next = theta.map((one, at) => one - scale * direction[at]);
      const slope = new Float64Array(objective.size);
      const lower = objective.at(next, slope);
      if (lower <= value - 1e-4 * scale * promise || scale < 1e-10) {
        [theta, gradient, value] = [next, slope, lower];
        break;
      }
    }
  }
  return { theta, value, iterations, converged: false };
}

const memory = 12;

/** L-BFGS (Nocedal 1980) with a line search for the weak Wolfe conditions; for many parameters. Ends at a gradient below `tolerance` in every place. */
export function lbfgs(objective: Objective, iterations: number, tolerance: number): Minimum {
  const { size } = objective;
  let theta = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = objective.at(theta, gradient);
  const pairs: { step: Float64Array; change: Float64Array; rho: number }[] = [];
  for (let round = 1; round <= iterations; round++) {
    if (largest(gradient) <= tolerance) return { theta, value, iterations: round - 1, converged: true };
    const direction = gradient.slice();
    const alphas: number[] = [];
    for (const { step, change, rho } of pairs.toReversed()) {
      const alpha = rho * dot(step, direction);
      alphas.push(alpha);
      for (let at = 0; at < size; at++) direction[at] -= alpha * change[at];
    }
    const last = pairs.at(-1);
    const scale = last ? 1 / (last.rho * dot(last.change, last.change)) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
    for (let at = 0; at < size; at++) direction[at] *= scale;
    pairs.forEach(({ step, change, rho }, place) => {
      const beta = alphas[pairs.length - 1 - place] - rho * dot(change, direction);
      for (let at = 0; at < size; at++) direction[at] += beta * step[at];
    });
    const slope = -dot(gradient, direction);
    let [low, high, length] = [0, Infinity, 1];
    let next = theta;
    const slopes = new Float64Array(size);
    let lower = value;
    for (let tries = 0; tries < 60; tries++) {
      next = theta.map((one, at) => one - length * direction[at]);
      lower = objective.at(next, slopes);
      if (!(lower <= value + 1e-4 * length * slope)) high = length;
      else if (-dot(slopes, direction) < 0.9 * slope) low = length;
      else break;
      length = high < Infinity ? (low + high) / 2 : 2 * low;
    }
    const step = next.map((one, at) => one - theta[at]);
    const change = slopes.map((one, at) => one - gradient[at]);
    const curve = dot(step, change);
    // Rounding has the last word: no lower value, no curve.
    if (!(lower <= value) || !(curve > 0)) return { theta, value, iterations: round, converged: largest(gradient) <= 1e3 * tolerance };
    pairs.push({ step, change, rho: 1 / curve });
    if (pairs.length > memory) pairs.shift();
    [theta, gradient, value] = [next, slopes, lower];
  }
  return { theta, value, iterations, converged: largest(gradient) <= tolerance };
}
