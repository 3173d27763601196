import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";

const dice = random(3);
const background = Array.from({ length: 200 }, () => [dice.normal(), dice.normal(), dice.normal()]);
const near = (actual: number, expected: number, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);

test("shuffling an unused or constant column costs nothing, and a used one costs", async () => {
  const x = background.map(([a, b]) => [a!, b!, 4]);
  const model = (rows: number[][]) => rows.map(([a, , c]) => a! * 2 + c!);
  const made = await explain.permutationImportance(model, { x, y: model(x) }, { names: ["used", "unused", "constant"] });
  assert.equal(made.baseScore, 1);
  assert.deepEqual(made.mean.slice(1), [0, 0]);
  assert.ok(made.mean[0]! > 1);
  assert.deepEqual(made, await explain.permutationImportance(model, { x, y: model(x) }, { names: ["used", "unused", "constant"] }), "the same seed, the same orders");
  await assert.rejects(explain.permutationImportance(model, { x, y: x.map(() => 1) }), /expected y to vary for r2, got 1 throughout/);
  await assert.rejects(explain.permutationImportance(model, { x, y: [1] }), /expected y of length 200 like x, got 1/);
  await assert.rejects(explain.permutationImportance(model, { x: [[1, 2, 3]], y: [2] }, { metric: "accuracy" }), /expected y of 0 and 1 for accuracy, got 2/);
});

test("partial dependence is the mean of the rows' own curves; centred curves start at 0; a constant column is refused", async () => {
  const model = (rows: number[][]) => rows.map(([a, b]) => a! * b!);
  const made = await explain.partialDependence(model, background, { feature: "x0", points: 7 });
  assert.equal(made.grid.length, 7);
  made.grid.forEach((_, at) => near(made.average[at]!, made.individual.reduce((sum, curve) => sum + curve[at]!, 0) / background.length));
  const centred = await explain.partialDependence(model, background, { feature: 0, centre: "start" });
  assert.ok(centred.individual.every(([start]) => start === 0));
  await assert.rejects(explain.partialDependence(model, [[1, 2], [1, 3]], { feature: 0 }), /expected column x0 to vary, got 1 throughout/);
  await assert.rejects(explain.partialDependence(model, background, { feature: "age" }), /unknown feature: age/);
});

test("LIME for tables finds the column that decides, gives the unused one next to nothing, and repeats with its seed", async () => {
  const model = (rows: number[][]) => rows.map(([a]) => (a! > 0.7 ? 1 : 0));
  const made = await explain.limeTable(model, [2, 0, 0], { background, samples: 2000, seed: 1 });
  assert.match(made.terms[0]!.name, /^x0 > 0\.\d+$/);
  assert.ok(made.terms[0]!.weight > 5 * Math.abs(made.terms[1]!.weight));
  assert.deepEqual(made, await explain.limeTable(model, [2, 0, 0], { background, samples: 2000, seed: 1 }));
  const constant = await explain.limeTable((rows) => rows.map(([, b]) => b!), [1, 5], { background: background.map(([a]) => [a!, 5]), samples: 200 });
  assert.ok(constant.terms.every(({ weight }) => weight === 0), "a model of a constant column varies with nothing");
});

test("LIME for texts marks the word the model reads, joins its pieces to the text again, and splits Chinese", async () => {
  const text = "A truly awful, awful film & <b>story</b>";
  const made = await explain.limeText((texts) => texts.map((one) => (/awful/.test(one) ? 0.9 : 0.2)), text, { samples: 300 });
  assert.equal(made.terms[0]!.name, "awful");
  near(made.terms[0]!.weight, 0.7, 0.05);
  assert.equal(made.pieces.map((piece) => piece.text).join(""), text);
  const chinese = await explain.limeText((texts) => texts.map((one) => Number(one.includes("好"))), "这 部 电影 很 好", { samples: 200, split: (one) => one.split(" ") });
  assert.equal(chinese.terms[0]!.name, "好");
  await assert.rejects(explain.limeText(() => [1], "..."), /expected text with at least one word, got "\.\.\."/);
});

test("LIME for pictures finds the segment that decides; unused segments have next to no weight", async () => {
  const picture = { data: Array.from({ length: 64 }, (_, at) => at / 63), width: 8, height: 8 };
  const segments = explain.gridSegments(picture, { rows: 2, columns: 2 });
  const model = (rows: number[][]) => rows.map((pixels) => pixels[0]! + 3 * pixels[63]!);
  const made = await explain.limeImage(model, picture, { segments, fill: 0, samples: 400 });
  assert.equal(made.terms[0]!.feature, 3);
  near(made.terms[0]!.weight, 3, 0.1);
  assert.ok(made.terms.slice(1).every(({ weight }) => Math.abs(weight) < 0.05));
  await assert.rejects(explain.limeImage(model, { ...picture, width: 7 }), /expected 7 x 8 pixels of whole channels in data, got 64 numbers/);
  await assert.rejects(explain.limeImage(model, picture, { segments: [0] }), /expected 64 segments, one a pixel, got 1/);
});

