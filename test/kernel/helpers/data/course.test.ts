import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";
import { setDataSource } from "../../../../kernel/helpers/data/source.js";
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

test("two penguins have no measurement, and TypeScript knows that the others have one", async () => {
  const measured = (await data.load("penguins")).filter((bird) => bird.beakLength !== null);
  const lengths: number[] = measured.map((bird) => bird.beakLength);
  assert.equal(lengths.length, 342);
  assert.equal(measured.filter((bird) => bird.species === "Adelie").length, 151);
  assert.equal(measured.filter((bird) => bird.sex === null).length, 9);
});

test("the sets about people give the rates that their cards name, by group", async () => {
  const share = <Row>(rows: Row[], of: (row: Row) => boolean, yes: (row: Row) => boolean) => {
    const group = rows.filter(of);
    return Number((group.filter(yes).length / group.length).toFixed(3));
  };
  const hmda = await data.load("hmda");
  assert.deepEqual(["no", "yes"].map((afam) => share(hmda, (row) => row.afam === afam, (row) => row.deny === "yes")), [0.093, 0.283]);
  const audit = await data.load("resume-names");
  assert.deepEqual(["cauc", "afam"].map((ethnicity) => share(audit, (row) => row.ethnicity === ethnicity, (row) => row.call === "yes")), [0.097, 0.064]);
  assert.deepEqual([...new Set(audit.map((row) => typeof row.minimum))].sort(), ["number", "string"]);
  const arrests = await data.load("arrests");
  assert.deepEqual(["White", "Black"].map((colour) => share(arrests, (row) => row.colour === colour, (row) => row.released === "Yes")), [0.858, 0.741]);
  const lumps = await data.load("wdbc");
  assert.equal(share(lumps, () => true, (row) => row.diagnosis === "malignant"), 0.373);
  const wages = await data.load("cps85");
  // Its card says that these are turned round.
  assert.deepEqual([wages.filter((row) => row.union === 0).length, wages.filter((row) => row.married === 0).length], [96, 350]);
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

test("a data card speaks Chinese where the notebook does: every set has a title, each known fault and the people", async () => {
  const { resources } = JSON.parse(readFileSync(join(projectRoot, "lessons/data/datapackage.json"), "utf8")) as { resources: { name: string; knownFaults: string[] }[] };
  for (const { name, knownFaults } of resources) {
    const [here, there] = [await data.card(name), await data.card(name, { language: "zh" })];
    assert.equal(there.knownFaults.length, knownFaults.length, name);
    for (const [at, text] of [there.title, there.people, ...there.knownFaults].entries()) assert.match(text, /[\u4e00-\u9fff]{4}/, `${name} ${at}`);
    // Numbers are the same in both, but for how dates and shares are written.
    const numbers = (text: string) => (text.match(/\d[\d,.]*\d/g) ?? []).filter((number) => /,|\./.test(number)).sort();
    assert.deepEqual(numbers(there.people), numbers(here.people), name);
    assert.deepEqual(there.knownFaults.map(numbers), here.knownFaults.map(numbers), name);
    assert.deepEqual({ ...there, title: here.title, knownFaults: here.knownFaults, people: here.people }, { ...here });
  }
  const shown = (card: object): string => ((card as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!())["text/plain"]!;
  process.env["LYCEUM_LANGUAGE"] = "zh";
  try {
    assert.match(shown(await data.card("ames")), /^\*\*美国艾奥瓦州.*（?.*2,930 行、74 列\n\n- \*\*来源：\*\* /);
    assert.match(shown(data.makeCard([{ x: 1 }], { name: "one", title: "一行", license: "CC0-1.0", source: "编的" })), /1 行、1 列[^]*- \*\*没有说明：\*\* 用途、不应用于什么、人、引用、联系人$/);
  } finally {
    delete process.env["LYCEUM_LANGUAGE"];
  }
  await assert.rejects(data.card("ames", { language: "de" as never }), /language/);
});

test("where the translations are not there, a card in Chinese speaks English rather than not at all", async () => {
  const folder = join(projectRoot, "lessons/data");
  setDataSource(async (path) => {
    if (path.includes(".zh.")) throw new Error("404");
    return readFileSync(join(folder, path));
  });
  try {
    const { people, title } = await data.card("ames", { language: "zh" });
    assert.match(title, /Ames/);
    assert.match(people, /^[A-Z]/);
  } finally {
    setDataSource(async (path) => readFileSync(join(folder, path)));
  }
});

test("a data card names licence, source, known faults and people, and shows itself", async () => {
  const card = await data.card("boston");
  const show = card[Symbol.for("Jupyter.display")] as () => Record<string, string>;
  assert.match(show()["text/markdown"], /CC0[\s\S]*segregation/);
  const first = async (name: string) => ((await data.card(name))[Symbol.for("Jupyter.display")] as () => Record<string, string>)()["text/plain"]!.split("\n")[0]!;
  assert.match(await first("fashion-mnist"), /20,000 pictures of 10 classes$/);
  assert.match(await first("minilm"), /22,\d{3},\d{3} weights$/);
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
  assert.equal(data.random(42).integer(1, 6), 5);
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

test("Fashion-MNIST: 2,000 training pictures a class, every stretch nearly balanced, the official test part, and no picture on both sides", async () => {
  const pictures = await data.load("fashion-mnist"), held = await data.load("fashion-mnist-test");
  const counts = (rows: typeof pictures) => Array.from({ length: 10 }, (_, label) => rows.filter((row) => row.label === label).length);
  assert.deepEqual(counts(pictures), Array(10).fill(2000));
  assert.deepEqual(counts(held), Array(10).fill(1000));
  for (let start = 0; start < 20000; start += 1000) assert.ok(Math.min(...counts(pictures.slice(start, start + 1000))) >= 70);
  assert.deepEqual([held[0].name, held[0].label, held[0].height, held[0].width, held[0].channels, held[0].pixels.length], ["Ankle boot", 9, 28, 28, 1, 784]);
  const digest = (row: (typeof pictures)[0]) => createHash("sha256").update(row.pixels).digest("base64");
  const seen = new Set(pictures.map(digest));
  assert.equal(seen.size, 20000);
  assert.ok(held.every((row) => !seen.has(digest(row))));
});
