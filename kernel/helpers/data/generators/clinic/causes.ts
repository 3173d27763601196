import type { Random } from "../../random.js";
import type { ClinicFeature, ClinicPatient, HiddenSite } from "./contract.js";

export const features: readonly ClinicFeature[] = Object.freeze(["age", "female", "bmi", "smoker", "activity", "systolic", "glucose", "cholesterol", "familyHistory", "rapidTest"] as const);

/** Log odds of heart disease: by year, by mmHg, by mmol/L. The orders of magnitude of cardiology, not its numbers. */
export const effects = Object.freeze({ age: 0.055, female: -0.6, smoker: 0.8, familyHistory: 0.7, systolic: 0.02, glucose: 0.3, cholesterol: 0.3 });

const list = [
  ["residence", "age"], ["site", "age"], ["residence", "smoker"], ["female", "smoker"], ["age", "activity"], ["residence", "activity"],
  ["age", "bmi"], ["activity", "bmi"], ["age", "systolic"], ["bmi", "systolic"], ["smoker", "systolic"], ["site", "systolic"],
  ["bmi", "glucose"], ["familyHistory", "glucose"], ["bmi", "cholesterol"], ["age", "cholesterol"], ["female", "cholesterol"],
  ...Object.keys(effects).map((cause) => [cause, "sick"] as const), ["site", "sick"],
  ["sick", "rapidTest"], ["sick", "diagnosis"], ["residence", "diagnosis"],
] as const;
export const edges: readonly (readonly [string, string])[] = Object.freeze(list.map((edge) => Object.freeze([...edge] as [string, string])));

/** Everything of a patient that comes before the disease, cause by cause. `pressure` is the true one, before the site's meter. */
export type Findings = Pick<ClinicPatient, "residence" | "age" | "female" | "bmi" | "smoker" | "activity" | "systolic" | "glucose" | "cholesterol" | "familyHistory"> & { pressure: number };

export function findings(draw: Random, villages: number, site: HiddenSite): Findings {
  const residence = draw.uniform() < villages ? "village" : "town";
  const rural = residence === "village" ? 1 : 0;
  const female = draw.uniform() < 0.52 ? 1 : 0;
  const familyHistory = draw.uniform() < 0.2 ? 1 : 0;
  const age = Math.round(limited(52 + 4 * rural + site.age + 14 * draw.normal(), 18, 95));
  const smoker = draw.uniform() < 0.3 + 0.08 * rural - 0.15 * female ? 1 : 0;
  const activity = rounded(limited(3.5 + 2 * rural - 0.03 * (age - 50) + 1.8 * draw.normal(), 0, 20), 1);
  const bmi = rounded(limited(26.5 + 0.03 * (age - 50) - 0.5 * (activity - 3.5) + 3.6 * draw.normal(), 15, 50), 1);
  const pressure = limited(126 + 0.45 * (age - 50) + 1.1 * (bmi - 26) + 3 * smoker + 11 * draw.normal(), 85, 220);
  const glucose = rounded(limited(5.4 + 0.07 * (bmi - 26) + 0.3 * familyHistory + 0.7 * draw.normal(), 3, 18), 1);
  const cholesterol = rounded(limited(5.1 + 0.04 * (bmi - 26) + 0.012 * (age - 50) + 0.15 * female + 0.8 * draw.normal(), 2.5, 10), 1);
  return { residence, age, female, bmi, smoker, activity, pressure, systolic: Math.round(pressure + site.meter), glucose, cholesterol, familyHistory };
}

/** Log odds of the disease, but for the level that the prevalence sets. */
export function logOdds(of: Findings, site: HiddenSite): number {
  return site.logOdds + effects.age * (of.age - 50) + effects.female * of.female + effects.smoker * of.smoker + effects.familyHistory * of.familyHistory
    + effects.systolic * (of.pressure - 126) + effects.glucose * (of.glucose - 5.4) + effects.cholesterol * (of.cholesterol - 5.1);
}

const limited = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
