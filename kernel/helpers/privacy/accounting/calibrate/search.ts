import { positive, shown } from "../../../arguments.js";

export interface SearchOptions {
  /** The result is within this of the best value, relative to it; default 1e-7. */
  tolerance?: number;
  /** Stop as soon as epsilon is within this below the target, as Opacus does (0.01 there). Default: only `tolerance` counts. */
  epsilonTolerance?: number;
}

/**
 * Narrows an interval whose `safe` end keeps epsilon at or below the target and whose `unsafe` end does not; returns the safe end.
 * So the answer is never on the wrong side, whatever the tolerance.
 */
export function narrow(spend: (value: number) => number, target: number, ends: { safe: number; unsafe: number; whole?: boolean }, options: SearchOptions): { value: number; epsilon: number } {
  const tolerance = positive({ tolerance: options.tolerance ?? 1e-7 });
  const enough = options.epsilonTolerance === undefined ? Number.NEGATIVE_INFINITY : target - positive({ epsilonTolerance: options.epsilonTolerance });
  let { safe, unsafe } = ends;
  let epsilon = spend(safe);
  while (epsilon < enough || enough === Number.NEGATIVE_INFINITY) {
    const gap = Math.abs(safe - unsafe);
    if (ends.whole ? gap <= 1 : gap <= (enough === Number.NEGATIVE_INFINITY ? tolerance : 1e-12) * Math.abs(safe)) break;
    const middle = ends.whole ? Math.floor((safe + unsafe) / 2) : (safe + unsafe) / 2;
    const spent = spend(middle);
    if (spent <= target) {
      safe = middle;
      epsilon = spent;
    } else unsafe = middle;
  }
  return { value: safe, epsilon };
}

/** Epsilon must be a number to aim at. */
export function checkTarget(epsilon: number, delta: number): void {
  positive({ epsilon });
  if (!(delta >= 0 && delta < 1)) throw new RangeError(`expected delta from 0 to below 1, got ${shown(delta)}`);
}
