import type { Budget, Cost } from "../budget/budget.js";
import type { NoiseOptions } from "../random/source.js";

/** Options of every mechanism. */
export interface MechanismOptions extends NoiseOptions {
  /** Pays for the release before anything is drawn; throws where it does not suffice. */
  budget?: Budget | undefined;
}

/** A noisy number that may be published, and what it cost. Plain data. */
export interface Release<T = number> {
  readonly value: T;
  /** What an accountant composes: the noise relative to the sensitivity. */
  readonly event: { readonly type: "laplace" | "gaussian"; readonly noiseMultiplier: number };
  /** What was spent; undefined for a Gaussian given by its noise multiplier alone: an accountant tells. */
  readonly spent?: Cost | undefined;
  /** Scale of the noise: b of Laplace, sigma of Gauss. */
  readonly scale: number;
  /** Every possible value is a multiple of this. */
  readonly grid: number;
}

export function pay(budget: Budget | undefined, cost: Cost | undefined, what: string): void {
  if (!budget) return;
  if (!cost) throw new TypeError(`expected epsilon and delta for a ${what} paid from a budget, got noiseMultiplier alone`);
  budget.spend({ ...cost, what });
}
