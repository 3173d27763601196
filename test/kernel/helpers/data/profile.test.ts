import assert from "node:assert/strict";
import { test } from "node:test";
import { toBundle } from "../../../../kernel/display/index.js";
import * as data from "../../../../kernel/helpers/data/index.js";

const kinds = (rows: readonly object[], options = {}) => data.profile(rows, options).warnings.map(({ kind, column }) => `${kind}: ${column ?? "rows"}`);
const many = <T>(make: (at: number) => T) => Array.from({ length: 60 }, (_, at) => make(at));

test("each fault of a column is named, and a column without faults is not", () => {
  const today = new Date("2025-06-01");
  assert.deepEqual(kinds(many((at) => ({ x: Math.sin(at) }))), []);
  assert.deepEqual(kinds(many(() => ({ x: 3 }))), ["constant: x", "duplicates: rows"]);
  assert.deepEqual(kinds(many((at) => ({ code: `n${at}`, x: at % 7 }))), ["id: code"]);
  assert.deepEqual(kinds(many((at) => ({ x: at % 2 ? at : `${at}`, y: Math.cos(at) }))), ["mixed: x"]);
  assert.deepEqual(kinds(many((at) => ({ x: at === 3 ? "n/k" : String(at % 9), y: Math.cos(at) }))), ["numbers as text: x"]);
  assert.deepEqual(kinds(many((at) => ({ x: at % 3 ? null : Math.sin(at), y: Math.cos(at) }))), ["missing: x"]);
  assert.deepEqual(kinds(many((at) => ({ x: null, y: Math.cos(at) }))), ["empty: x"]);
  assert.ok(kinds(many((at) => ({ x: (at / 60) ** 9 }))).includes("skewed: x"));
  assert.deepEqual(kinds(many((at) => ({ x: at === 5 ? 9 : at === 6 ? -9 : Math.sin(at) }))), ["outliers: x"]);
  assert.deepEqual(kinds(many((at) => ({ x: ["New York", "new york", "Boston"][at % 3], y: Math.cos(at) }))), ["spellings: x"]);
  assert.deepEqual(kinds(many((at) => ({ x: Math.sin(at), y: 2 * Math.sin(at) + 0.01 * Math.cos(at * 7) }))), ["correlated: x"]);
  const dates = (first: string) => many((at) => ({ day: at ? new Date(Date.UTC(2024, 3, at)) : new Date(first), y: Math.cos(at) }));
  assert.deepEqual(kinds(dates("2031-01-05"), { today }), ["suspicious dates: day"]);
  assert.deepEqual(kinds(dates("1881-01-05"), { today }), ["suspicious dates: day"]);
  assert.deepEqual(kinds(dates("2024-02-05"), { today }), []);
});

test("columns that may say who somebody is are found by name in English and Chinese, and no others", () => {
  const named = (name: string) => kinds(many((at) => ({ [name]: Math.sin(at) }))).length > 0;
  for (const name of ["sex", "Gender", "age", "age_years", "applicantAge", "foreign_worker", "foreignWorker", "Marital.Status", "race", "date_of_birth", "性别", "年龄段", "民族"]) assert.ok(named(name), name);
  for (const name of ["mileage", "average", "message", "sextant", "price", "embrace", "面积", "stage"]) assert.ok(!named(name), name);
});

test("a profile shows itself with a picture of each column and says what is worth a look", async () => {
  const { data: shown } = await toBundle(data.profile(many((at) => ({ sex: at % 2 ? "f" : "m", x: Math.sin(at) }))));
  assert.match(String(shown["text/html"]), /<svg[\s\S]*sex may say who somebody is/);
  assert.match(String(shown["text/plain"]), /Profile of 60 rows\nsex: text, 0 missing, 2 different/);
  assert.throws(() => data.profile([]), /expected at least 1 row, got 0/);
  assert.throws(() => data.profile([{ a: 1 }], { columns: ["b"] }), /unknown column: b \(columns: a\)/);
});

test("the real house data has the faults that its card admits", async () => {
  const warnings = data.profile(await data.load("boston")).warnings.map(({ message }) => message);
  assert.ok(warnings.some((message) => message.startsWith("age may say")), "the age of houses is taken for one of people: a warning is a question");
  assert.ok(warnings.some((message) => /^crim has \d+ values more than 3 interquartile ranges/.test(message)));
});

test("fences and robust scores do not move when an outlier runs away", () => {
  for (const far of [1e2, 1e6, 1e12]) {
    const values = [1, 2, 3, 4, 5, 6, 7, far];
    assert.deepEqual(data.fences(values).outliers, [7]);
    assert.deepEqual(data.robustScores(values).outliers, [7]);
  }
  assert.deepEqual(data.robustScores([5, 5, 5, 5, 9]).outliers, [4], "where the median deviation is 0 the mean one stands in");
  assert.deepEqual(data.robustScores([5, 5]).outliers, []);
  assert.throws(() => data.fences([1, Number.NaN]), /expected finite numbers in values, got NaN at index 1/);
  assert.throws(() => data.fences([]), /expected at least 1 value, got 0/);
});

test("an isolation forest gives the far point the highest score, the same for the same seed", () => {
  const draw = data.random(4);
  const rows = [...Array.from({ length: 200 }, () => [draw.normal(), draw.normal(), 1]), [7, -7, 1]];
  const scores = data.isolationForest(rows, { seed: 3 }).score(rows);
  assert.equal(scores.indexOf(Math.max(...scores)), 200);
  assert.deepEqual(data.isolationForest(rows, { seed: 3 }).score(rows), scores);
  assert.notDeepEqual(data.isolationForest(rows, { seed: 4 }).score(rows), scores);
  assert.throws(() => data.isolationForest(rows).score([[1, 2]]), /expected rows of 3 numbers, got 2 in row 0/);
  assert.throws(() => data.localOutlierFactor([[1], [2]], { neighbours: 2 }), /expected neighbours below the number of rows, 2, got 2/);
});
