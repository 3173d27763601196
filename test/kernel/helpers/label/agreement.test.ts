import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as label from "../../../../kernel/helpers/label/index.js";

const near = (actual: number, expected: number, within = 1e-12) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);

test("annotators who always agree reach 1 on every measure, and those who never agree on two classes reach -1 on Cohen's kappa", () => {
  const same = [["a", "a"], ["b", "b"], ["a", "a"]];
  for (const measure of [label.cohenKappa, label.fleissKappa, label.krippendorffAlpha]) near(measure(same), 1);
  near(label.cohenKappa([["a", "b"], ["b", "a"]]), -1);
});

test("on two annotators with large data, Fleiss' kappa and Krippendorff's alpha meet; labels drawn at random agree as by chance", () => {
  const draw = random(3);
  const votes = Array.from({ length: 20000 }, () => [draw.integer(0, 3), draw.integer(0, 3)]);
  // Standard error of kappa here is below 1 / sqrt(20000) = 0.007: six of them.
  for (const value of [label.cohenKappa(votes), label.fleissKappa(votes), label.krippendorffAlpha(votes)]) near(value, 0, 0.043);
  near(label.fleissKappa(votes), label.krippendorffAlpha(votes), 1e-4);
});

test("Cohen's kappa equals its value worked by hand, and weights punish far disagreements more", () => {
  // Observed agreement 0.7, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
  const votes = [...Array(4).fill(["y", "y"]), ...Array(1).fill(["y", "n"]), ...Array(2).fill(["n", "y"]), ...Array(3).fill(["n", "n"])];
  near(label.cohenKappa(votes), 0.4);
  const far = [[1, 3], [1, 1], [3, 3], [2, 2]];
  assert.ok(label.cohenKappa(far, { weights: "quadratic" }) < label.cohenKappa(far, { weights: "linear" }));
  near(label.cohenKappa([["lo", "hi"], ["lo", "lo"], ["hi", "hi"]], { weights: "linear", classes: ["lo", "mid", "hi"] }), label.cohenKappa([["lo", "hi"], ["lo", "lo"], ["hi", "hi"]]));
});

test("agreement does not change when annotators, items or nominal names change places", () => {
  const draw = random(8);
  const votes = Array.from({ length: 40 }, () => Array.from({ length: 4 }, () => (draw.uniform() < 0.2 ? null : draw.integer(1, 3))));
  const turned = draw.shuffle(votes).map((row) => [row[2]!, row[0]!, row[3]!, row[1]!]);
  const renamed = turned.map((row) => row.map((name) => name === null ? null : ["x", "c", "b", "a"][name]!));
  near(label.krippendorffAlpha(votes), label.krippendorffAlpha(renamed), 1e-9);
  for (const level of ["ordinal", "interval", "ratio"] as const) near(label.krippendorffAlpha(votes, { level }), label.krippendorffAlpha(turned, { level }), 1e-9);
});

test("a class that nobody uses changes no nominal measure", () => {
  const votes = [["a", "a", "b"], ["b", "b", "b"], ["a", "b", "a"]];
  const classes = ["a", "never", "b"];
  near(label.fleissKappa(votes, { classes }), label.fleissKappa(votes));
  near(label.krippendorffAlpha(votes, { classes }), label.krippendorffAlpha(votes));
});

test("one class throughout is documented: NaN for the kappas, 1 for alpha", () => {
  const votes = [["a", "a"], ["a", "a"]];
  assert.deepEqual([label.cohenKappa(votes), label.fleissKappa(votes), label.krippendorffAlpha(votes)], [Number.NaN, Number.NaN, 1]);
});

test("one item is enough for agreement where two people labelled it", () => {
  near(label.krippendorffAlpha([["a", "b"]]), 0);
  near(label.fleissKappa([["a", "b"]]), -1);
});

test("bad annotations are refused by name and place", () => {
  assert.throws(() => label.krippendorffAlpha([]), /expected at least one annotation, got none/);
  assert.throws(() => label.krippendorffAlpha([["a"], ["b"]]), /expected at least 2 annotators, got 1/);
  assert.throws(() => label.krippendorffAlpha([["a", "b"], ["a"]]), /expected 2 labels in every row \(null where missing\), got 1 in row 1/);
  assert.throws(() => label.krippendorffAlpha([["a", Number.NaN]]), /string, number or boolean in row 0, column 1, got NaN/);
  assert.throws(() => label.krippendorffAlpha([["a", "x"]], { classes: ["a", "b"] }), /unknown label: x in row 0, column 1 \(classes: a, b\)/);
  assert.throws(() => label.krippendorffAlpha([["a", null], [null, "b"]]), /expected an item with 2 or more labels, got none/);
  assert.throws(() => label.krippendorffAlpha([["a", "b"]], { level: "interval" }), /expected numbers as labels for level interval, got "a"/);
  assert.throws(() => label.krippendorffAlpha([[-1, 1]], { level: "ratio" }), /numbers >= 0 as labels for level ratio, got -1/);
  assert.throws(() => label.krippendorffAlpha([["a", "b"]], { level: "ordinal" }), /classes in their order for level ordinal/);
  assert.throws(() => label.krippendorffAlpha([[1, 2]], { level: "rank" as "ratio" }), /unknown level: rank/);
  assert.throws(() => label.cohenKappa([["a", "b", "c"]]), /expected 2 annotators, got 3: name two in annotators/);
  assert.throws(() => label.cohenKappa([["a", "b"]], { annotators: [0, 7] }), /unknown annotator: 7 \(known: 0, 1\)/);
  assert.throws(() => label.cohenKappa([["a", null], [null, "a"]]), /expected an item that both labelled, got none/);
  assert.throws(() => label.cohenKappa([["a", "b"]], { weights: "linear" }), /classes in their order for weights linear/);
  assert.throws(() => label.cohenKappa([{ item: 1, annotator: 1, label: "a" }, { item: 1, annotator: 1, label: "b" }, { item: 1, annotator: 2, label: "b" }]), /one label an item from each annotator, got more from annotator 1 for item 1/);
  assert.throws(() => label.fleissKappa([["a", "b"], ["a", null]]), /same number of labels for every item, got 2 and 1 \(item 1\)/);
});
