import { nonNegative, oneOf, sameLength } from "../../../arguments.js";
import { checkDelta } from "../events/refuse.js";
import type { RdpRule } from "./orders.js";

/** Below this order the conversion divides by almost nothing. */
const lowestOrder = 1.01;

/**
 * Epsilon from an RDP curve: the smallest over the orders of rdp + ln(1 - 1/order) - ln(delta * order) / (order - 1)
 * (Canonne, Kamath, Steinke 2020, Proposition 12; also Balle et al. 2020).
 * The rule "dp-accounting" adds the bound by KL divergence (epsilon is 0 where delta^2 > 1 - e^-rdp), skips orders up to 1.01 and
 * gives 0 instead of a negative number; "opacus" does none of the three, so that a very private curve gives a number below 0, as Opacus does.
 *
 * @param data.orders orders > 1.
 * @param data.rdp as many values, each >= 0; Infinity leaves an order out.
 * @param data.delta from 0 to below 1. With 0, epsilon is Infinity unless every value is 0.
 * @param data.rule default "dp-accounting".
 * @returns epsilon and the order that gave it.
 * @example
 * privacy.renyiEpsilon({ orders: [2, 8, 32], rdp: [1.1, 1.1, 1.1], delta: 1e-5 }) // { epsilon: 1.327838, order: 32 }
 */
export function renyiEpsilon(data: { orders: readonly number[]; rdp: ArrayLike<number>; delta: number; rule?: RdpRule }): { readonly epsilon: number; readonly order: number } {
  const { orders, rdp, rule = "dp-accounting" } = data;
  oneOf({ rule }, ["dp-accounting", "opacus"]);
  sameLength({ orders, rdp });
  const delta = checkDelta(data.delta);
  const careful = rule === "dp-accounting";
  let best = Number.POSITIVE_INFINITY;
  let at = orders[0] ?? Number.NaN;
  for (let k = 0; k < orders.length; k++) {
    const order = orders[k]!;
    const value = rdp[k]!;
    let epsilon = Number.POSITIVE_INFINITY;
    if (delta === 0) epsilon = value === 0 ? 0 : epsilon;
    else if (careful && (value < 0 || delta * delta + Math.expm1(-value) > 0)) epsilon = 0;
    else if (!careful || order > lowestOrder) epsilon = value + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
    if (epsilon < best) {
      best = epsilon;
      at = order;
    }
  }
  return Object.freeze({ epsilon: careful ? Math.max(0, best) : best, order: at });
}

/**
 * Delta from an RDP curve: the smallest over the orders of exp((order - 1)(rdp - epsilon + ln(1 - 1/order))) / order and sqrt(1 - e^-rdp).
 *
 * @param data.orders orders > 1.
 * @param data.rdp as many values.
 * @param data.epsilon >= 0.
 * @example
 * privacy.renyiDelta({ orders: [2, 8, 32], rdp: [1.1, 1.1, 1.1], epsilon: 1.32783806176 }) // { delta: 0.00001000, order: 32 }
 */
export function renyiDelta(data: { orders: readonly number[]; rdp: ArrayLike<number>; epsilon: number }): { readonly delta: number; readonly order: number } {
  const { orders, rdp } = data;
  sameLength({ orders, rdp });
  const epsilon = nonNegative({ epsilon: data.epsilon });
  let best = Number.POSITIVE_INFINITY;
  let at = orders[0] ?? Number.NaN;
  for (let k = 0; k < orders.length; k++) {
    const order = orders[k]!;
    const value = rdp[k]!;
    let log = value <= 0 ? Number.NEGATIVE_INFINITY : 0.5 * Math.log1p(-Math.exp(-value));
    if (order > lowestOrder && value < Number.POSITIVE_INFINITY) log = Math.min(log, (order - 1) * (value - epsilon + Math.log1p(-1 / order)) - Math.log(order));
    if (log < best) {
      best = log;
      at = order;
    }
  }
  return Object.freeze({ delta: Math.min(1, Math.exp(best)), order: at });
}
