import { logErfc } from "../normal.js";
import type { RdpRule } from "./orders.js";
import { LogSum } from "./sum.js";

/**
 * RDP of Poisson-sampled Gaussian noise (Mironov, Talwar, Zhang 2019) at each order.
 * Whole orders have a finite sum. Fractional orders are two series with alternating signs: Opacus sums them as they are, dp-accounting
 * sums absolute values, an upper bound that loses no digits to cancellation. An order whose series does not settle is Infinity, which leaves it out.
 */
export function sampledGaussian(rate: number, sigma: number, orders: readonly number[], rule: RdpRule): Float64Array {
  if (rate === 0) return new Float64Array(orders.length);
  if (sigma === 0) return new Float64Array(orders.length).fill(Number.POSITIVE_INFINITY);
  if (rate === 1) return Float64Array.from(orders, (order) => order / (2 * sigma * sigma));
  const fractional = fractionalOrder(rate, sigma, rule);
  return Float64Array.from(orders, (order) => (Number.isInteger(order) ? wholeOrder(rate, sigma, order) : fractional(order)) / (order - 1));
}

/** ln sum over k of C(order, k) q^k (1-q)^(order-k) exp((k^2 - k) / (2 sigma^2)). */
function wholeOrder(rate: number, sigma: number, order: number): number {
  const odds = Math.log(rate) - Math.log1p(-rate);
  const sum = new LogSum();
  let term = order * Math.log1p(-rate); // ln C(order, k) q^k (1-q)^(order-k)
  for (let k = 0; k <= order; k++) {
    sum.add(term + (k * k - k) / (2 * sigma * sigma));
    term += Math.log(order - k) - Math.log(k + 1) + odds;
  }
  return sum.log;
}

/** Terms below the total by this many nats no longer matter. */
const negligible = 30;
const mostTerms: Record<RdpRule, number> = { "dp-accounting": 1000, opacus: 100_000 };

function fractionalOrder(rate: number, sigma: number, rule: RdpRule): (order: number) => number {
  const logRate = Math.log(rate);
  const logRest = Math.log1p(-rate);
  const z0 = sigma * sigma * (logRest - logRate) + 0.5;
  const wide = Math.SQRT2 * sigma;
  // Both erfc factors depend on the term and on the order's fraction only, so that the 99 fractional orders share ten tables of them.
  const tables = new Map<number, number[]>();
  const tail = (table: number, at: number, x: () => number): number => {
    let values = tables.get(table);
    if (!values) tables.set(table, (values = []));
    return (values[at] ??= logErfc(x()) - Math.LN2);
  };
  const most = mostTerms[rule];
  const absolute = rule === "dp-accounting";

  return (order) => {
    const above = Math.ceil(order);
    const part = Math.round((above - order) * 1e9) + 1; // 0 is the table of the first series
    const first = new LogSum();
    let coefficient = 0; // ln |C(order, k)|
    let sign: 1 | -1 = 1;
    let before0 = Number.NEGATIVE_INFINITY;
    let before1 = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < most; k++) {
      const j = order - k;
      const s0 = coefficient + k * logRate + j * logRest + (k * k - k) / (2 * sigma * sigma) + tail(0, k, () => (k - z0) / wide);
      const s1 = coefficient + j * logRate + k * logRest + (j * j - j) / (2 * sigma * sigma) + tail(part, k - above + 2000, () => (z0 - j) / wide);
      first.add(s0, absolute ? 1 : sign);
      first.add(s1, absolute ? 1 : sign);
      if (absolute ? s0 < before0 && s1 < before1 && Math.max(s0, s1) < first.log - negligible : Math.max(s0, s1) < -negligible) return first.log;
      before0 = s0;
      before1 = s1;
      coefficient += Math.log(Math.abs(j) / (k + 1));
      if (j < 0) sign = sign === 1 ? -1 : 1;
    }
    return Number.POSITIVE_INFINITY;
  };
}
