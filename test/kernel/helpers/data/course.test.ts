import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";
import { projectRoot } from "../../../support/root.js";

test("every data set that ships has the rows, columns, checksum and licence file that its card promises", async () => {
  const folder = join(projectRoot, "lessons/data");
  const { resources } = JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
  for (const { name, path, sha256, format, rows, columns, licenseFile } of resources) {
    assert.ok(existsSync(join(folder, licenseFile)), licenseFile);
    const paths = [path].flat();
    const sums = [sha256].flat();
    assert.equal(paths.length, sums.length, `${name}: one checksum a path`);
    paths.forEach((part, at) => assert.equal(createHash("sha256").update(readFileSync(join(folder, part))).digest("hex"), sums[at], `${name}: ${part}`));
    if (format === "weights") continue;
    const table = await data.load(name);
    assert.equal(table.length, rows);
    assert.equal(Object.keys(table[0]).length, columns);
  }
});

test("the Ames rows are typed records: numbers are numbers and words are words", async () => {
  const [first] = await data.load("ames");
  assert.equal(first.Sale_Price, 215000);
  assert.equal(first.Neighborhood, "North_Ames");
});

test("the pictures of waste-icons say who drew what: each object once by each vendor", async () => {
  const icons = await data.load("waste-icons");
  const drawings = new Map<string, string[]>();
  for (const { object, vendor, name } of icons) drawings.set(`${object} ${name}`, [...(drawings.get(`${object} ${name}`) ?? []), vendor]);
  assert.equal(drawings.size, 202);
  for (const [object, vendors] of drawings) assert.deepEqual(vendors, ["noto", "twemoji", "fluent"], object);
  const [first] = icons;
  assert.deepEqual([first!.height, first!.width, first!.channels, first!.pixels.length, first!.name, first!.object], [96, 96, 3, 27648, "paper", "newspaper"]);
});

test("an unknown data set is refused by name, with the names there are", async () => {
  await assert.rejects(() => data.load("amse" as "ames"), /unknown data set: amse; there are ames, boston/);
});

test("a data card names licence, source, known faults and people, and shows itself", async () => {
  const card = await data.card("boston");
  const show = card[Symbol.for("Jupyter.display")] as () => Record<string, string>;
  assert.match(show()["text/markdown"], /CC0[\s\S]*segregation/);
});

test("a split puts every row in exactly one part, and the same seed gives the same split", () => {
  const rows = Array.from({ length: 101 }, (_, index) => index);
  const once = data.split(rows, { test: 0.2, seed: 7 });
  assert.deepEqual([...once.train, ...once.test].sort((a, b) => a - b), rows);
  assert.equal(once.test.length, 20);
  assert.deepEqual(data.split(rows, { test: 0.2, seed: 7 }), once);
  assert.notDeepEqual(data.split(rows, { test: 0.2, seed: 8 }), once);
});

test("a split by group never lets a group stand on both sides", () => {
  const rows = Array.from({ length: 60 }, (_, index) => ({ patient: index % 12, visit: index }));
  const { train, test: held } = data.split(rows, { by: (row) => row.patient });
  const seen = new Set(train.map((row) => row.patient));
  assert.ok(held.length > 0 && held.every((row) => !seen.has(row.patient)));
});

test("a column of words is refused with the word and the row", async () => {
  const rows = await data.load("ames");
  assert.throws(() => data.column(rows, "Street" as "Lot_Area"), /expected numbers in column Street, got "Pave" in row 0/);
  assert.throws(() => data.column(rows, "Area" as "Lot_Area"), /unknown column: Area/);
});

test("standardized training columns have mean 0 and deviation 1, and a constant column becomes 0", () => {
  const rows = [[1, 5], [2, 5], [6, 5]];
  const scaled = data.standardize(rows).apply(rows);
  const mean = (at: number) => scaled.reduce((sum, row) => sum + row[at], 0) / 3;
  assert.ok(Math.abs(mean(0)) < 1e-12);
  assert.ok(Math.abs(scaled.reduce((sum, row) => sum + row[0] ** 2, 0) / 3 - 1) < 1e-12);
  assert.deepEqual(scaled.map((row) => row[1]), [0, 0, 0]);
  assert.throws(() => data.standardize(rows).apply([[1]]), /expected rows of 2 numbers, got 1 in row 0/);
});

test("the numbers in the docstrings are the numbers you get", () => {
  assert.equal(data.random(42).integer(1, 6), 2);
  assert.deepEqual(data.standardize([[1], [3]]).apply([[5]]), [[3]]);
  assert.equal(data.split([1, 2, 3, 4, 5], { test: 0.2, seed: 1 }).test.length, 1);
});

test("normal draws have mean 0 and deviation 1 within sampling error", () => {
  const draw = data.random(5);
  const values = Array.from({ length: 20000 }, () => draw.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05, `${mean} ${variance}`);
});