test("every counterfactual holds: the model answers as desired, only permitted columns change, within their ranges, whole where asked", async () => {
  const model = (rows: number[][]) => rows.map(([a, b, c]) => 1 / (1 + Math.exp(-(2 * a! - b! + c! * a! - 2))));
  for (let seed = 0; seed < 5; seed++) {
    const x = [-1, 1, 0.5];
    const found = await explain.counterfactuals(model, x, { background, vary: [0, 1], permitted: { x0: [-1, 3], x1: [-2, 2] }, integers: ["x1"], seed });
    assert.ok(found.length > 0);
    for (const one of found) {
      assert.ok(model([[...one.x]])[0]! > 0.5 && one.prediction > 0.5);
      assert.equal(one.x[2], 0.5);
      assert.ok(one.x[0]! >= -1 && one.x[0]! <= 3 && one.x[1]! >= -2 && one.x[1]! <= 2 && Number.isInteger(one.x[1]));
      assert.deepEqual(one.changes.map(({ feature }) => feature), [0, 1].filter((column) => one.x[column] !== x[column]));
    }
    assert.deepEqual(found.map(({ changes }) => changes.length), found.map(({ changes }) => changes.length).sort());
  }
});

test("the nearest counterfactual of a line in one column stops at the border", async () => {
  const [nearest] = await explain.counterfactuals((rows) => rows.map(([a]) => Number(a! >= 1.25)), [0, 0, 0], { background });
  assert.equal(nearest!.changes.length, 1);
  near(nearest!.x[0]!, 1.25, 1e-6);
});

test("where nothing permitted helps the list is empty; a row already as desired and unknown columns are refused", async () => {
  const model = (rows: number[][]) => rows.map(([a]) => Number(a! > 1));
  assert.deepEqual(await explain.counterfactuals(model, [0, 0, 0], { background, vary: ["x1"] }), []);
  await assert.rejects(explain.counterfactuals(model, [0, 0, 0], { background, desired: [0, 0.5] }), /expected a row that is not yet as desired, got prediction 0/);
  await assert.rejects(explain.counterfactuals(model, [0, 0, 0], { background, permitted: { age: [0, 1] } }), /unknown feature: age/);
  await assert.rejects(explain.counterfactuals(model, [0, 0, 0], { background, permitted: { x0: [1, 0] } }), /expected permitted.x0 as \[from, to\] with from <= to, got \[1, 0\]/);
});

test("true attributions of a line are perfectly faithful, and reversed ones are worse on every measure", async () => {
  const model = (rows: number[][]) => rows.map(([a, b, c]) => 4 * a! + 2 * b! + c!);
  const good = await explain.faithfulness(model, [[1, 1, 1]], { values: [[4, 2, 1]] });
  const bad = await explain.faithfulness(model, [[1, 1, 1]], { values: [[1, 2, 4]] });
  near(good.correlation[0]!, 1);
  assert.deepEqual(good.deletionCurves[0], [7, 3, 1, 0]);
  assert.deepEqual(good.insertionCurves[0], [0, 4, 6, 7]);
  assert.ok(bad.correlation[0]! < 0 && bad.deletion[0]! > good.deletion[0]! && bad.insertion[0]! < good.insertion[0]!);
  assert.ok(Number.isNaN((await explain.faithfulness(model, [[1, 1, 1]], { values: [[1, 1, 1]] })).correlation[0]));
  await assert.rejects(explain.faithfulness(model, [[1, 1, 1]], { values: [[1]] }), /expected 3 numbers in row 0 of values, got 1/);
});

test("a constant explanation is perfectly stable; one that jumps is not", async () => {
  const calm = await explain.stability((rows) => rows.map(() => [1, 2]), [[0, 0], [5, 5]], { radius: 0.1 });
  assert.deepEqual(calm, { sensitivity: [0, 0], lipschitz: [0, 0] });
  const jumpy = await explain.stability((rows) => rows.map(([a]) => [a! > 0 ? 1 : -1]), [[0]], { radius: 0.01, samples: 40 });
  assert.equal(jumpy.sensitivity[0], 2);
  const slope = await explain.stability((rows) => rows.map(([a]) => [10 + a!]), [[0]], { radius: 1, samples: 200 });
  assert.ok(slope.sensitivity[0]! > 0.09 && slope.sensitivity[0]! <= 0.1, "relative to the size of the explanation");
  assert.ok(jumpy.lipschitz[0]! > 100);
  await assert.rejects(explain.stability((rows) => rows, [[0]], { radius: 0 }), /expected radius > 0, got 0/);
});
