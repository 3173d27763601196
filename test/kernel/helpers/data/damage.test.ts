import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { toBundle } from "../../../../kernel/display/index.js";
import * as data from "../../../../kernel/helpers/data/index.js";

const houses = async () => (await data.load("ames")).slice(0, 600).map(({ Sale_Price, Gr_Liv_Area, Neighborhood, Street, Latitude }) => ({ Sale_Price, Gr_Liv_Area, Neighborhood, Street, Latitude }));

test("damage does what it says and no more: every cell that differs is in the truth, and every truth differs", async () => {
  const rows = await houses();
  const { table, truth } = data.damage(rows, { duplicates: 0.05, nearDuplicates: 0.03, missing: 0.02, typos: 0.02, outliers: 0.01, seed: 11 });
  const damaged = [...table];
  const second = new Map([...truth.duplicates, ...truth.nearDuplicates].map(({ row, of }) => [row, of]));
  const changed = new Set<string>();
  damaged.forEach((row, at) => {
    const before = rows[truth.origin[at]!]!;
    for (const name of Object.keys(before) as (keyof typeof before)[]) if (!Object.is(row[name], before[name])) changed.add(`${at}/${name}`);
  });
  const told = [...truth.missing, ...truth.typos, ...truth.outliers];
  for (const { row, column, before, after } of told) {
    assert.deepEqual(damaged[row]![column], after);
    assert.deepEqual((rows[truth.origin[row]!] as Record<string, unknown>)[column], before);
  }
  assert.deepEqual([...changed].sort(), [...told.map(({ row, column }) => `${row}/${column}`), ...truth.nearDuplicates.map(({ row, column }) => `${row}/${column}`)].sort());
  assert.deepEqual([truth.duplicates.length, truth.nearDuplicates.length, table.numRows()], [30, 18, 648]);
  for (const { row, of } of truth.duplicates) assert.deepEqual(damaged[row], damaged[of]);
  assert.equal(second.size, 48);
  assert.equal(truth.missing.length, 60);
  assert.deepEqual([...data.damage(rows, { missing: 0.02, seed: 11 }).table], [...data.damage(rows, { missing: 0.02, seed: 11 }).table]);
  assert.throws(() => data.damage(rows, { missing: 2 }), /expected missing from 0 to 1, got 2/);
});

test("what is planted is what the helpers find: duplicates, outliers, the leaking column", async () => {
  const { table, truth } = data.damage(await houses(), { duplicates: 0.04, outliers: 0.005, leakage: { target: "Sale_Price" }, columns: ["Latitude"], seed: 3 });
  assert.deepEqual(data.duplicates(table).groups.flat().sort((a, b) => a - b), truth.duplicates.flatMap(({ row, of }) => [row, of]).sort((a, b) => a - b));
  const found = new Set(data.robustScores(data.column(table, "Latitude"), { threshold: 5 }).outliers);
  assert.ok(truth.outliers.length > 0 && truth.outliers.every(({ row }) => found.has(row)));
  assert.deepEqual(data.targetLeakage(table, { target: "Sale_Price" }).map(({ column }) => column), ["ref_code"]);
  const classes = data.damage((await houses()).map(({ Neighborhood, Sale_Price, Latitude }) => ({ Sale_Price, Latitude, hood: Neighborhood === "North_Ames" ? "yes" : "no" })), { leakage: { target: "hood", name: "slot" } }).table;
  assert.ok(data.targetLeakage(classes, { target: "hood", threshold: 0.9 }).some(({ column }) => column === "slot"));
});

