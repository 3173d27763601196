import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";

test("what fills a gap is learned from the training rows: the test rows do not move it", () => {
  const train = [{ x: 1, k: "a" }, { x: 3, k: "b" }, { x: null, k: "b" }];
  const imputer = data.impute(train, { columns: { x: "mean", k: "mode" } });
  assert.deepEqual([...imputer.apply([{ x: null, k: null }, { x: 1000, k: "c" }])], [{ x: 2, k: "b" }, { x: 1000, k: "c" }]);
  assert.deepEqual(train[2], { x: null, k: "b" }, "the rows given stay as they are");
  assert.deepEqual([...data.impute(train, { columns: { x: { constant: 0 } }, indicator: true }).apply(train)].map((row) => [row.x, row["x_missing"]]), [[1, 0], [3, 0], [0, 1]]);
});

test("a fill that cannot be is named: unknown, of words, of nothing", () => {
  const rows = [{ k: "a", empty: null }];
  assert.throws(() => data.impute(rows, { columns: { k: "middle" as "mean" } }), /unknown fill of k: middle/);
  assert.throws(() => data.impute(rows, { columns: { k: "mean" } }), /expected numbers in column k for its mean, got "a" in row 0/);
  assert.throws(() => data.impute(rows, { columns: { empty: "median" } }), /expected a value in column empty, got none/);
  assert.throws(() => data.impute(rows, { columns: { area: "mean" } }), /unknown column: area \(columns: k, empty\)/);
  assert.throws(() => data.impute(rows, { columns: { k: "mode" }, indicator: true }).apply([{ k: "a", k_missing: 1 }]), /expected no column k_missing/);
  assert.throws(() => data.imputeNearest([{ x: "a" }], { columns: ["x"] }), /expected numbers in column x, got "a" in row 0/);
});

test("after dropping or filling no chosen column has a gap, on random tables", () => {
  const draw = data.random(9);
  for (let round = 0; round < 30; round++) {
    const rows = Array.from({ length: 20 }, () => ({ a: draw.uniform() < 0.3 ? null : draw.normal(), b: draw.uniform() < 0.3 ? Number.NaN : draw.normal(), c: 1 }));
    rows.push({ a: 1, b: 2, c: 1 });
    const whole = (table: Iterable<{ a: unknown; b: unknown }>) => [...table].every(({ a, b }) => Number.isFinite(a) && Number.isFinite(b));
    assert.ok(whole(data.dropMissing(rows)));
    assert.ok(whole(data.impute(rows, { columns: { a: "mean", b: "median" } }).apply(rows)));
    assert.ok(whole(data.imputeNearest(rows, { neighbours: 3 }).apply(rows)));
  }
});

test("values that cannot be read are missing and reported, never guessed", () => {
  const rows = [{ n: "1,200.5", d: "2024/2/29", b: "是" }, { n: "12,34", d: "2023-02-29", b: "maybe" }, { n: null, d: "2024年3月1日", b: "no" }];
  const { table, failures } = data.coerce(rows, { columns: { n: "number", d: "date", b: "boolean" }, thousands: "," });
  assert.deepEqual([...table], [{ n: 1200.5, d: new Date("2024-02-29"), b: true }, { n: null, d: null, b: null }, { n: null, d: new Date("2024-03-01"), b: false }]);
  assert.deepEqual(failures, [{ row: 1, column: "n", value: "12,34" }, { row: 1, column: "d", value: "2023-02-29" }, { row: 1, column: "b", value: "maybe" }]);
  assert.throws(() => data.coerce(rows, { columns: { n: "float" as "number" } }), /unknown type of n: float \(known: number, boolean, date, text\)/);
});

test("spellings of one category become the commonest, full-width and spaced ones too, and what is new is left alone", () => {
  const rows = ["Beijing", "beijing", " BEIJING", "Ｂeijing", "Beijing", "Shanghai"].map((town) => ({ town }));
  const unifier = data.unifyCategories(rows, { columns: ["town"] });
  assert.deepEqual([...unifier.apply([...rows, { town: "bei jing" }, { town: "SHANGHAI" }])].map(({ town }) => town), ["Beijing", "Beijing", "Beijing", "Beijing", "Beijing", "Shanghai", "bei jing", "Shanghai"]);
  assert.equal(unifier.changes.length, 3);
});

test("an encoder learned from training rows refuses or marks a category it has not seen, and orders as told", () => {
  const train = [{ size: "S" }, { size: "L" }];
  assert.throws(() => data.oneHot(train, { columns: ["size"] }).apply([{ size: "XL" }]), /unknown category of size in row 0: "XL" \(known: L, S\)/);
  assert.deepEqual(data.oneHot(train, { columns: ["size"], unknown: "ignore" }).apply([{ size: "XL" }]), [[0, 0]]);
  assert.deepEqual(data.ordinal(train, { columns: ["size"], unknown: "ignore" }).apply([{ size: "XL" }]), [[-1]]);
  assert.throws(() => data.ordinal([...train, { size: "XL" }], { columns: ["size"], order: { size: ["S", "L"] } }), /expected in order of size all its categories, got none for "XL"/);
  assert.throws(() => data.oneHot([{ size: null }], { columns: ["size"] }), /expected a category in column size, got a missing value in row 0/);
});

test("a plan makes one matrix for a model, learned from training rows only", async () => {
  const { train, test: held } = data.split(data.table(await data.load("ames")), { test: 0.2 });
  const encoder = data.encode(train, { Gr_Liv_Area: "standardize", Lot_Area: "robust", Year_Built: "bins", Central_Air: "one-hot" });
  const [x, y] = [encoder.apply(train), encoder.apply(held)];
  assert.deepEqual(encoder.names, ["Gr_Liv_Area", "Lot_Area", "Year_Built", "Central_Air=N", "Central_Air=Y"]);
  assert.deepEqual([x.length, y.length, y[0]!.length], [2344, 586, 5]);
  assert.ok(Math.abs(x.reduce((sum, row) => sum + row[0]!, 0) / x.length) < 1e-9);
  assert.ok([...x, ...y].every((row) => row.every(Number.isFinite)));
  assert.throws(() => data.encode(train, { Lot_Area: "log" as "robust" }), /unknown encoding of Lot_Area: log/);
});
