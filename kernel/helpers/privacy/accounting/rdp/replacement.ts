import { LogSum, logAdd } from "./sum.js";

const logExpm1 = (x: number) => x + Math.log(-Math.expm1(-x));

/** Above this order the differences would lose all digits, and cost its square. */
const exactUpTo = 256;

/**
 * An upper bound on the RDP of Gaussian noise on a batch drawn without replacement, for replacing one record
 * (Wang, Balle, Kasiviswanathan 2019, Theorem 27; between whole orders the convexity of (order - 1) RDP, their Corollary 10).
 *
 * @param rate batch size over data set size.
 * @param sigma noise relative to how far replacing a record moves the sum.
 */
export function withoutReplacement(rate: number, sigma: number, orders: readonly number[]): Float64Array {
  if (rate === 0) return new Float64Array(orders.length);
  if (sigma === 0) return new Float64Array(orders.length).fill(Number.POSITIVE_INFINITY);
  if (rate === 1) return Float64Array.from(orders, (order) => order / (2 * sigma * sigma));
  const highest = Math.max(...orders.map(Math.ceil).filter((order) => order <= exactUpTo), 2);
  const differences = forwardDifferences((k) => (k * (k - 1)) / (2 * sigma * sigma), highest + 1);
  const known = new Map<number, number>([[1, 0]]);
  const atWhole = (order: number): number => {
    const value = known.get(order) ?? wholeOrder(rate, sigma, order, differences);
    known.set(order, value);
    return value;
  };
  return Float64Array.from(orders, (order) => {
    const below = Math.floor(order);
    const part = order - below;
    return (part === 0 ? atWhole(order) : (1 - part) * atWhole(below) + part * atWhole(below + 1)) / (order - 1);
  });
}

function wholeOrder(rate: number, sigma: number, order: number, differences: Float64Array): number {
  const second = 1 / (sigma * sigma); // RDP of the Gaussian at order 2
  const sum = new LogSum();
  sum.add(0);
  let choose = Math.log(order); // ln C(order, k), from k = 1
  for (let k = 2; k <= order; k++) {
    choose += Math.log(order - k + 1) - Math.log(k);
    const simple = Math.LN2 + (k * (k - 1)) / (2 * sigma * sigma);
    const best = k === 2 ? Math.min(Math.log(4) + logExpm1(second), simple)
      : order <= exactUpTo ? Math.min(simple, Math.log(4) + 0.5 * (differences[2 * Math.floor(k / 2)]! + differences[2 * Math.ceil(k / 2)]!)) : simple;
    sum.add(best + k * Math.log(rate) + choose);
  }
  return sum.log;
}

/** ln |n-th forward difference at 0| of exp(f), for n = 0 to `most`: each difference is taken in logarithms with its sign. */
function forwardDifferences(f: (k: number) => number, most: number): Float64Array {
  const logs = Float64Array.from({ length: most + 1 }, (_, k) => f(k));
  const positive = new Array<boolean>(most + 1).fill(true);
  const result = new Float64Array(most + 1);
  result[0] = logs[0]!;
  for (let n = 1; n <= most; n++) {
    for (let k = 0; k <= most - n; k++) {
      const low = logs[k]!;
      const high = logs[k + 1]!;
      if (positive[k] !== positive[k + 1]) {
        logs[k] = logAdd(low, high);
        positive[k] = positive[k + 1]!;
      } else {
        const peak = Math.max(low, high);
        logs[k] = low === high ? Number.NEGATIVE_INFINITY : peak + Math.log1p(-Math.exp(-Math.abs(high - low)));
        positive[k] = high >= low === positive[k + 1]!;
      }
    }
    result[n] = logs[0]!;
  }
  return result;
}
