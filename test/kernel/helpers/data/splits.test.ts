import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";

interface Row { id: number; label: string; patient: number; day: number }
const rows = (count: number, seed: number): Row[] => {
  const draw = data.random(seed);
  return Array.from({ length: count }, (_, id) => ({ id, label: ["a", "a", "a", "b", "b", "c"][draw.integer(0, 5)]!, patient: draw.integer(0, count / 4), day: draw.integer(0, 30) }));
};
const ids = (part: readonly Row[]) => part.map(({ id }) => id);

test("every split of every kind puts each row in exactly one part, over sizes, shares and seeds", () => {
  for (const count of [10, 37, 200]) for (const seed of [1, 2]) for (const share of [0.1, 0.33, 0.5]) {
    const all = rows(count, seed);
    for (const kind of [{}, { by: (row: Row) => row.patient }, { stratify: (row: Row) => row.label }, { time: (row: Row) => row.day }]) {
      const { train, test: held } = data.split(all, { test: share, seed, ...kind });
      assert.deepEqual([...ids(train), ...ids(held)].sort((a, b) => a - b), ids(all));
      assert.ok(train.length > 0 && held.length > 0);
    }
  }
});

test("a stratified split keeps each class's share to within one row", () => {
  for (const seed of [1, 2, 3]) for (const share of [0.1, 0.25, 0.4]) {
    const all = rows(300, seed);
    const { test: held } = data.split(all, { test: share, seed, stratify: (row) => row.label });
    assert.equal(held.length, Math.round(300 * share));
    for (const label of ["a", "b", "c"]) {
      const [inAll, inTest] = [all, held].map((part) => part.filter((row) => row.label === label).length) as [number, number];
      assert.ok(Math.abs(inTest - inAll * share) < 1, `${label}: ${inTest} of ${inAll}`);
    }
  }
});

test("a split in time has every test row after every training row, and cuts no day apart", () => {
  for (const seed of [1, 2, 3]) {
    const { train, test: held } = data.split(rows(100, seed), { test: 0.3, time: (row) => row.day });
    assert.ok(Math.max(...train.map(({ day }) => day)) < Math.min(...held.map(({ day }) => day)));
  }
  assert.throws(() => data.split([{ day: 1 }, { day: 1 }], { time: (row) => row.day }), /expected at least 2 different times, got 1/);
  assert.throws(() => data.split([{ day: "May" }, { day: "June" }], { time: (row) => row.day as never }), /expected a date or a number from time, got "May" in row 0/);
});

