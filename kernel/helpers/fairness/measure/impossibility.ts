import { fraction, inside, known } from "../../arguments.js";

/** Three of the four; the missing one follows. All above 0 and below 1, but the rates may be 0 or 1 where the relation allows. */
export interface ErrorRates {
  /** Share of positives, above 0 and below 1. */
  baseRate: number;
  /** Of those predicted positive, the share that is. */
  positivePredictiveValue: number;
  falsePositiveRate: number;
  falseNegativeRate: number;
}

/**
 * The relation between base rate p and the figures of any classifier (Chouldechova 2017): FPR = p / (1 - p) * (1 - PPV) / PPV * (1 - FNR). Give `baseRate` and two others; the answer
 * has all four.
 *
 * @throws `expected two of positivePredictiveValue, falsePositiveRate, falseNegativeRate, got 1`; `no classifier has these: falsePositiveRate would be 1.5`.
 * @example fairness.errorRateRelation({ baseRate: 0.5, positivePredictiveValue: 0.8, falseNegativeRate: 0.2 }).falsePositiveRate // 0.2
 */
export function errorRateRelation(given: Pick<ErrorRates, "baseRate"> & Partial<ErrorRates>): ErrorRates {
  known(given, ["baseRate", "positivePredictiveValue", "falsePositiveRate", "falseNegativeRate"]);
  const p = inside({ baseRate: given.baseRate });
  const odds = p / (1 - p);
  const rest = Object.entries(given).filter(([name, value]) => name !== "baseRate" && value !== undefined);
  if (rest.length !== 2) throw new RangeError(`expected two of positivePredictiveValue, falsePositiveRate, falseNegativeRate, got ${rest.length}`);
  for (const [name, value] of rest) fraction({ [name]: value });
  const { positivePredictiveValue: ppv, falsePositiveRate: fpr, falseNegativeRate: fnr } = given as ErrorRates;
  const all = {
    baseRate: p,
    positivePredictiveValue: ppv ?? (odds * (1 - fnr)) / (odds * (1 - fnr) + fpr),
    falsePositiveRate: fpr ?? ((odds * (1 - ppv)) / ppv) * (1 - fnr),
    falseNegativeRate: fnr ?? 1 - (fpr * ppv) / (odds * (1 - ppv)),
  };
  // A rate that the relation puts a rounding error outside [0, 1] is the end of the interval.
  for (const name of ["positivePredictiveValue", "falsePositiveRate", "falseNegativeRate"] as const) {
    const value = all[name];
    if (!(value >= -1e-12 && value <= 1 + 1e-12)) throw new RangeError(`no classifier has these: ${name} would be ${value}`);
    all[name] = Math.min(1, Math.max(0, value));
  }
  return Object.freeze(all);
}

export interface Impossibility {
  /** Figures of each group when two are the same for all: the third cannot be. */
  groups: Readonly<Record<string, ErrorRates>>;
  /** The figure that is forced apart, and by how much (max - min). 0 only if base rates are equal or the prediction is perfect. */
  forced: "positivePredictiveValue" | "falsePositiveRate" | "falseNegativeRate";
  difference: number;
}

/**
 * Why fairness measures clash: groups with unequal base rates cannot share positive predictive value, false-positive rate and false-negative rate, unless the prediction is perfect
 * (Chouldechova 2017; Kleinberg, Mullainathan, Raghavan 2016). Fix two for all groups, see the third.
 *
 * @example
 * const clash = fairness.impossibility({ baseRates: { a: 0.5, b: 0.2 }, positivePredictiveValue: 0.8, falseNegativeRate: 0.2 })
 * clash.forced // "falsePositiveRate"
 * clash.groups.b.falsePositiveRate // 0.05
 * clash.difference // 0.15
 */
export function impossibility(input: { baseRates: Readonly<Record<string, number>> } & Partial<Omit<ErrorRates, "baseRate">>): Impossibility {
  const { baseRates, ...fixed } = input;
  if (typeof baseRates !== "object" || baseRates === null || Object.keys(baseRates).length === 0) throw new TypeError("expected baseRates as { group: share of positives }");
  const groups = Object.fromEntries(Object.entries(baseRates).map(([name, baseRate]) => [name, errorRateRelation({ baseRate: inside({ [`baseRates.${name}`]: baseRate }), ...fixed })]));
  const forced = (["positivePredictiveValue", "falsePositiveRate", "falseNegativeRate"] as const).find((name) => fixed[name] === undefined)!;
  const values = Object.values(groups).map((one) => one[forced]);
  return Object.freeze({ groups, forced, difference: Math.max(...values) - Math.min(...values) });
}
