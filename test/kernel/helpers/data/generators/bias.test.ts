import assert from "node:assert/strict";
import { test } from "node:test";
import type { BiasKnobs, Decided, HiddenPerson } from "../../../../../kernel/helpers/data/index.js";
import * as data from "../../../../../kernel/helpers/data/index.js";

const kinds = { hiring: data.hiring, credit: data.credit } as const;
const share = <T>(list: readonly T[], holds: (one: T) => boolean) => list.filter(holds).length / list.length;
const of = (rows: readonly Decided[], group: "A" | "B") => rows.filter((row) => row.group === group);
const favoured = (rows: readonly Decided[], group: "A" | "B") => share(of(rows, group), (row) => row.observedLabel === 1);
const without = (rows: readonly object[], ...names: string[]) => rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))));
const peopleOf = (made: { rows: readonly Decided[]; truth: { people: readonly HiddenPerson[] } }, group: "A" | "B") => made.truth.people.filter((_, at) => made.rows[at].group === group);

test("by default invented applicants are called back as in the résumé audit, and loans denied as in HMDA", () => {
  const hired = data.hiring({ count: 100_000 });
  assert.deepEqual([hired.truth.rates.A, Number(hired.truth.rates.B.toFixed(3))], [0.097, 0.064]);
  const lent = data.credit({ count: 100_000 });
  assert.deepEqual((["A", "B"] as const).map((group) => Number((1 - lent.truth.rates[group]).toFixed(3))), [0.093, 0.283]);
  for (const { rows, truth } of [hired, lent]) for (const group of ["A", "B"] as const) assert.ok(Math.abs(favoured(rows, group) - truth.rates[group]) < 0.012, `${group}: ${favoured(rows, group)} for ${truth.rates[group]}`);
});

test("the rates that the truth names are those that come out, whatever the knobs", () => {
  const settings: BiasKnobs[] = [{ baseRateGap: 1 }, { labelBias: -0.5 }, { noise: 2 }, { noise: 1, baseRateGap: 0.4, labelBias: 0.3, rate: 0.4 }, { share: 0.2, rate: 0.7 }];
  for (const make of Object.values(kinds)) for (const knobs of settings) {
    const { rows, truth } = make({ count: 20_000, ...knobs });
    for (const group of ["A", "B"] as const) assert.ok(Math.abs(favoured(rows, group) - truth.rates[group]) < 0.025, `${JSON.stringify(knobs)} ${group}: ${favoured(rows, group)} for ${truth.rates[group]}`);
  }
});

test("each knob moves what it governs and leaves the rest of the same people alone", () => {
  const skills = (knobs: BiasKnobs) => data.hiring({ count: 500, ...knobs }).truth.people.map((one) => one.skill);
  for (const knobs of [{ labelBias: 2 }, { noise: 3 }, { proxy: 0 }, { explore: 1 }, { rate: 0.5 }]) assert.deepEqual(skills(knobs), skills({}), JSON.stringify(knobs));
  const plain = data.hiring({ count: 2000, labelBias: 0 });
  assert.deepEqual(plain.rows.map((row) => row.observedLabel), plain.truth.people.map((one) => one.fairLabel), "without label bias the decision is the fair one");
  const biased = data.hiring({ count: 2000, labelBias: 1 });
  assert.deepEqual(without(biased.rows, "observedLabel", "outcome"), without(plain.rows, "observedLabel", "outcome"), "label bias changes labels only");
  assert.ok(biased.rows.every((row, at) => row.group === "A" ? row.observedLabel === plain.rows[at].observedLabel : row.observedLabel <= plain.rows[at].observedLabel));
  const gap = data.hiring({ count: 20_000, baseRateGap: 1 });
  const mean = (group: "A" | "B") => { const own = peopleOf(gap, group); return own.reduce((sum, one) => sum + one.skill, 0) / own.length; };
  assert.ok(Math.abs(mean("A") - mean("B") - 1) < 0.05);
});

test("the district tells the group as far as the proxy goes", () => {
  const right = (proxy: number) => { const { rows } = data.hiring({ count: 20_000, proxy }); return share(rows, (row) => (row.district > 3) === (row.group === "B")); };
  assert.ok(Math.abs(right(0) - 0.5) < 0.02);
  assert.ok(Math.abs(right(0.6) - 0.8) < 0.02);
  assert.equal(right(1), 1);
});

test("noise blurs the measurements of B and not its skill", () => {
  const spread = (noise: number, group: "A" | "B") => {
    const made = data.credit({ count: 20_000, share: 0.5, noise, baseRateGap: 0 });
    const logs = made.rows.flatMap((row, at) => (row.group === group ? [Math.log(row.income / 50) / 0.4 - made.truth.people[at].skill] : []));
    return Math.sqrt(logs.reduce((sum, value) => sum + value ** 2, 0) / logs.length);
  };
  assert.ok(Math.abs(spread(1, "A") - 0.7) < 0.03 && Math.abs(spread(1, "B") - 1.4) < 0.06);
});

