import { logAdd, LogSum } from "./sum.js";
import type { Atom } from "../pld/pair.js";

/** RDP of Laplace noise whose pure epsilon is given (Mironov 2017, Proposition 6), exact. */
export function laplaceRdp(epsilon: number, order: number): number {
  if (epsilon === Number.POSITIVE_INFINITY) return epsilon;
  return epsilon + Math.log1p(((order - 1) * Math.expm1(epsilon * (1 - 2 * order))) / (2 * order - 1)) / (order - 1);
}

/** RDP of the worst mechanism that is epsilon-private: binary randomised response. */
export const pureRdp = (epsilon: number, order: number): number =>
  (logAdd(order * epsilon, (1 - order) * epsilon) - logAdd(0, epsilon)) / (order - 1);

/**
 * RDP of the worst mechanism whose losses span at most epsilon (Dong, Durfee, Rogers 2020): losses t and t - epsilon, with
 * the t that is worst at this order, where the derivative in e^t vanishes.
 */
export function boundedRangeRdp(epsilon: number, order: number): number {
  if (epsilon === 0) return 0;
  const u = epsilon + Math.log(-Math.expm1(-order * epsilon));
  const v = Math.log(-Math.expm1((1 - order) * epsilon));
  const t = Math.log((order - 1) / order) + u - v;
  return t + (u - Math.log(order) - (epsilon + Math.log(-Math.expm1(-epsilon)))) / (order - 1);
}

/** RDP from the losses themselves, the worse of the two directions. */
export function atomsRdp(atoms: readonly Atom[], order: number): number {
  const forward = new LogSum();
  const backward = new LogSum();
  for (const { loss, p, q } of atoms) {
    forward.add(Math.log(p) + (order - 1) * loss);
    backward.add(Math.log(q) - (order - 1) * loss);
  }
  return Math.max(0, forward.log, backward.log) / (order - 1);
}
