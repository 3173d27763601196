import { known, whole } from "../../arguments.js";
import { accountant } from "./accountant.js";
import type { Accountant, AccountantOptions } from "./contract.js";
import type { PrivacyEvent } from "./events/event.js";

/** What the best attacker can do who must tell whether a record took part: two errors, of which one can only fall when the other grows. */
export interface TradeOff {
  /** How often the attacker accuses wrongly: from 0 to 1, evenly spaced. */
  readonly falsePositive: readonly number[];
  /** How often the attacker must then miss, at least. */
  readonly falseNegative: readonly number[];
}

/**
 * The trade-off curve (Dong, Roth, Su 2022) of an event, from the delta at many epsilons: never above the true one, so it promises no more than is proven.
 * Without any information the sum of both errors is 1; without any privacy it is 0.
 *
 * @param event what was done.
 * @param options.points number of points, default 101.
 * @param options options of `privacy.accountant`; default RDP, "pld" is tighter.
 * @example
 * const curve = privacy.tradeOff(privacy.events.gaussian({ noiseMultiplier: 1 }), { kind: "gdp", points: 11 });
 * [curve.falsePositive[1], curve.falseNegative[1]] // [0.1, 0.6109]
 */
export function tradeOff(event: PrivacyEvent, options: { points?: number } & AccountantOptions = {}): TradeOff {
  const { points = 101, ...rest } = options;
  return tradeOffOf(accountant(rest).compose(event), { points });
}

const epsilons = 400;

/**
 * The trade-off curve of everything an accountant has seen.
 *
 * @param of the accountant.
 * @param options.points number of points, default 101, at least 2.
 * @example
 * privacy.tradeOffOf(privacy.accountant({ kind: "gdp" }), { points: 3 }).falseNegative // [1, 0.5, 0]
 */
export function tradeOffOf(of: Accountant, options: { points?: number } = {}): TradeOff {
  known(options, ["points"]);
  const points = whole({ points: options.points ?? 101 }, 2);
  // Up to where delta is a billionth, or as far as there is an epsilon.
  const most = [1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9].map((delta) => of.epsilon(delta)).find(Number.isFinite) ?? 0;
  const lines = Array.from({ length: most === 0 ? 1 : epsilons }, (_, k) => {
    const epsilon = most * (k / (epsilons - 1)) ** 2;
    return { epsilon, rest: 1 - of.delta(epsilon) };
  });
  const falsePositive = Array.from({ length: points }, (_, k) => k / (points - 1));
  const falseNegative = falsePositive.map((alpha) =>
    lines.reduce((best, { epsilon, rest }) => Math.max(best, rest - Math.exp(epsilon) * alpha, Math.exp(-epsilon) * (rest - alpha)), 0));
  return Object.freeze({ falsePositive: Object.freeze(falsePositive), falseNegative: Object.freeze(falseNegative) });
}
