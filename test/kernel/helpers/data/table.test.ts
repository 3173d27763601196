import assert from "node:assert/strict";
import { test } from "node:test";
import { toBundle } from "../../../../kernel/display/index.js";
import * as data from "../../../../kernel/helpers/data/index.js";

const rows = [{ town: "A", price: 3 }, { town: "B", price: 5 }, { town: "A", price: 4 }, { town: "C", price: null }];

test("a table gives plain records when looped over, in the order it shows, and the helpers take it where they take rows", () => {
  const table = data.table(rows);
  assert.deepEqual([...table], rows);
  assert.deepEqual([...table.orderby(data.desc("price"))].map(({ price }) => price), [5, 4, 3, null]);
  const some = table.filter((row) => row.price !== null);
  assert.deepEqual(data.column(some, "price"), [3, 5, 4]);
  assert.deepEqual(data.matrix(some.derive({ twice: (row) => row.price! * 2 }), ["twice", "price"]), [[6, 3], [10, 5], [8, 4]]);
  assert.throws(() => data.column(table, "price"), /expected numbers in column price, got a missing value in row 3/);
  assert.throws(() => data.column(table, "area"), /unknown column: area \(columns: town, price\)/);
  const { train, test: held } = data.split(table, { test: 0.25 });
  assert.ok(train instanceof data.Table && held instanceof data.Table);
  assert.deepEqual([train.numRows(), held.numRows()], [3, 1]);
});

test("a function of a row is called as it is: variables around it and methods named like arquero's functions mean what they say", () => {
  const limit = 3.5;
  const table = data.table(rows).filter((row) => row.price! > limit);
  const towns = ["A", "C"];
  assert.deepEqual([...data.table(rows).filter((row) => towns.includes(row.town))].map(({ town }) => town), ["A", "A", "C"]);
  assert.deepEqual([...data.table([{ s: "abc" }]).derive({ t: (row) => row.s.replace("b", "x"), up: (row) => row.s.toUpperCase() })], [{ s: "abc", t: "axc", up: "ABC" }]);
  assert.deepEqual([...data.table(rows).groupby({ known: (row) => towns.includes(row["town"]) }).count()], [{ known: true, count: 3 }, { known: false, count: 1 }]);
  assert.deepEqual([...data.table(rows).filter("d.price > 3").orderby((row) => -row["price"])].map(({ price }) => price), [5, 4]);
  assert.deepEqual([...data.table(rows).orderby("town", data.desc("price"))].map(({ price }) => price), [4, 3, 5, null]);
  assert.deepEqual([...data.table(rows).derive({ mean: data.op.mean("price"), row: data.op.row_number() })].map(({ mean, row }) => [mean, row]), [[4, 1], [4, 2], [4, 3], [4, 4]]);
  assert.deepEqual([...table].map(({ price }) => price), [5, 4]);
  assert.ok(table.groupby("town").count() instanceof data.Table);
  assert.deepEqual([...table.derive({ over: (row) => row.price! - limit })].map(({ over }) => over), [1.5, 0.5]);
  assert.throws(() => data.table(rows).filter("price >"), /./, "a mistake stays one");
});

test("records that lack a column have null there, and columns of different length are named", () => {
  assert.deepEqual([...data.table([{ a: 1 }, { b: 2 }] as object[])], [{ a: 1, b: null }, { a: null, b: 2 }]);
  assert.throws(() => data.table({ a: [1], b: [1, 2] }), /expected 1 values in column b like in a, got 2/);
  assert.throws(() => data.table([{ a: 1 }, 3] as object[]), /expected a record in row 1, got 3/);
});

test("a table shows size, types, missing values and distributions, in HTML without styles or scripts and as text", async () => {
  const { data: shown } = await toBundle(data.table(rows.map((row, at) => ({ ...row, "<b>": at % 2 === 0, day: new Date(Date.UTC(2024, 0, at + 1)) }))));
  const html = String(shown["text/html"]);
  assert.match(html, /4\u00a0rows\u00a0x\u00a04\u00a0columns/);
  assert.match(html, /integer,\u00a01\u00a0missing/);
  assert.match(html, /aria-label="from 3 to 5"/);
  assert.match(html, /aria-label="3 different: A 50%, B 25%, C 25%"/);
  assert.match(html, /aria-label="from 2024-01-01 to 2024-01-04"/);
  assert.match(html, /&lt;b&gt;/);
  assert.doesNotMatch(html, /style=|<script|<b>/);
  assert.match(String(shown["text/plain"]), /4 rows x 4 columns\n/);
  assert.equal((await toBundle(data.table({}))).data["text/plain"], "0 rows x 0 columns");
  const wide = await toBundle(data.table([Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`c${at}`, at]))]));
  assert.match(String(wide.data["text/plain"]), /showing the first 30 columns/);
});