test("an outcome is seen only of those who were decided for, and of the rest as far as it is explored", () => {
  const { rows, truth } = data.credit({ count: 5000 });
  rows.forEach((row, at) => assert.equal(row.outcome, row.observedLabel === 1 ? truth.people[at].trueQualified : null));
  const explored = data.credit({ count: 20_000, explore: 0.25 }).rows.filter((row) => row.observedLabel === 0);
  assert.ok(Math.abs(share(explored, (row) => row.outcome !== null) - 0.25) < 0.03);
  const all = data.credit({ count: 500, explore: 1 });
  assert.deepEqual(all.rows.map((row) => row.outcome), all.truth.people.map((one) => one.trueQualified));
});

test("a twin differs in the group, and in the decision only through label bias", () => {
  for (const make of Object.values(kinds)) {
    const { rows, twins } = make({ count: 3000, labelBias: 0.8 });
    assert.deepEqual(without(rows, "group", "observedLabel", "outcome"), without(twins, "group", "observedLabel", "outcome"));
    rows.forEach(({ group, observedLabel }, at) => {
      assert.notEqual(group, twins[at].group);
      assert.ok(group === "A" ? twins[at].observedLabel <= observedLabel : twins[at].observedLabel >= observedLabel);
    });
    assert.ok(rows.some((row, at) => row.observedLabel !== twins[at].observedLabel));
    const fair = make({ count: 3000, labelBias: 0 });
    assert.deepEqual(fair.rows.map((row) => row.observedLabel), fair.twins.map((row) => row.observedLabel));
  }
});

test("columns keep to their ranges, and carry skill or nothing as they say", () => {
  const { rows, truth } = data.hiring({ count: 20_000, noise: 3 });
  assert.ok(rows.every((row) => row.test >= 0 && row.test <= 100 && row.experience >= 0 && row.experience <= 30 && row.letter >= 120 && row.letter <= 400 && row.district >= 1 && row.district <= 6));
  const a = rows.map((row, at) => ({ ...row, skill: truth.people[at].skill })).filter((row) => row.group === "A");
  const correlation = (name: "test" | "experience" | "letter") => {
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [x, y] = [a.map((row) => row[name] as number), a.map((row) => row.skill)];
    const [mx, my] = [mean(x), mean(y)];
    return mean(x.map((value, at) => (value - mx) * (y[at] - my))) / Math.sqrt(mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2)));
  };
  assert.ok(correlation("test") > 0.75 && correlation("experience") > 0.75 && Math.abs(correlation("letter")) < 0.03);
});

test("the same seed makes the same people, another seed others", () => {
  for (const make of Object.values(kinds)) {
    assert.deepEqual(make({ count: 200, seed: 5 }).rows, make({ count: 200, seed: 5 }).rows);
    assert.notDeepEqual(make({ count: 200, seed: 5 }).rows, make({ count: 200, seed: 6 }).rows);
  }
});

test("a knob that is out of its range or misspelt is named", () => {
  assert.throws(() => data.hiring({ labelBias: 9 }), { message: "expected labelBias from -3 to 3, got 9" });
  assert.throws(() => data.hiring({ share: 1 }), { message: "expected share above 0 and below 1, got 1" });
  assert.throws(() => data.credit({ count: 5 }), { message: "expected count to be a whole number >= 10, got 5" });
  assert.throws(() => data.credit({ count: 300_000 }), { message: "expected count from 10 to 200,000, got 300000" });
  assert.throws(() => data.hiring({ bias: 1 } as BiasKnobs), /unknown option: bias \(known: count, share/);
});

test("a table shows what can be seen, and not the truth", () => {
  const made = data.credit({ count: 1000 });
  const show = (made as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]()["text/plain"];
  assert.match(show, /1,000 invented applications; .*\nGroup A: \d+ applications, \d+ approved \([\d.]+ %\)\nGroup B: /);
  assert.ok(!/skill|trueQualified|fairLabel/.test(show));
});

test("two groups: shares above any threshold are those that the truth names", () => {
  const { rows, truth } = data.twoGroups({ count: 40_000, positives: { B: 0.2 }, shift: 0.4, separation: 2 });
  for (const group of ["A", "B"] as const) for (const threshold of [-0.5, 0.7, 1.8]) {
    const own = rows.filter((row) => row.group === group);
    const above = truth.above(group, threshold);
    const seen = (part: typeof own) => share(part, (row) => row.score > threshold);
    assert.ok(Math.abs(seen(own) - above.selected) < 0.01);
    assert.ok(Math.abs(seen(own.filter((row) => row.label === 1)) - above.truePositive) < 0.02);
    assert.ok(Math.abs(seen(own.filter((row) => row.label === 0)) - above.falsePositive) < 0.015);
  }
  assert.throws(() => data.twoGroups({ positives: { A: 1 } }), { message: "expected positives.A above 0 and below 1, got 1" });
});
