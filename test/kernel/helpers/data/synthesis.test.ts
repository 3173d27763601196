import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";
import * as privacy from "../../../../kernel/helpers/privacy/index.js";

test("each row that SMOTE makes lies between its row and its neighbour of the same class, and classes end up even", () => {
  const draw = data.random(3);
  const rows = Array.from({ length: 90 }, (_, at) => ({ x: draw.normal(), z: draw.normal() * 3, side: draw.uniform() < 0.5 ? "l" : "r", y: at < 12 ? "few" : at < 40 ? "some" : "many" }));
  const { synthetic, origins, counts, table } = data.smote(rows, { target: "y", neighbours: 3, seed: 1 });
  assert.deepEqual(counts, { many: [50, 50], some: [28, 50], few: [12, 50] });
  assert.equal(table.numRows(), 150);
  [...synthetic].forEach((row, at) => {
    const { row: from, neighbour, share } = origins[at]!;
    assert.equal(rows[from]!.y, row.y);
    assert.equal(rows[neighbour]!.y, row.y);
    for (const name of ["x", "z"] as const) assert.ok(Math.abs(row[name] - (rows[from]![name] + share * (rows[neighbour]![name] - rows[from]![name]))) < 1e-12);
    assert.ok(["l", "r"].includes(row.side));
  });
  assert.deepEqual([...data.smote(rows, { target: "y", neighbours: 3, seed: 1 }).synthetic], [...synthetic]);
  assert.throws(() => data.smote(rows, { target: "y", neighbours: 12 }), /expected more than 12 rows of class "few", got 12: give fewer neighbours/);
  assert.throws(() => data.smote(rows.map(({ y, side }) => ({ y, side })), { target: "y" }), /expected a column of numbers, got none/);
  assert.throws(() => data.smote([...rows, { x: null, z: 1, side: "l", y: "few" }], { target: "y" }), /expected numbers in column x, got a missing value in row 90/);
});

test("a copula keeps marginals and correlation, and copies no row of continuous data", async () => {
  const houses = (await data.load("ames")).map(({ Sale_Price, Gr_Liv_Area, Year_Built, Central_Air, Latitude }) => ({ Sale_Price, Gr_Liv_Area, Year_Built, Central_Air, Latitude }));
  const made = data.copula(houses).sample(3000, { seed: 4 });
  const { columns, correlation, copies } = data.fidelity(houses, made);
  // Two samples of about 3,000 differ by 0.035 in the largest gap 5 times in 100.
  for (const [name, distance] of Object.entries(columns)) assert.ok(distance < 0.045, `${name}: ${distance}`);
  assert.ok(correlation < 0.12, String(correlation));
  assert.equal(copies, 0);
  assert.ok([...made].every(({ Year_Built }) => Number.isInteger(Year_Built)));
  const apart = data.fidelity(houses, houses.map((row, at) => ({ ...row, Sale_Price: houses[(at * 7) % houses.length]!.Sale_Price })));
  assert.ok(apart.correlation > 0.5, "a shuffled column is seen");
});

test("a copula keeps dates, true and false, and how much is missing", () => {
  const draw = data.random(7);
  const rows = Array.from({ length: 500 }, (_, at) => ({ day: new Date(Date.UTC(2020, 0, 1 + at)), ok: draw.uniform() < 0.8, n: draw.uniform() < 0.25 ? null : draw.integer(1, 6) }));
  const made = [...data.copula(rows).sample(2000)];
  assert.ok(made.every(({ day }) => day instanceof Date && day >= rows[0]!.day && day <= rows[499]!.day));
  assert.ok(Math.abs(made.filter(({ ok }) => ok === true).length / 2000 - 0.8) < 0.04);
  assert.ok(Math.abs(made.filter(({ n }) => n === null).length / 2000 - 0.25) < 0.05);
  assert.throws(() => data.copula([{ a: 1 }]), /expected at least 3 rows, got 1/);
  assert.throws(() => data.copula([{ a: [1] }, { a: [2] }, { a: [3] }]), /expected numbers, dates or categories in column a, got an array of 1/);
});

const columns = { age: { edges: [20, 30, 40, 50, 60, 70], integer: true }, works: { categories: ["yes", "no"] }, town: { categories: ["A", "B", "C"] } } as const;
const people = (count: number, seed: number) => {
  const draw = data.random(seed);
  return Array.from({ length: count }, () => {
    const age = draw.integer(20, 69);
    return { age, works: draw.uniform() < (age < 60 ? 0.9 : 0.1) ? "yes" : "no", town: draw.uniform() < 0.6 ? "A" : draw.uniform() < 0.5 ? "B" : "C" };
  });
};

test("private synthesis spends what it says: the event's epsilon by an accountant of one's own is what is stated, and nearly all of what was asked", () => {
  for (const epsilon of [0.5, 1, 4]) {
    const { spent, event } = data.synthesizePrivately(people(200, 1), { columns, epsilon, delta: 1e-6, unsafeSeed: 3 });
    const counted = privacy.accountant().compose(event).epsilon(1e-6);
    assert.ok(Math.abs(counted - spent.epsilon) < 1e-9 && spent.epsilon <= epsilon && spent.epsilon > 0.98 * epsilon, `${spent.epsilon} ${counted}`);
  }
  const budget = privacy.budget({ epsilon: 1, delta: 1e-6 });
  data.synthesizePrivately(people(50, 1), { columns, epsilon: 0.75, budget, unsafeSeed: 1 });
  assert.throws(() => data.synthesizePrivately(people(50, 1), { columns, epsilon: 0.75, budget }), /budget exceeded/);
});

