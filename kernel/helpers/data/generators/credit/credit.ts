import type { BiasedTable, BiasKnobs, Decided } from "../bias/contract.js";
import { biasedTable } from "../bias/people.js";

/** One invented application for a loan. `observedLabel`: approved; `outcome`: paid back. */
export interface CreditApplication extends Decided {
  /** Thousands a year. */
  income: number;
  /** Payments as a share of income, 0.02 to 1. */
  debt: number;
  /** Years at the address, 0 to 40: means nothing. */
  years: number;
}

/**
 * Invented applications for a loan; otherwise as `hiring`. By default as the Boston mortgages (HMDA): 14 % of group B, 9.3 % of A and 28.3 % of B denied. Of the 19 points between them history (`baseRateGap` 0.54)
 * explains 10 and the bank's bias (`labelBias` 0.325) the rest, about as Munnell and others (1996) found with the applicants' papers at hand.
 *
 * @param options knobs with their ranges; by default `count` 2380, `share` 0.142, `rate` 0.907, `qualified` 0.9, `baseRateGap` 0.54, `proxy` 0.6, `labelBias` 0.325, `noise` 0, `explore` 0, `seed` 1
 * @returns `rows`, `twins` (each row with the group turned) and `truth`
 * @throws as `hiring`
 * @example
 * const { rows, truth } = data.credit({ seed: 3 });
 * rows.length // 2380
 * ["A", "B"].map((group) => (100 * (1 - truth.rates[group])).toFixed(1)) // ["9.3", "28.3"]
 * rows.some((row) => row.observedLabel === 0 && row.outcome !== null) // false
 */
export function credit(options: BiasKnobs = {}): BiasedTable<CreditApplication> {
  return biasedTable({
    defaults: { count: 2380, share: 0.142, rate: 0.907, qualified: 0.9, baseRateGap: 0.54, proxy: 0.6, labelBias: 0.325, noise: 0, explore: 0, seed: 1 },
    columns: ({ first, second, idle }) => ({
      income: Math.round(50 * Math.exp(0.4 * first)),
      debt: Number(Math.min(1, Math.max(0.02, 0.33 - 0.09 * second)).toFixed(3)),
      years: Math.floor(41 * idle),
    }),
    who: "applications", favour: "approved",
  }, options);
}
