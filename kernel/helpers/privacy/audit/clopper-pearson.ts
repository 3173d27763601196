import { inside, known, shown, whole } from "../../arguments.js";
import { normalCdf, normalQuantile, bisect } from "../mechanisms/special.js";
import { gaussianDelta } from "../mechanisms/analytic.js";
import { betaQuantile } from "./beta.js";

/** What an attack got right and wrong. */
export interface AttackCounts {
  /** Members called members, of `positives`. */
  truePositives: number;
  positives: number;
  /** Others called members, of `negatives`. */
  falsePositives: number;
  negatives: number;
}

export interface AuditOptions {
  /** Chance that the bound is wrong, above 0 and below 1. Default 0.05. */
  significance?: number;
  /** delta of the guarantee that is tested, from 0 to below 1. Default 0. */
  delta?: number;
}

export interface EpsilonBound {
  /** True-positive rate is at least this. */
  readonly tprLower: number;
  /** False-positive rate is at most this. */
  readonly fprUpper: number;
  /** No (epsilon, delta) guarantee with a smaller epsilon is true. 0 where the attack shows nothing. */
  readonly epsilon: number;
}

export function auditOptions({ significance = 0.05, delta = 0 }: AuditOptions): { significance: number; delta: number } {
  if (!(typeof delta === "number" && delta >= 0 && delta < 1)) throw new RangeError(`expected delta from 0 to below 1, got ${shown(delta)}`);
  return { significance: inside({ significance }), delta };
}

export function rateBounds(counts: AttackCounts, significance: number): { tprLower: number; fprUpper: number } {
  known(counts, ["truePositives", "positives", "falsePositives", "negatives"]);
  const positives = whole({ positives: counts.positives }, 1);
  const negatives = whole({ negatives: counts.negatives }, 1);
  const truePositives = whole({ truePositives: counts.truePositives });
  const falsePositives = whole({ falsePositives: counts.falsePositives });
  if (truePositives > positives) throw new RangeError(`expected truePositives <= positives, got ${truePositives} of ${positives}`);
  if (falsePositives > negatives) throw new RangeError(`expected falsePositives <= negatives, got ${falsePositives} of ${negatives}`);
  const upper = (errors: number, n: number): number => (errors === n ? 1 : betaQuantile(1 - significance / 2, errors + 1, n - errors));
  return { tprLower: 1 - upper(positives - truePositives, positives), fprUpper: upper(falsePositives, negatives) };
}

/**
 * A lower bound on epsilon from an attack's counts: Clopper-Pearson bounds on both error rates at significance / 2 each, then ln((tprLower - delta) / fprUpper), not below 0.
 * Holds with probability 1 - significance where the trials are independent (one trained model each).
 *
 * @param counts `{ truePositives, positives, falsePositives, negatives }`
 * @throws `expected truePositives <= positives, got 5 of 4`; `expected significance above 0 and below 1, got 0`
 * @see Nasr et al. 2021 (arXiv 2101.04535); Jagielski, Ullman and Oprea 2020
 * @example
 * privacy.epsilonLowerBound({ truePositives: 90, positives: 100, falsePositives: 5, negatives: 100 }, { delta: 1e-5 }).epsilon // 1.98796
 */
export function epsilonLowerBound(counts: AttackCounts, options: AuditOptions = {}): EpsilonBound {
  known(options, ["significance", "delta"]);
  const { significance, delta } = auditOptions(options);
  const { tprLower, fprUpper } = rateBounds(counts, significance);
  return Object.freeze({ tprLower, fprUpper, epsilon: tprLower - delta > fprUpper ? Math.log((tprLower - delta) / fprUpper) : 0 });
}

/**
 * A lower bound for mechanisms known to be Gaussian: mu from the same bounds on the rates (quantile(1 - fprUpper) - quantile(1 - tprLower)), then the epsilon that mu means at delta. Tighter than `epsilonLowerBound`.
 *
 * @returns `{ mu, epsilon }`; `epsilon` is Infinity only for delta 0 and mu above 0
 * @see Dong, Roth and Su 2022; Nasr et al. 2023 (arXiv 2302.07956)
 * @example
 * privacy.gdpLowerBound({ truePositives: 90, positives: 100, falsePositives: 5, negatives: 100 }, { delta: 1e-5 }).mu // 2.141446
 */
export function gdpLowerBound(counts: AttackCounts, options: AuditOptions = {}): { readonly mu: number; readonly epsilon: number } {
  known(options, ["significance", "delta"]);
  const { significance, delta } = auditOptions(options);
  const { tprLower, fprUpper } = rateBounds(counts, significance);
  const mu = tprLower > 0 && fprUpper < 1 ? Math.max(0, -normalQuantile(fprUpper) + normalQuantile(tprLower)) : 0;
  return Object.freeze({ mu, epsilon: gdpEpsilon(mu, delta) });
}

function gdpEpsilon(mu: number, delta: number): number {
  // At epsilon 0 the total variation is the least delta.
  if (mu === 0 || 2 * normalCdf(mu / 2) - 1 <= delta) return 0;
  if (delta === 0) return Number.POSITIVE_INFINITY;
  let high = 1;
  while (gaussianDelta(1 / mu, high) > delta) high *= 2;
  return bisect((epsilon) => gaussianDelta(1 / mu, epsilon) <= delta, 0, high);
}

/**
 * What mu-Gaussian differential privacy means in other words: the noise multiplier that gives it, and delta at each epsilon.
 *
 * @param mu above 0
 * @example
 * privacy.gdpConversion(1, { epsilons: [0, 1] }).delta // [0.382925, 0.126937]
 */
export function gdpConversion(mu: number, options: { epsilons: readonly number[] }): { readonly sigma: number; readonly delta: readonly number[] } {
  known(options, ["epsilons"]);
  if (!(mu > 0 && Number.isFinite(mu))) throw new RangeError(`expected mu > 0, got ${shown(mu)}`);
  const delta = options.epsilons.map((epsilon) => {
    if (!(epsilon >= 0)) throw new RangeError(`expected epsilon >= 0, got ${shown(epsilon)}`);
    return gaussianDelta(1 / mu, epsilon);
  });
  return Object.freeze({ sigma: 1 / mu, delta: Object.freeze(delta) });
}
