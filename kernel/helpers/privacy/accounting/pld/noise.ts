import { erfc } from "../normal.js";
import { cellPair, type Masses } from "./grid.js";
import type { CellPair } from "./pair.js";

/** Noise beyond this many deviations is counted as certain to give the record away: 1e-23 of it. */
const farthest = 10;

/** The loss without sampling that becomes this loss with it: ln((e^loss - (1 - rate)) / rate); -Infinity below what can occur. */
function unsampled(loss: number, rate: number): number {
  if (rate === 1) return loss;
  if (loss > 1) return loss + Math.log1p(-(1 - rate) * Math.exp(-loss)) - Math.log(rate);
  const inner = Math.expm1(loss) / rate;
  return inner <= -1 ? Number.NEGATIVE_INFINITY : Math.log1p(inner);
}

/** The loss after sampling: ln(1 - rate + rate e^loss). */
const sampled = (loss: number, rate: number): number =>
  rate === 1 ? loss : loss > 1 ? loss + Math.log(rate + (1 - rate) * Math.exp(-loss)) : Math.log1p(rate * Math.expm1(loss));

/**
 * Gaussian noise of deviation sigma, with the record moving the sum by 1, the record sampled with probability rate:
 * p is (1 - rate) N(0) + rate N(1), q is N(0). The loss grows with the outcome x.
 */
export function gaussianPair(sigma: number, rate: number, interval: number): CellPair {
  const wide = Math.SQRT2 * sigma;
  const x = (loss: number) => sigma * sigma * unsampled(loss, rate) + 0.5;
  const mix = (without: number, withRecord: number) => [(1 - rate) * without + rate * withRecord, without] as const;
  const masses: Masses = {
    below: (loss) => {
      const at = x(loss);
      return at === Number.NEGATIVE_INFINITY ? [0, 0] : mix(0.5 * erfc(-at / wide), 0.5 * erfc((1 - at) / wide));
    },
    above: (loss) => {
      const at = x(loss);
      return at === Number.NEGATIVE_INFINITY ? [1, 1] : mix(0.5 * erfc(at / wide), 0.5 * erfc((at - 1) / wide));
    },
  };
  const lossAt = (outcome: number) => sampled((2 * outcome - 1) / (2 * sigma * sigma), rate);
  return cellPair(masses, lossAt(-farthest * sigma), lossAt(1 + farthest * sigma), interval, rate === 1);
}

/** Laplace noise of scale b, the same way. Outcomes below 0 share the smallest loss, those above 1 the largest: two atoms, and cells between. */
export function laplacePair(scale: number, rate: number, interval: number): CellPair {
  const end = 1 / scale;
  const outcome = (loss: number) => Math.max(0, Math.min(1, (unsampled(loss, rate) * scale + 1) / 2));
  const part = (from: number, to: number) => -0.5 * Math.exp(-from / scale) * Math.expm1((from - to) / scale); // of the noise between two outcomes
  const mix = (without: number, withRecord: number) => [(1 - rate) * without + rate * withRecord, without] as const;
  const masses: Masses = {
    below: (loss) => mix(part(0, outcome(loss)), part(1 - outcome(loss), 1)),
    above: (loss) => mix(part(outcome(loss), 1), part(0, 1 - outcome(loss))),
  };
  const [low, high] = [sampled(-end, rate), sampled(end, rate)];
  const atom = (loss: number, [p, q]: readonly [number, number]) => ({ loss, p, q });
  const atoms = [atom(low, mix(0.5, 0.5 * Math.exp(-end))), atom(high, mix(0.5 * Math.exp(-end), 0.5))];
  return { ...cellPair(masses, low, high, interval, rate === 1), atoms };
}

/**
 * The worst of all mechanisms whose losses span at most epsilon: delta(e) = (e^(epsilon/2) - e^(e/2))^2 / (e^epsilon - 1),
 * the largest over the pairs of losses t and t - epsilon.
 */
export function boundedRangePair(epsilon: number, interval: number): CellPair {
  const scale = Math.exp(-epsilon / 2) / -Math.expm1(-epsilon); // e^(epsilon/2) / (e^epsilon - 1)
  const part = (a: number, b: number) => Math.exp(a) * Math.expm1(b - a); // e^b - e^a
  const clip = (loss: number) => Math.max(-epsilon, Math.min(epsilon, loss));
  const masses: Masses = {
    below: (loss) => [scale * part(-epsilon / 2, clip(loss) / 2), scale * part(-clip(loss) / 2, epsilon / 2)],
    above: (loss) => [scale * part(clip(loss) / 2, epsilon / 2), scale * part(-epsilon / 2, -clip(loss) / 2)],
  };
  return cellPair(masses, -epsilon, epsilon, interval, true);
}
