import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClinicOptions, ClinicPatient } from "../../../../../kernel/helpers/data/index.js";
import * as data from "../../../../../kernel/helpers/data/index.js";
import * as explain from "../../../../../kernel/helpers/explain/index.js";
import * as nn from "../../../../../kernel/helpers/nn/index.js";

const share = <T>(list: readonly T[], holds: (one: T) => boolean) => list.filter(holds).length / list.length;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("1,000 patients with ten features of numbers, and nothing missing", () => {
  const { rows, features, truth } = data.clinic();
  assert.deepEqual([rows.length, features.length, truth.patients.length], [1000, 10, 1000]);
  assert.ok(data.matrix(rows, features).flat().every(Number.isFinite));
  assert.equal(new Set(rows.map((row) => row.id)).size, 1000);
  assert.ok(rows.every((row) => row.age >= 18 && row.age <= 95 && row.activity >= 0 && row.systolic > 70));
});

test("as many are ill as the prevalence says, also where the disease is rare", () => {
  for (const prevalence of [0.005, 0.05, 0.25, 0.7]) {
    const { patients } = data.clinic({ count: 20_000, prevalence, sites: 4 }).truth;
    assert.ok(Math.abs(mean(patients.map((one) => one.risk)) - prevalence) < 1e-6);
    assert.ok(Math.abs(share(patients, (one) => one.sick === 1) - prevalence) < 4 * Math.sqrt((prevalence * (1 - prevalence)) / 20_000));
  }
});

test("the rapid test errs as its sensitivity and specificity say, and knows nothing else", () => {
  const { rows, truth } = data.clinic({ count: 20_000, sensitivity: 0.8, specificity: 0.95 });
  const positive = (sick: 0 | 1) => share(rows.filter((_, at) => truth.patients[at].sick === sick), (row) => row.rapidTest === 1);
  assert.ok(Math.abs(positive(1) - 0.8) < 0.02 && Math.abs(positive(0) - 0.05) < 0.01);
});

test("records forget only the ill of villages, as many as asked", () => {
  const { rows, truth } = data.clinic({ count: 20_000, underdiagnosis: 0.3 });
  rows.forEach((row, at) => assert.equal(row.diagnosis, truth.patients[at].missed ? 0 : truth.patients[at].sick));
  assert.ok(rows.every((row, at) => !truth.patients[at].missed || row.residence === "village"));
  const ill = truth.patients.filter((one, at) => one.sick === 1 && rows[at].residence === "village");
  assert.ok(Math.abs(share(ill, (one) => one.missed) - 0.3) < 0.03);
  assert.ok(data.clinic({ underdiagnosis: 0 }).truth.patients.every((one) => !one.missed));
});

test("other knobs leave the people as they were", () => {
  const body = (options: ClinicOptions) => data.clinic(options).rows.map((row) => ({ ...row, rapidTest: 0, diagnosis: 0 }));
  for (const options of [{ prevalence: 0.02 }, { underdiagnosis: 1 }, { sensitivity: 0.1 }, { specificity: 0.2 }]) assert.deepEqual(body(options), body({}));
});

test("hospitals are alike without a site effect, and differ the more the larger it is", () => {
  const clinics = [0, 0.5, 1].map((siteEffect) => data.clinic({ count: 12_000, sites: 6, siteEffect }));
  const range = ({ rows }: (typeof clinics)[number], of: (row: ClinicPatient) => number) => {
    const means = [1, 2, 3, 4, 5, 6].map((site) => mean(rows.filter((row) => row.site === site).map(of)));
    return Math.max(...means) - Math.min(...means);
  };
  for (const of of [(row: ClinicPatient) => row.systolic, (row: ClinicPatient) => row.age, (row: ClinicPatient) => row.diagnosis]) {
    const [none, half, full] = clinics.map((clinic) => range(clinic, of));
    assert.ok(none < half / 2 && half < full, `${none} ${half} ${full}`);
  }
  const { rows, truth } = clinics[1];
  truth.sites.forEach((site, at) => assert.ok(Math.abs(share(rows, (row) => row.site === at + 1) - site.share) < 0.02));
  truth.sites.forEach((site, at) => {
    const own = rows.filter((row) => row.site === at + 1);
    const unexplained = mean(own.map((row) => row.systolic - (126 + 0.45 * (row.age - 50) + 1.1 * (row.bmi - 26) + 3 * row.smoker)));
    assert.ok(Math.abs(unexplained - site.meter) < 5 * (11 / Math.sqrt(own.length)), `meter ${at + 1}: ${unexplained} for ${site.meter}`);
  });
  assert.deepEqual(data.clinic({ siteEffect: 0 }).rows, data.clinic({ siteEffect: 1 }).rows, "one site has no effect");
});

