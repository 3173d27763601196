import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { generator } from "./generator.js";

/** Repeatable randomness for teaching. Not for privacy noise: that takes the system's secure source. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * A generator (xoroshiro128+) that gives the same numbers for the same seed, on every machine.
 *
 * @param seed an integer.
 * @throws `expected an integer seed, got 0.5`.
 * @example data.random(42).integer(1, 6) // 5
 */
export function random(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`expected an integer seed, got ${seed}`);
  const source = generator(seed);
  const uniform = () => uniformFloat64(source);
  const integer = (low: number, high: number) => uniformInt(source, low, high);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [order[last], order[other]] = [order[other], order[last]];
      }
      return order;
    },
  };
}
