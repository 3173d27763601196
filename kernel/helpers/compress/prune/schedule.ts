import { fraction, known, positive, whole } from "../../arguments.js";

export interface SparsitySchedule {
  /** Sparsity up to `begin`; default 0. */
  readonly initial?: number;
  /** Sparsity from `end` on. */
  readonly final: number;
  /** Default 0. */
  readonly begin?: number;
  readonly end: number;
  /** 3 (default) prunes fast while there is much to take; 1 is a straight line. */
  readonly power?: number;
}

/**
 * How sparse a network shall be after so many steps (or epochs): it rises from `initial` to `final` between `begin` and `end`,
 * fast first: `final + (initial - final) (1 - (step - begin) / (end - begin))^power`.
 *
 * @throws `expected final from 0 to 1, got 90`; `expected end to be a whole number >= 1, got 0`
 * @see Zhu & Gupta (2017), "To prune, or not to prune"
 * @example
 * compress.polynomialSparsity(350, { initial: 0.5, final: 0.9, begin: 100, end: 1100 }) // 0.73125
 */
export function polynomialSparsity(step: number, schedule: SparsitySchedule): number {
  known(schedule, ["initial", "final", "begin", "end", "power"]);
  const { initial = 0, final, begin = 0, end, power = 3 } = schedule;
  whole({ step });
  fraction({ initial });
  fraction({ final });
  whole({ begin });
  whole({ end }, begin + 1);
  positive({ power });
  const left = 1 - Math.min(1, Math.max(0, (step - begin) / (end - begin)));
  return left === 1 ? initial : final + (initial - final) * left ** power;
}