test("folds hold each row out exactly once; groups stay together, classes are spread to within one row", () => {
  for (const folds of [2, 3, 5]) {
    const all = rows(101, folds);
    for (const kind of [{}, { by: (row: Row) => row.patient }, { stratify: (row: Row) => row.label }]) {
      const made = data.folds(all, { folds, ...kind });
      assert.deepEqual(made.flatMap(({ test: held }) => ids(held)).sort((a, b) => a - b), ids(all));
      for (const { train, test: held } of made) assert.equal(train.length + held.length, all.length);
      if ("by" in kind) for (const { train, test: held } of made) assert.ok(!held.some((row) => train.some((other) => other.patient === row.patient)));
      if ("stratify" in kind) for (const label of ["a", "b", "c"]) {
        const counts = made.map(({ test: held }) => held.filter((row) => row.label === label).length);
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${label}: ${counts.join(" ")}`);
      }
    }
    const sizes = data.folds(all, { folds, stratify: (row) => row.label }).map(({ test: held }) => held.length);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
  }
});

test("options that cannot hold together, and data too small for them, are named", () => {
  const all = rows(10, 1);
  assert.throws(() => data.split(all, { by: (row) => row.patient, time: (row) => row.day }), /expected one of by, stratify and time, got by and time/);
  assert.throws(() => data.split(all, { by: "patient" as never }), /expected by to be a function of a row, got "patient"/);
  assert.throws(() => data.split(all, { test: 2 }), /expected test above 0 and below 1, got 2/);
  assert.throws(() => data.split(all, { stratified: true } as object), /unknown option: stratified/);
  assert.throws(() => data.folds(all, { folds: 11 }), /expected at least 11 rows for 11 folds, got 10/);
  assert.throws(() => data.folds(all, { by: () => 1 }), /expected at least 5 groups for 5 folds, got 1/);
  assert.throws(() => data.folds(all, { stratify: (row) => String(row.id < 3) }), /expected at least 5 rows of class "true", got 3/);
});

test("a leaky split is caught for what it is, and an honest one is not accused", () => {
  const draw = data.random(8);
  const all = Array.from({ length: 400 }, (_, id) => ({ id, patient: Math.floor(id / 4), day: Math.floor(id / 10), x: draw.normal(), y: draw.uniform() < 0.3 ? "yes" : "no" }));
  const honest = data.split(all, { test: 0.25, stratify: (row) => row.y });
  assert.deepEqual(data.checkSplit(honest, { target: "y", id: ["id"] }).problems, []);
  const kinds = (split: { train: object[]; test: object[] }, options = {}) => [...new Set(data.checkSplit(split, { target: "y", id: ["id"], ...options }).problems.map(({ kind }) => kind))];
  assert.deepEqual(kinds({ train: honest.train, test: [...honest.test, ...honest.train.slice(0, 5)] }), ["duplicates"]);
  assert.deepEqual(kinds({ train: honest.train, test: [...honest.test, { ...honest.train[0]!, y: honest.train[0]!.y === "yes" ? "no" : "yes" }] }), ["conflicts"]);
  assert.deepEqual(kinds(honest, { group: "patient" }), ["groups"]);
  assert.deepEqual(kinds(data.split(all, { by: (row) => row.patient }), { group: "patient", id: ["id", "day"] }), []);
  assert.deepEqual(kinds(honest, { time: "day" }), ["time"]);
  assert.deepEqual(kinds(data.split(all, { time: (row) => row.day }), { time: "day", id: ["id", "patient"] }), []);
  assert.deepEqual(kinds({ train: all.filter(({ y }) => y === "no"), test: all.filter(({ y }) => y === "yes") }), ["stratification", "shift"]);
  assert.deepEqual(kinds({ train: honest.train, test: honest.test.map((row) => ({ ...row, x: row.x + 2 })) }), ["shift"]);
  assert.equal(kinds({ train: honest.train, test: honest.test.map(({ id, patient, day, y }) => ({ id, patient, day, y })) })[0], "columns");
  assert.throws(() => data.checkSplit({ train: all, test: [] }), /expected at least 1 row in test, got 0/);
});

test("a column made from the target is caught, whatever its kind, and honest ones are not", () => {
  const draw = data.random(2);
  const all = Array.from({ length: 300 }, (_, at) => {
    const price = 100 + 50 * draw.normal();
    return { price, area: price + 60 * draw.normal(), town: `t${at % 5}`, fee: price * 0.03 + 0.01 * draw.normal(), code: `c${Math.floor(price)}`, band: Math.round(price / 10), refund: price > 150 ? 1 : null };
  });
  const found = (target: string) => data.targetLeakage(all, { target }).map(({ column }) => column);
  assert.deepEqual(found("price").sort(), ["band", "code", "fee"]);
  const classes = all.map(({ price, ...row }) => ({ ...row, dear: price > 150 ? "yes" : "no" }));
  assert.ok(data.targetLeakage(classes, { target: "dear" }).some(({ column, by }) => column === "refund" && by === "missing"));
  assert.ok(!data.targetLeakage(classes, { target: "dear" }).some(({ column }) => column === "area" || column === "town"));
  const unique = Array.from({ length: 100 }, (_, at) => ({ name: `n${at}`, y: at % 2 ? "a" : "b" }));
  assert.deepEqual(data.targetLeakage(unique, { target: "y" }), [], "a column of unique names does not seem to know all");
  const named = Array.from({ length: 200 }, (_, at) => ({ name: `n${Math.min(at, 196)}`, y: draw.normal() }));
  assert.deepEqual(data.targetLeakage(named, { target: "y" }), [], "nor one of almost unique ones to know a number");
});

test("shift says nothing of columns that did not move, at the rate its p-values promise", () => {
  const draw = data.random(5);
  let small = 0;
  for (let round = 0; round < 200; round++) {
    const [a, b] = [Array.from({ length: 40 }, () => ({ x: draw.normal() })), Array.from({ length: 50 }, () => ({ x: draw.normal() }))];
    if (data.shift(a, b)[0]!.pValue < 0.05) small += 1;
  }
  assert.ok(small <= 20, `${small} of 200`);
  assert.equal(data.psi([1, 2, 3, 4], [1, 2, 3, 4]), 0);
  assert.throws(() => data.chiSquaredTest([[1, 2]]), /expected at least 2 rows and 2 columns with counts, got 1 and 2/);
});
