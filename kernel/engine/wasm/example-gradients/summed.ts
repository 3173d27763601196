import type { Plan } from "./contract.js";

/** A bias, or what else gets the sum over an example's positions. */
export function planSummed(value: number, { positions, n }: { positions: number; n: number }): Plan {
  const bytes = n * 4;
  const alone = positions === 1;
  return {
    bytes: alone ? 0 : bytes,
    start({ run, heap, out, scratch, dot }) {
      const at = (example: number) => (alone ? value + example * bytes : scratch);
      return {
        squared(example) {
          if (!alone) {
            heap.fill(0, scratch >>> 2, (scratch >>> 2) + n);
            run["sumColumns"]!(value + example * positions * bytes, scratch, positions, bytes);
          }
          return dot(at(example), at(example), bytes);
        },
        add: (example, weight) => run["addScaled"]!(at(example), out, bytes, weight),
      };
    },
  };
}