test("a card holds what is said and what is measured, lists what is unsaid, and is written as Markdown or JSON", async () => {
  const rows = [{ age: 3, height: 95 }, { age: 4, height: null }, { age: 4, height: null }];
  const card = data.makeCard(rows, { name: "heights", title: "Heights", license: "CC-BY-4.0", source: "Measured in class", people: "Three children whose parents agreed" });
  assert.deepEqual([card.rows, card.columns, card.sha256, card.unsaid], [3, 2, data.hash(rows), ["purpose", "misuse", "citation", "contact"]]);
  assert.match(String((await toBundle(card)).data["text/markdown"]), /\*\*Worth a look:\*\* height lacks 2 of 3 values/);
  const folder = mkdtempSync(join(tmpdir(), "card-"));
  try {
    await data.writeCard(card, join(folder, "card.md"));
    await data.writeCard(card, join(folder, "card.json"));
    assert.equal(readFileSync(join(folder, "card.md"), "utf8"), `${data.cardMarkdown(card)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "card.json"), "utf8")).missing, { height: 2 });
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.throws(() => data.makeCard(rows, { name: "x", title: "X", license: "free", source: "y" }), /unknown licence: free/);
  assert.throws(() => data.makeCard(rows, { name: "x", title: "X", license: "MIT" } as never), /got no source/);
});

test("the hash is that of the content: not of the file's form, but of every value, type, name and place", () => {
  const rows = [{ a: 1, b: "x", d: new Date(5) }, { a: null, b: "y", d: null }];
  const first = data.hash(rows);
  assert.equal(data.hash(data.table(rows)), first);
  assert.equal(data.hash([rows[0]!, { a: undefined, b: "y", d: undefined }]), first);
  for (const other of [[rows[1]!, rows[0]!], [{ ...rows[0]!, a: "1" }, rows[1]!], [{ ...rows[0]!, b: "X" }, rows[1]!], rows.map(({ a, b, d }) => ({ b, a, d })), rows.map(({ a, b, d }) => ({ A: a, b, d })), rows.slice(0, 1)]) assert.notEqual(data.hash(other as object[]), first);
});

test("a chain of provenance breaks wherever a step is changed, left out or moved, and survives JSON", () => {
  const rows = [{ a: 1 }, { a: 1 }, { a: null }];
  const unique = data.duplicates(rows).unique;
  const { steps } = data.provenance("made up", rows, { seed: 3 }).step("unique", unique).step("no gaps", data.dropMissing(unique), { columns: ["a"] });
  const kept = JSON.parse(JSON.stringify(steps)) as typeof steps;
  assert.deepEqual(data.checkProvenance(kept, [{ a: 1 }]), { holds: true, reason: "" });
  assert.match(data.checkProvenance(kept, rows).reason, /the rows are not those of the last step \(no gaps\)/);
  kept.forEach((step, at) => {
    for (const change of [{ what: "other" }, { rows: 9 }, { table: "00" }, { details: { seed: 4 } }]) {
      assert.equal(data.checkProvenance(kept.map((one, i) => (i === at ? { ...step, ...change } : one))).holds, false);
    }
  });
  assert.match(data.checkProvenance([kept[0]!, kept[2]!]).reason, /step 1 \(no gaps\) does not follow step 0/);
  assert.equal(data.checkProvenance([]).holds, false);
});

test("licences are known by their SPDX id, and uses they forbid are refused with the reason", () => {
  assert.deepEqual([data.licence("mit").for, data.licence("ODbL-1.0").shareAlike, data.licence("CC0-1.0").attribution, data.licence("CC-BY-NC-4.0").commercial], ["code", true, false, false]);
  assert.throws(() => data.licence("Proprietary"), /unknown licence: Proprietary/);
  const problems = (ids: string[], use = {}) => data.checkLicences(ids, use).problems;
  assert.deepEqual(problems(["CC0-1.0", "MIT", "CC-BY-4.0"], { commercial: true }), []);
  assert.deepEqual(problems(["CC-BY-SA-4.0", "ODbL-1.0"]), ["CC-BY-SA-4.0 and ODbL-1.0 each demand their own licence for the whole"]);
  assert.deepEqual(problems(["CC-BY-SA-3.0", "CC-BY-SA-4.0"]), []);
  assert.ok(data.checkLicences(["CC-BY-SA-3.0", "CC-BY-SA-4.0"]).duties.includes("pass the whole on under CC-BY-SA-4.0"));
  assert.deepEqual(problems(["CC-BY-ND-4.0"]), ["CC-BY-ND-4.0 forbids passing on changed copies"]);
  assert.deepEqual(problems(["CC-BY-ND-4.0"], { share: false }), []);
  assert.deepEqual(problems(["GPL-2.0-or-later"], { as: "GPL-3.0-only" }), []);
  assert.deepEqual(problems(["GPL-2.0-only"], { as: "GPL-3.0-only" }), ["GPL-2.0-only must be passed on under itself, not as GPL-3.0-only"]);
  assert.deepEqual(problems(["CC-BY-NC-4.0", "CC-BY-SA-4.0"]), ["CC-BY-NC-4.0 cannot be part of a whole under CC-BY-SA-4.0, which allows commercial use"]);
});
