import type { Examples, Plan, Site } from "./contract.js";

export interface Outer {
  /** Address of [B, positions, m]. */
  readonly left: number;
  /** Address of [B, positions, n]. */
  readonly right: number;
  readonly positions: number;
  readonly m: number;
  readonly n: number;
  readonly finite: boolean;
}

/** What it costs to write a number of G[i], square it and add it to the sum, in multiplications of a product of matrices (measured). */
const perNumber = 4;

/** Norms from products of positions with positions (Bu et al. 2022, ghost norm), or from the gradient in full? What both have in common, the work of one product, is left out. */
export const ghostIsCheaper = (positions: number, m: number, n: number): boolean => positions === 1 || positions * positions * (m + n) < perNumber * m * n;

export function planOuter(sizes: Omit<Outer, "left" | "right">, batch: number): { bytes: number; start(site: Site, left: number, right: number): Examples } {
  const { positions, m, n } = sizes;
  if (!ghostIsCheaper(positions, m, n)) return { bytes: m * n * 4, start: (site, left, right) => inFull(site, { ...sizes, left, right }) };
  // A scaled copy of right, a clean one of left, and two tables of positions with positions, or two numbers and later a weight for each example.
  const norms = 2 * Math.max(batch, positions * positions);
  return { bytes: (batch * positions * (n + (sizes.finite ? 0 : m)) + norms) * 4, start: (site, left, right) => byNorms(site, { ...sizes, left, right }) };
}

/** Each example's gradient is made, in a place that stays in the cache until it has been added. */
function inFull({ run, out, scratch, matMulScratch, dot }: Site, { left, right, positions, m, n }: Outer): Examples {
  const bytes = m * n * 4;
  return {
    squared(example) {
      run["matMul"]!(left + example * positions * m * 4, 1, m, right + example * positions * n * 4, n, 1, scratch, m, n, positions, 0, 0, matMulScratch);
      return dot(scratch, scratch, bytes);
    },
    add: (_example, weight) => run["addScaled"]!(scratch, out, bytes, weight),
  };
}

/** Norms without gradients; then one product for the whole sum. */
function byNorms(site: Site, { left, right, positions, m, n, finite }: Outer): Examples {
  const { run, heap, batch, out, matMulScratch, scratch, dot } = site;
  const [leftBytes, rightBytes] = [positions * m * 4, positions * n * 4];
  const [clean, norms] = [scratch + batch * rightBytes, scratch + batch * (rightBytes + (finite ? 0 : leftBytes))];
  if (positions === 1) {
    run["dotRows"]!(left, left, norms, batch, leftBytes);
    run["dotRows"]!(right, right, norms + batch * 4, batch, rightBytes);
  }
  const table = positions * positions * 4;
  const gram = (x: number, width: number, to: number) => run["matMul"]!(x, width, 1, x, 1, width, to, positions, positions, width, 0, 0, matMulScratch);
  return {
    squared(example) {
      if (positions === 1) return heap[(norms >>> 2) + example]! * heap[(norms >>> 2) + batch + example]!;
      gram(left + example * leftBytes, m, norms);
      gram(right + example * rightBytes, n, norms + table);
      const sum = dot(norms, norms + table, table);
      // Rounding can leave a sum of squares a little below 0. NaN stays.
      return sum < 0 ? 0 : sum;
    },
    add() {},
    finish(weights, used) {
      heap.set(weights, norms >>> 2);
      // A row is all of an example: each has one weight.
      run["Multiply"]!(right, norms, scratch, batch, rightBytes, rightBytes, 4, 0, 1);
      let from = left;
      if (used.includes(0)) {
        // 0 times infinity would be NaN.
        if (!finite) heap.copyWithin((from = clean) >>> 2, left >>> 2, (left + batch * leftBytes) >>> 2);
        used.forEach((one, example) => {
          if (one) return;
          heap.fill(0, (scratch + example * rightBytes) >>> 2, (scratch + (example + 1) * rightBytes) >>> 2);
          if (!finite) heap.fill(0, (clean + example * leftBytes) >>> 2, (clean + (example + 1) * leftBytes) >>> 2);
        });
      }
      run["matMul"]!(from, 1, m, scratch, n, 1, out, m, n, batch * positions, 0, 0, matMulScratch);
    },
  };
}

export const asPlan = (plan: ReturnType<typeof planOuter>, left: number, right: number): Plan => ({ bytes: plan.bytes, start: (site) => plan.start(site, left, right) });
