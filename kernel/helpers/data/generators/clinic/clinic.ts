import { fraction, known, whole } from "../../../arguments.js";
import { random, type Random } from "../../random.js";
import { shows } from "../../statistics/show.js";
import { within } from "../bias/people.js";
import { edges, effects, features, findings, logOdds } from "./causes.js";
import type { Clinic, ClinicOptions, ClinicPatient, HiddenPatient, HiddenSite } from "./contract.js";

const defaults: Required<ClinicOptions> = { count: 1000, prevalence: 0.25, sites: 1, siteEffect: 0.5, sensitivity: 0.7, specificity: 0.9, villages: 0.35, underdiagnosis: 0.2, outlier: false, seed: 1 };

/**
 * Invented patients of clinics where heart disease is looked for: ten findings that cause each other and the disease, a rapid test that errs, a record that forgets some of the ill from villages, and the truth.
 * Several `sites` make hospitals that differ (non-IID clients for `federated`); a small `prevalence` a rare disease; `outlier` plants one patient for attacks on privacy: every finding extreme and for the disease, and the
 * record says well, so that only a model that has seen this row can know it.
 *
 * @param options knobs with their ranges; the same people at the same `seed`, `count`, `sites` and `siteEffect`, whatever the others say
 * @returns `rows`, the names of the ten `features`, and `truth`
 * @throws `unknown option: hospitals (known: count, ...)`; `expected prevalence from 0.002 to 0.8, got 2`
 * @example
 * const clinic = data.clinic({ sites: 3, seed: 4 });
 * [clinic.rows.length, clinic.features.length] // [1000, 10]
 * const ill = clinic.truth.patients.filter((patient) => patient.sick).length / 1000;
 * Math.abs(ill - 0.25) < 0.05 // true
 * data.clinic({ outlier: true }).rows[data.clinic({ outlier: true }).truth.outlier!].glucose // 24.1
 */
export function clinic(options: ClinicOptions = {}): Clinic {
  const knobs = read(options);
  const draw = random(knobs.seed);
  const sites = hospitals(draw, knobs.sites, knobs.sites > 1 ? knobs.siteEffect : 0);
  const people = Array.from({ length: knobs.count }, () => {
    const site = chosen(sites, draw.uniform());
    const found = findings(draw, knobs.villages, sites[site]!);
    return { site, found, odds: logOdds(found, sites[site]!), fate: draw.uniform(), test: draw.uniform(), record: draw.uniform() };
  });
  const level = levelFor(people.map(({ odds }) => odds), knobs.prevalence);
  const planted = Math.floor(draw.uniform() * knobs.count);
  const width = String(knobs.count).length;
  const patients: HiddenPatient[] = [];
  const rows = people.map(({ site, found, odds, fate, test, record }, at): ClinicPatient => {
    const risk = chance(odds + level);
    const sick = fate < risk;
    const missed = sick && found.residence === "village" && record < knobs.underdiagnosis;
    const { residence, pressure: _, ...measured } = found;
    const head = { id: `p${String(at + 1).padStart(width, "0")}`, site: site + 1, residence };
    if (knobs.outlier && at === planted) {
      patients.push(Object.freeze({ sick: 0, risk, missed: false }));
      return { ...head, ...extreme };
    }
    patients.push(Object.freeze({ sick: bit(sick), risk, missed }));
    return { ...head, ...measured, rapidTest: bit(sick ? test < knobs.sensitivity : test >= knobs.specificity), diagnosis: bit(sick && !missed) };
  });
  const truth = Object.freeze({ patients: Object.freeze(patients), sites, ...(knobs.outlier && { outlier: planted }), edges, effects, knobs });
  return shows({ rows, features, truth }, () => [{ lines: told(rows, knobs.sites) }, { rows: rows.slice(0, 6) }]);
}

const extreme = { age: 95, female: 1, bmi: 49.5, smoker: 1, activity: 0, systolic: 231, glucose: 24.1, cholesterol: 11.2, familyHistory: 1, rapidTest: 1, diagnosis: 0 } as const;

const bit = (holds: boolean): 0 | 1 => (holds ? 1 : 0);
const chance = (odds: number): number => 1 / (1 + Math.exp(-odds));

function read(options: ClinicOptions): Readonly<Required<ClinicOptions>> {
  known(options, Object.keys(defaults));
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const knobs: Required<ClinicOptions> = { ...defaults, ...given };
  within({ count: whole({ count: knobs.count }, 20) }, 20, 200_000);
  within({ sites: whole({ sites: knobs.sites }, 1) }, 1, 50);
  within({ prevalence: knobs.prevalence }, 0.002, 0.8);
  for (const name of ["siteEffect", "sensitivity", "specificity", "villages", "underdiagnosis"] as const) fraction({ [name]: knobs[name] });
  if (typeof knobs.outlier !== "boolean") throw new TypeError(`expected outlier to be true or false, got ${String(knobs.outlier)}`);
  return Object.freeze(knobs);
}

function hospitals(draw: Random, count: number, effect: number): readonly HiddenSite[] {
  const raw = Array.from({ length: count }, () => ({ size: Math.exp(0.9 * effect * draw.normal()), age: 9 * effect * draw.normal(), logOdds: 1.2 * effect * draw.normal(), meter: 12 * effect * draw.normal() }));
  const all = raw.reduce((sum, { size }) => sum + size, 0);
  return Object.freeze(raw.map(({ size, ...site }) => Object.freeze({ share: size / all, ...site })));
}

/** The site whose part of [0, 1) the number falls in. */
function chosen(sites: readonly HiddenSite[], place: number): number {
  let end = 0;
  return Math.max(0, sites.findIndex(({ share }) => place < (end += share)));
}

/** What must be added to all log odds so that their chances have this mean. */
function levelFor(odds: readonly number[], prevalence: number): number {
  let [low, high] = [-40, 40];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (odds.reduce((sum, one) => sum + chance(one + middle), 0) / odds.length < prevalence) low = middle;
    else high = middle;
  }
  return low;
}

function told(rows: readonly ClinicPatient[], sites: number): string[] {
  const line = (name: string, own: readonly ClinicPatient[]): string => {
    const ill = own.filter((row) => row.diagnosis === 1).length;
    return `${name}: ${own.length.toLocaleString("en-US")} patients, ${ill.toLocaleString("en-US")} ill by their record${own.length ? ` (${((100 * ill) / own.length).toFixed(1)} %)` : ""}`;
  };
  return [
    `${rows.length.toLocaleString("en-US")} invented patients; what really holds of them is in .truth`,
    ...(["town", "village"] as const).map((residence) => line(residence === "town" ? "Towns" : "Villages", rows.filter((row) => row.residence === residence))),
    ...(sites > 1 ? Array.from({ length: sites }, (_, site) => line(`Hospital ${site + 1}`, rows.filter((row) => row.site === site + 1))) : []),
  ];
}
