import { shown } from "../../arguments.js";

function checked(pValues: readonly number[]): readonly number[] {
  if (pValues.length === 0) throw new RangeError("expected at least one p-value, got none");
  pValues.forEach((p, at) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`expected p-values from 0 to 1, got ${shown(p)} at index ${at}`);
  });
  return pValues;
}

/**
 * P-values for several tests at once, so that the chance of any false alarm stays below alpha: compare them with alpha.
 *
 * @throws `expected p-values from 0 to 1, got NaN at index 1`; `expected at least one p-value, got none`.
 * Source: Holm 1979; statsmodels `multipletests(method="holm")`.
 * @example recommend.abTest.holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const order = Array.from(checked(pValues).keys()).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  order.forEach((at, rank) => (adjusted[at] = least = Math.max(least, Math.min(1, pValues[at] * (pValues.length - rank)))));
  return adjusted;
}

/**
 * P-values for several tests at once, so that of the alarms no more than alpha are false in the mean (independent or positively dependent tests).
 *
 * @throws as `holm`.
 * Source: Benjamini and Hochberg 1995; statsmodels `multipletests(method="fdr_bh")`.
 * @example recommend.abTest.benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = Array.from(checked(pValues).keys()).sort((a, b) => pValues[b] - pValues[a]);
  const adjusted = new Array<number>(pValues.length);
  let most = 1;
  order.forEach((at, rank) => (adjusted[at] = most = Math.min(most, (pValues[at] * pValues.length) / (pValues.length - rank))));
  return adjusted;
}