test("private synthesis keeps marginals and the strongest tie with enough privacy budget, and loses them without", () => {
  const real = people(4000, 2);
  const { table, pairs } = data.synthesizePrivately(real, { columns, epsilon: 3, unsafeSeed: 5 });
  assert.deepEqual(pairs[0], ["age", "works"], "the tie that is there is chosen first");
  assert.ok(Math.abs(table.numRows() - 4000) < 60, String(table.numRows()));
  for (const [name, distance] of Object.entries(data.fidelity(real, table).columns)) assert.ok(distance < 0.05, `${name}: ${distance}`);
  const working = (rows: Iterable<Record<string, any>>, old: boolean) => {
    const some = [...rows].filter(({ age }) => age !== null && age >= 60 === old);
    return some.filter(({ works }) => works === "yes").length / some.length;
  };
  assert.ok(working(table, false) > 0.8 && working(table, true) < 0.25);
  const noisy = data.synthesizePrivately(real, { columns, epsilon: 0.01, unsafeSeed: 5 });
  assert.ok(noisy.noise.pairs > 300);
});

test("the noise that private synthesis states is the noise that is there: in how many rows come out, and in ties that drown", () => {
  const few = { age: columns.age, works: columns.works };
  const real = people(200, 4);
  const sizes: number[] = [];
  const gaps: number[] = [];
  let stated = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { table, noise } = data.synthesizePrivately(real, { columns: few, epsilon: 0.1, delta: 1e-6, unsafeSeed: 100 * seed + 1 });
    stated = noise.columns;
    sizes.push(table.numRows());
    const share = (old: boolean) => {
      const some = [...table].filter(({ age }) => age !== null && age >= 60 === old);
      return some.filter(({ works }) => works === "yes").length / Math.max(1, some.length);
    };
    gaps.push(share(false) - share(true));
  }
  // The count is the mean of two sums, of 6 and of 3 noisy counts; below 1 it is cut off, so the upper half tells.
  const above = sizes.filter((size) => size > 200).map((size) => size - 200);
  const spread = Math.sqrt(above.reduce((sum, away) => sum + away ** 2, 0) / above.length);
  const expected = (stated * Math.sqrt(6 + 3)) / 2;
  assert.ok(spread > 0.7 * expected && spread < 1.4 * expected, `${spread} of ${expected}`);
  assert.ok(gaps.filter((gap) => gap < 0.4).length > 30, `a true gap of 0.8 must drown in noise of ${stated}`);
});

test("private synthesis is random where no seed is given, puts what is outside the domain in a bin of its own, and refuses domains that are none", () => {
  const rows = [...people(300, 3), { age: 200, works: "maybe", town: "D" }];
  const one = data.synthesizePrivately(rows, { columns, epsilon: 1 });
  const other = data.synthesizePrivately(rows, { columns, epsilon: 1 });
  assert.notDeepEqual([...one.table], [...other.table]);
  assert.ok([...one.table].every(({ age, works }) => (age === null || (age >= 20 && age <= 70)) && [null, "yes", "no"].includes(works)));
  assert.equal(data.synthesizePrivately(rows, { columns, epsilon: 1, count: 7 }).table.numRows(), 7);
  assert.throws(() => data.synthesizePrivately(rows, { columns: { age: { edges: [3, 2] } }, epsilon: 1 }), /expected increasing edges of age, got "3,2"/);
  assert.throws(() => data.synthesizePrivately(rows, { columns: { town: { categories: ["A", "A"] } }, epsilon: 1 }), /expected different categories of town/);
  assert.throws(() => data.synthesizePrivately(rows, { columns, epsilon: 0 }), /expected epsilon > 0, got 0/);
  assert.throws(() => data.synthesizePrivately(rows, { columns: {}, epsilon: 1 }), /expected at least 1 column, got none/);
});

test("augmented texts change at the rate asked for, repeat with their seed, and never become empty", () => {
  const text = "The quick brown fox, it jumps over the lazy dog near the old river bank today.";
  const backoff = data.backoff(["alpha beta gamma", "alpha gamma"]);
  const options = { noise: 0.3, backoff, copies: 400, seed: 5 };
  const made = data.augmentText([text], options);
  assert.deepEqual(data.augmentText([text], options), made);
  const greek = made.reduce((n, one) => n + (one.match(/alpha|beta|gamma/gi)?.length ?? 0), 0) / (400 * 16);
  assert.ok(Math.abs(greek - 0.3) < 0.03, String(greek));
  assert.ok(data.augmentText(["one two"], { drop: 1, copies: 20 }).every((one) => /^(one|two)$/.test(one)));
  for (const one of data.augmentText([text], { swap: 0.5, copies: 20 })) assert.deepEqual(one.match(/\w+/g)!.sort(), text.match(/\w+/g)!.sort(), "swapping loses no word");
  assert.deepEqual(data.augmentText([text], { replace: 0 }), [text]);
  assert.deepEqual(data.augmentText(["很好，GOOD"], { synonyms: { 好: ["棒"], good: ["nice"] }, replace: 1 }), ["很棒，NICE"]);
  assert.throws(() => data.augmentText([text], { noise: 0.1 }), /expected backoff for noise, got none/);
  assert.throws(() => data.augmentText([text], { drop: 2 }), /expected drop from 0 to 1, got 2/);
});