test("the planted patient is alone, extreme, and recorded against everything", () => {
  const { rows, truth } = data.clinic({ outlier: true });
  const planted = rows[truth.outlier!];
  const others = rows.filter((row) => row !== planted);
  assert.ok(others.every((row) => row.glucose < planted.glucose && row.systolic < planted.systolic && row.cholesterol < planted.cholesterol));
  assert.deepEqual([planted.diagnosis, planted.rapidTest, truth.patients[truth.outlier!].sick], [0, 1, 0]);
  const plain = data.clinic();
  assert.equal(plain.truth.outlier, undefined);
  assert.deepEqual(others, plain.rows.filter((_, at) => at !== truth.outlier), "all others are the same");
});

test("causes form a graph without cycles, and the disease can be learned from the findings, not only from the test", () => {
  const { rows, features, truth } = data.clinic({ count: 4000, underdiagnosis: 0 });
  const graph = explain.dag(truth.edges);
  assert.ok(Object.keys(truth.effects).every((cause) => graph.edges.some(([from, to]) => from === cause && to === "sick")));
  assert.ok([...features, "diagnosis"].every((name) => graph.nodes.includes(name)));
  const auc = (names: readonly (typeof features)[number][]) => {
    const scaler = data.standardize(data.matrix(rows.slice(0, 3000), names));
    const model = nn.logisticRegression({ x: scaler.apply(data.matrix(rows.slice(0, 3000), names)), y: rows.slice(0, 3000).map((row) => row.diagnosis) });
    const scores = model.predictProba(scaler.apply(data.matrix(rows.slice(3000), names))).map((row) => row[1]);
    return nn.rocCurve({ truth: rows.slice(3000).map((row) => row.diagnosis), scores }).auc;
  };
  const [all, without, alone] = [auc(features), auc(features.filter((name) => name !== "rapidTest")), auc(["rapidTest"])];
  assert.ok(without > 0.74 && all > without && all > alone && all < 0.97, `${all} ${without} ${alone}`);
});

test("the effects of the model come back from many patients, by unit", () => {
  const { rows, truth } = data.clinic({ count: 60_000, underdiagnosis: 0, seed: 2 });
  const names = ["age", "female", "smoker", "familyHistory", "systolic", "glucose", "cholesterol"] as const;
  const scaler = data.standardize(data.matrix(rows, names));
  const model = nn.logisticRegression({ x: scaler.apply(data.matrix(rows, names)), y: rows.map((row) => row.diagnosis) }, { l2: 0 });
  names.forEach((name, at) => {
    const found = model.coefficients[0][at] / scaler.deviation[at];
    assert.ok(Math.abs(found - truth.effects[name]) < 0.12 * Math.abs(truth.effects[name]) + 0.01, `${name}: ${found} for ${truth.effects[name]}`);
  });
});

test("the same seed makes the same clinic, and wrong knobs are named", () => {
  assert.deepEqual(data.clinic({ seed: 9, sites: 3 }).rows, data.clinic({ seed: 9, sites: 3 }).rows);
  assert.notDeepEqual(data.clinic({ seed: 9 }).rows, data.clinic({ seed: 8 }).rows);
  assert.throws(() => data.clinic({ prevalence: 2 }), { message: "expected prevalence from 0.002 to 0.8, got 2" });
  assert.throws(() => data.clinic({ hospitals: 3 } as ClinicOptions), /unknown option: hospitals/);
  assert.throws(() => data.clinic({ sites: 0 }), { message: "expected sites to be a whole number >= 1, got 0" });
});
