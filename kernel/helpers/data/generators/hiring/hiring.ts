import type { BiasedTable, BiasKnobs, Decided } from "../bias/contract.js";
import { biasedTable } from "../bias/people.js";

/** One invented applicant. `observedLabel`: called back; `outcome`: did the job well. */
export interface Applicant extends Decided {
  /** Points of a test, 0 to 100. */
  test: number;
  /** Years of work, 0 to 30. */
  experience: number;
  /** Words of the letter, 120 to 400: means nothing. */
  letter: number;
}

/**
 * Invented applicants for a job, with one knob for each bias, the decision that was made, and the truth that no employer has. By default as in the résumé audit of Bertrand and Mullainathan (2004): two groups of one skill,
 * of which 9.7 % and 6.4 % are called back, because 0.258 standard deviations are taken off B's score.
 *
 * @param options knobs with their ranges; by default `count` 4000, `share` 0.5, `rate` 0.097, `qualified` 0.3, `baseRateGap` 0, `proxy` 0.6, `labelBias` 0.258, `noise` 0, `explore` 0, `seed` 1
 * @returns `rows`, `twins` (each row with the group turned) and `truth`
 * @throws `unknown option: bias (known: count, ...)`; `expected labelBias from -3 to 3, got 9`; `expected share above 0 and below 1, got 1`
 * @example
 * const { rows, truth } = data.hiring({ count: 1000, seed: 2 });
 * rows.length // 1000
 * [truth.rates.A, Number(truth.rates.B.toFixed(3))] // [0.097, 0.064]
 * data.hiring({ labelBias: 0 }).truth.rates.B // 0.097
 */
export function hiring(options: BiasKnobs = {}): BiasedTable<Applicant> {
  return biasedTable({
    defaults: { count: 4000, share: 0.5, rate: 0.097, qualified: 0.3, baseRateGap: 0, proxy: 0.6, labelBias: 0.258, noise: 0, explore: 0, seed: 1 },
    columns: ({ first, second, idle }) => ({
      test: Math.min(100, Math.max(0, Math.round(60 + 13 * first))),
      experience: Math.min(30, Math.max(0, Math.round(8 + 4 * second))),
      letter: Math.round(120 + 280 * idle),
    }),
    who: "applicants", favour: "called back",
  }, options);
}
