import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";

const dice = random(11);
const table = (rows: number, width: number) => Array.from({ length: rows }, () => Array.from({ length: width }, () => dice.normal()));
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const near = (actual: number, expected: number, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);

/** Nonlinear, with an interaction; the last column is not used, columns 0 and 1 play the same part. */
const model = (rows: number[][]) => rows.map((x) => Math.tanh(x[0]! + x[1]!) + x[0]! * x[1]! + (x.length > 3 ? Math.sin(x[2]!) * x[0]! * x[1]! : 0));

test("Shapley values add up to prediction - base value, ignore the unused column and treat equal parts equally, over widths and seeds", async () => {
  for (const width of [2, 3, 4, 6]) {
    const background = table(4, width).map((row) => [row[0]!, row[0]!, ...row.slice(2)]);
    const x = table(3, width).map((row) => [row[0]!, row[0]!, ...row.slice(2)]);
    for (const made of [await explain.shapley(model, x, { background }), await explain.kernelShap(model, x, { background })]) {
      made.values.forEach((values, row) => {
        near(total(values) + made.baseValue, made.predictions[row]!);
        near(values[0]!, values[1]!);
        if (width > 2) near(values[width - 1]!, 0);
      });
      near(made.baseValue, total(model(background)) / 4);
    }
  }
});

test("KernelSHAP with a budget for all coalitions gives the exact values, and its sum stays exact when coalitions are drawn", async () => {
  const background = table(3, 12);
  const x = table(2, 12);
  const smooth = (rows: number[][]) => rows.map((row) => total(row.map((value, at) => (at + 1) * value)) + row[0]! * row[5]!);
  const exact = await explain.shapley(smooth, x, { background });
  for (const [samples, within] of [[4094, 1e-8], [300, 0.5]] as const) {
    const made = await explain.kernelShap(smooth, x, { background, samples });
    made.values.forEach((values, row) => {
      values.forEach((value, column) => near(value, exact.values[row]![column]!, within));
      near(total(values), made.predictions[row]! - made.baseValue);
    });
  }
  assert.deepEqual(await explain.kernelShap(smooth, x, { background, samples: 100, seed: 3 }), await explain.kernelShap(smooth, x, { background, samples: 100, seed: 3 }));
});

test("wide tables beyond enumeration are explained too: a line's values are its coefficients times the distance from the mean", async () => {
  const background = table(2, 40);
  const [x] = table(1, 40);
  const made = await explain.kernelShap((rows) => rows.map(total), [x!], { background });
  made.values[0]!.forEach((value, column) => near(value, x![column]! - (background[0]![column]! + background[1]![column]!) / 2, 1e-6));
});

test("link logit explains log-odds, and refuses predictions that are no probabilities", async () => {
  const background = [[0, 0], [1, -1]];
  const sigmoid = (rows: number[][]) => rows.map(([a, b]) => 1 / (1 + Math.exp(-(a! + 2 * b!))));
  const made = await explain.kernelShap(sigmoid, [[2, 1]], { background, link: "logit" });
  near(made.predictions[0]!, 4);
  near(total(made.values[0]!) + made.baseValue, 4);
  await assert.rejects(explain.kernelShap((rows) => rows.map(([a]) => a!), [[2]], { background: [[0]], link: "logit" }), /expected predictions above 0 and below 1 for link "logit", got 2/);
});

test("a column that never differs from the background has exactly 0, and a row equal to the background has nothing to explain", async () => {
  const made = await explain.kernelShap(model, [[1, 5, 2], [1, 5, 9]], { background: [[1, 5, 2]] });
  assert.deepEqual(made.values[0], [0, 0, 0]);
  assert.equal(made.values[1]![0], 0);
});

test("models may be asynchronous and give a list a row; then the output must be named", async () => {
  const two = async (rows: number[][]) => rows.map(([a, b]) => [a!, b!]);
  assert.deepEqual((await explain.shapley(two, [[3, 4]], { background: [[0, 0]], output: 1 })).values, [[0, 4]]);
  await assert.rejects(explain.shapley(two, [[3, 4]], { background: [[0, 0]] }), /expected output from 0 to 1 \(the model gives 2 values a row\), got undefined/);
  await assert.rejects(explain.shapley(two, [[3, 4]], { background: [[0, 0]], output: 2 }), /expected output from 0 to 1 .* got 2/);
});

test("results are plain and frozen", async () => {
  const made = await explain.shapley(model, [[1, 2]], { background: [[0, 0]] });
  assert.ok(Object.isFrozen(made) && Object.isFrozen(made.values) && Object.isFrozen(made.values[0]));
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
});

test("wrong widths, NaN, empty tables, unknown options, wrong answers of the model and too many columns are named", async () => {
  const background = [[0, 0]];
  await assert.rejects(explain.shapley(model, [[1]], { background }), /expected 2 numbers in row 0 of x, got 1/);
  await assert.rejects(explain.shapley(model, [[1, NaN]], { background }), /expected finite numbers in x, got NaN in row 0, column 1/);
  await assert.rejects(explain.shapley(model, [], { background }), /expected x to be rows of numbers, got an array of 0/);
  await assert.rejects(explain.shapley(model, [[1, 2]], { background: [] }), /expected background to be rows of numbers/);
  await assert.rejects(explain.shapley(model, [[1, 2]], { background, ouput: 1 } as never), /unknown option: ouput/);
  await assert.rejects(explain.shapley(() => [1, 2, 3], [[1, 2]], { background }), /expected model to give 1 predictions, one a row, got an array of 3/);
  await assert.rejects(explain.shapley((rows) => rows.map(() => NaN), [[1, 2]], { background }), /expected finite predictions from model, got NaN at row 0/);
  await assert.rejects(explain.shapley(model, table(1, 17), { background: table(1, 17) }), /expected at most 16 columns .* got 17: take kernelShap/);
  await assert.rejects(explain.kernelShap(model, table(1, 8), { background: table(1, 8), samples: 15 }), /expected samples to be a whole number >= 16, got 15/);
  await assert.rejects(explain.shapley(model, [[1, 2]], { background, names: ["a", "a"] }), /expected names to differ, got "a" twice/);
  await assert.rejects(explain.shapley(3 as never, [[1, 2]], { background }), /expected model to be a function or a LayersModel, got 3/);
});
