import assert from "node:assert/strict";
import { test } from "node:test";
import { fairness } from "../../../../kernel/index.js";
import { people, warned } from "./people.js";

const close = (actual: number, expected: number, message?: string) => assert.ok(Object.is(actual, expected) || Math.abs(actual - expected) < 1e-12, message ?? `expected ${expected}, got ${actual}`);

test("every named measure equals the disaggregation it is built on, for several data sets, with and without weights", () => {
  for (const seed of [1, 2, 3, 4]) for (const weighted of [false, true]) {
    const { group, truth, predicted, weights } = people(200, seed);
    const input = { group, truth, predicted, ...(weighted && { weights }) };
    const { spread: s, groups: g } = fairness.byGroup({ ...input, metrics: ["selectionRate", "truePositiveRate", "falsePositiveRate", "falseNegativeRate", "precision", "errorRate"] });
    close(fairness.demographicParityDifference(input), s.selectionRate.difference);
    close(fairness.demographicParityRatio(input), s.selectionRate.ratio);
    close(fairness.demographicParityDifference({ ...input, method: "toOverall" }), s.selectionRate.differenceToOverall);
    close(fairness.demographicParityRatio({ ...input, method: "toOverall" }), s.selectionRate.ratioToOverall);
    close(fairness.equalOpportunityDifference(input), s.truePositiveRate.difference);
    close(fairness.equalOpportunityRatio(input), s.truePositiveRate.ratio);
    close(fairness.equalizedOddsDifference(input), Math.max(s.truePositiveRate.difference, s.falsePositiveRate.difference));
    close(fairness.equalizedOddsDifference({ ...input, aggregate: "mean" }), (s.truePositiveRate.difference + s.falsePositiveRate.difference) / 2);
    close(fairness.equalizedOddsRatio(input), Math.min(s.truePositiveRate.ratio, s.falsePositiveRate.ratio));
    close(fairness.predictiveParityDifference(input), s.precision.difference);
    close(fairness.predictiveParityRatio(input), s.precision.ratio);
    close(fairness.errorRateParityDifference(input), s.errorRate.difference);
    close(fairness.errorRateParityRatio(input), s.errorRate.ratio);
    const sided = { ...input, privileged: "c", unprivileged: "a" };
    close(fairness.statisticalParityDifference(sided), g.a.selectionRate - g.c.selectionRate);
    close(fairness.disparateImpact(sided), g.a.selectionRate / g.c.selectionRate);
    close(fairness.truePositiveRateDifference(sided), g.a.truePositiveRate - g.c.truePositiveRate);
    close(fairness.falsePositiveRateDifference(sided), g.a.falsePositiveRate - g.c.falsePositiveRate);
    close(fairness.falseNegativeRateDifference(sided), g.a.falseNegativeRate - g.c.falseNegativeRate);
    close(fairness.errorRateDifference(sided), g.a.errorRate - g.c.errorRate);
    close(fairness.averageOddsDifference(sided), (g.a.truePositiveRate - g.c.truePositiveRate + g.a.falsePositiveRate - g.c.falsePositiveRate) / 2);
    close(fairness.averageAbsoluteOddsDifference(sided), (Math.abs(g.a.truePositiveRate - g.c.truePositiveRate) + Math.abs(g.a.falsePositiveRate - g.c.falsePositiveRate)) / 2);
  }
});

test("swapping the sides turns the sign of a signed difference and inverts disparate impact, and leaves the unsigned ones alone", () => {
  const { group, predicted } = people(150, 9, ["a", "b"]);
  const difference = fairness.statisticalParityDifference({ predicted, group, privileged: "a" });
  close(fairness.statisticalParityDifference({ predicted, group, privileged: "b" }), -difference);
  close(fairness.disparateImpact({ predicted, group, privileged: "a" }) * fairness.disparateImpact({ predicted, group, privileged: "b" }), 1);
  close(fairness.demographicParityDifference({ predicted, group }), Math.abs(difference));
});

test("a weight of 2 counts like the row twice, for every metric but count", () => {
  const { group, truth, predicted, scores } = people(60, 5);
  const weights = group.map((_, i) => 1 + (i % 2));
  const twice = <T>(values: T[]) => values.flatMap((value, i) => (i % 2 ? [value, value] : [value]));
  const metrics = ["selectionRate", "accuracy", "truePositiveRate", "precision", "f1", "balancedAccuracy", "areaUnderCurve", "calibrationError", "brierScore", "meanError", "rootMeanSquaredError"] as const;
  const weighted = fairness.byGroup({ group, truth, predicted, scores, weights, metrics });
  const repeated = fairness.byGroup({ group: twice(group), truth: twice(truth), predicted: twice(predicted), scores: twice(scores), metrics });
  for (const name of ["a", "b", "c"]) for (const metric of metrics) close(weighted.groups[name][metric], repeated.groups[name][metric], `${name} ${metric}`);
  for (const metric of metrics) close(weighted.overall[metric], repeated.overall[metric], metric);
});

test("within a level of a control feature the figures are those of its rows alone, and outside they ignore it", () => {
  const { group, truth, predicted } = people(120, 6);
  const control = group.map((_, i) => (i % 3 ? "day" : "night"));
  const found = fairness.byGroup({ group, truth, predicted, control, metrics: ["accuracy", "selectionRate"] });
  const night = control.flatMap((level, i) => (level === "night" ? [i] : []));
  const alone = fairness.byGroup({ group: night.map((i) => group[i]), truth: night.map((i) => truth[i]), predicted: night.map((i) => predicted[i]), metrics: ["accuracy", "selectionRate"] });
  assert.deepEqual(found.strata.night.groups, alone.groups);
  assert.deepEqual(found.strata.night.spread, alone.spread);
  assert.deepEqual(found.groups, fairness.byGroup({ group, truth, predicted, metrics: ["accuracy", "selectionRate"] }).groups);
});

test("a metric of one's own sees the rows of its group as they were written", () => {
  const found = fairness.byGroup({ truth: ["x", "y", "x"], predicted: ["x", "x", "x"], group: ["a", "a", "b"], metrics: { hits: ({ truth, predicted }) => truth.filter((t, i) => t === predicted[i]).length, share: "accuracy" } });
  assert.deepEqual(found.groups, { a: { hits: 1, share: 0.5 }, b: { hits: 1, share: 1 } });
  assert.equal(found.overall.hits, 2);
});

test("typed arrays, plain arrays, booleans and words give the same figures", () => {
  const { group, truth, predicted } = people(80, 7);
  const metrics = ["selectionRate", "truePositiveRate", "accuracy"] as const;
  const plain = fairness.byGroup({ group, truth, predicted, metrics }).groups;
  const codes = Int32Array.from(group, (name) => "abc".indexOf(name));
  assert.deepEqual(Object.values(fairness.byGroup({ group: codes, truth: Uint8Array.from(truth), predicted: Float32Array.from(predicted), metrics }).groups), Object.values(plain));
  assert.deepEqual(fairness.byGroup({ group, truth: truth.map(Boolean), predicted: predicted.map(Boolean), metrics }).groups, plain);
  const word = (values: number[]) => values.map((value) => (value ? "yes" : "no"));
  assert.deepEqual(fairness.byGroup({ group, truth: word(truth), predicted: word(predicted), positive: "yes", metrics }).groups, plain);
});

test("small groups, empty crossed groups, undefined rates and values left out are all named in the warnings", () => {
  const found = fairness.byGroup({ truth: [1, 1, 0, 0], predicted: [1, 0, 0, 1], group: { sex: ["w", "w", "m", "m"], age: ["old", "young", "old", "old"] }, metrics: ["truePositiveRate"], smallest: 2, zeroDivision: "NaN" });
  const told = found.warnings.map(({ kind, group }) => `${kind} ${group}`);
  for (const expected of ["emptyGroup m|young", "smallGroup w|old", "smallGroup m|old", "undefinedRate m|old", "leftOut m|old"]) assert.ok(told.includes(expected), `${expected} in ${told.join("; ")}`);
  assert.ok(Number.isNaN(found.groups["m|young"].truePositiveRate));
  assert.equal(found.spread.truePositiveRate.difference, 1);
  assert.equal(fairness.byGroup({ truth: [1, 0], predicted: [1, 1], group: ["a", "b"], metrics: ["truePositiveRate"] }).groups.b.truePositiveRate, 0, "fairlearn's 0 by default");
});

test("a named measure that met an undefined rate says so on the console, and AIF360's is NaN", () => {
  const input = { truth: [1, 0, 0, 0], predicted: [1, 0, 1, 0], group: ["a", "a", "b", "b"] };
  const { value, messages } = warned(() => fairness.equalOpportunityDifference(input));
  assert.equal(value, 1);
  assert.match(messages.join(), /truePositiveRate of group b is undefined/);
  assert.ok(warned(() => Number.isNaN(fairness.truePositiveRateDifference({ ...input, privileged: "a" }))).value);
});

test("the same seed gives the same bootstrap intervals, which hold the estimate and narrow with more rows", () => {
  const width = (n: number, seed: number) => {
    const { group, truth, predicted } = people(n, 11);
    const found = fairness.byGroup({ group, truth, predicted, metrics: ["accuracy", "selectionRate"], bootstrap: { samples: 100, seed } });
    const [low, high] = found.intervals!.groups.a.accuracy;
    assert.ok(low <= found.groups.a.accuracy && found.groups.a.accuracy <= high);
    return [low, high];
  };
  assert.deepEqual(width(100, 3), width(100, 3));
  assert.notDeepEqual(width(100, 3), width(100, 4));
  const span = ([low, high]: number[]) => high - low;
  assert.ok(span(width(2000, 3)) < span(width(100, 3)) / 2);
});

test("a bootstrap interval of a share has about the width that theory gives", () => {
  const n = 400;
  const found = fairness.byGroup({ predicted: Array.from({ length: n }, (_, i) => i % 2), group: new Array(n).fill("all"), metrics: ["selectionRate"], bootstrap: { samples: 2000, seed: 1, level: 0.95 } });
  const [low, high] = found.intervals!.groups.all.selectionRate;
  const theory = 2 * 1.96 * Math.sqrt(0.25 / n);
  assert.ok(Math.abs(high - low - theory) < 0.08 * theory, `${high - low} against ${theory}`);
});

test("bad input is an error that names argument and value", () => {
  const good = { truth: [1, 0], predicted: [1, 0], group: ["a", "b"] };
  const cases: [() => unknown, RegExp][] = [
    [() => fairness.byGroup({ ...good, predicted: [1] }), /expected predicted of length 2 like group, got 1/],
    [() => fairness.byGroup({ ...good, truth: [1, Number.NaN] }), /expected truth without missing values, got NaN at index 1/],
    [() => fairness.byGroup({ ...good, group: ["a", null as never] }), /expected a group for every row in group, got null at index 1/],
    [() => fairness.byGroup({ ...good, group: [], truth: [], predicted: [] }), /expected at least one value in group, got none/],
    [() => fairness.byGroup({ ...good, metrics: ["acuracy" as never] }), /unknown metric: acuracy \(known: count, /],
    [() => fairness.byGroup({ ...good, weights: [1, -1] }), /expected weights >= 0, got -1 at index 1/],
    [() => fairness.byGroup({ ...good, weights: [0, 0] }), /expected weights with a sum > 0, got 0/],
    [() => fairness.byGroup({ ...good, scores: [0.5, 1.5], metrics: ["brierScore"] }), /expected scores from 0 to 1, got 1.5 at index 1/],
    [() => fairness.byGroup({ ...good, metrics: ["brierScore"] }), /expected scores for metric brierScore, got undefined/],
    [() => fairness.byGroup({ truth: [0, 2], predicted: [1, 0], group: ["a", "b"], metrics: ["recall"] }), /expected positive for recall: say which class/],
    [() => fairness.byGroup({ truth: ["x", "y"], predicted: ["x", "y"], group: ["a", "b"], positive: "z", metrics: ["recall"] }), /expected positive to be one of "x", "y", got "z"/],
    [() => fairness.byGroup({ ...good, metric: ["recall"] } as never), /unknown option: metric/],
    [() => fairness.byGroup({ ...good, predicted: [0.7, 0.2], positive: 1 }), /expected classes for selectionRate, got 0.2: compare probabilities with a threshold/],
    [() => fairness.byGroup({ ...good, bootstrap: { samples: 1, seed: 1 } }), /expected bootstrap.samples to be a whole number >= 2, got 1/],
    [() => fairness.demographicParityDifference({ predicted: [1, 0], group: ["a", "b"], method: "sideways" as never }), /unknown method: sideways/],
    [() => fairness.statisticalParityDifference({ predicted: [1, 0], group: ["a", "b"], privileged: "c" }), /expected privileged to be one of "a", "b", got "c"/],
    [() => fairness.statisticalParityDifference({ predicted: [1, 0], group: ["a", "a"], privileged: "a" }), /expected rows in the unprivileged group, got none/],
    [() => fairness.generalizedEntropyIndex({ benefits: [1, -1] }), /expected benefits >= 0, got -1 at index 1/],
    [() => fairness.consistency({ rows: [[0], [1]], predicted: [1, 0] }), /expected neighbours <= 2 rows, got 5/],
    [() => fairness.consistency({ rows: [[0], [Number.NaN]], predicted: [1, 0], neighbours: 1 }), /expected finite numbers in rows, got NaN in row 1, column 0/],
    [() => fairness.distributionParityDifference({ predicted: [1, Number.NaN], group: ["a", "b"] }), /expected finite numbers in predicted, got NaN at index 1/],
    [() => fairness.multiclass({ predicted: Array.from({ length: 60 }, (_, i) => i), group: new Array(60).fill("a") }), /expected at most 50 classes/],
  ];
  for (const [action, message] of cases) assert.throws(action, message);
});

test("by-group metrics count 200,000 rows right", () => {
  const n = 200_000;
  const truth = Uint8Array.from({ length: n }, (_, i) => Number(i % 3 === 0));
  const found = fairness.byGroup({ truth, predicted: truth, group: Array.from({ length: n }, (_, i) => (i % 2 ? "a" : "b")), metrics: ["selectionRate", "accuracy", "truePositiveRate", "falsePositiveRate"] });
  assert.equal(found.rows, n);
  assert.equal(found.overall.accuracy, 1);
});

test("several classes: each class against the rest equals the two-class measure with that class as positive", () => {
  const predicted = people(90, 8).scores.map((score) => (score < 0.4 ? "low" : score < 0.7 ? "middle" : "high"));
  const { group } = people(90, 8);
  const found = fairness.multiclass({ predicted, group });
  for (const positive of ["low", "middle", "high"]) close(found.classes[positive].spread.selectionRate.difference, fairness.demographicParityDifference({ predicted, group, positive }));
  close(found.worst.selectionRate.difference, Math.max(...Object.values(found.classes).map(({ spread }) => spread.selectionRate.difference)));
});

test("the distance of distributions bounds the difference of selection rates at every threshold, and some threshold reaches it", () => {
  const { scores, group } = people(200, 12, ["a", "b"]);
  const distance = fairness.distributionParityDifference({ predicted: scores, group });
  const differences = scores.map((threshold) => fairness.demographicParityDifference({ predicted: scores.map((score) => Number(score > threshold)), group }));
  close(Math.max(...differences), distance);
  assert.equal(fairness.distributionParityDifference({ predicted: scores.map(() => 0.5), group }), 0, "ties are one step");
});

test("a crossed group holds exactly the rows that have both values", () => {
  const { group, truth, predicted } = people(120, 13);
  const shift = group.map((_, i) => ["early", "late"][(i * 7) % 2]);
  const found = fairness.byGroup({ truth, predicted, group: { shift, group }, metrics: ["count", "accuracy"] });
  assert.deepEqual(Object.keys(found.groups), ["early|a", "early|b", "early|c", "late|a", "late|b", "late|c"]);
  for (const one of ["early", "late"]) for (const name of ["a", "b", "c"]) {
    const rows = group.flatMap((value, i) => (value === name && shift[i] === one ? [i] : []));
    assert.equal(found.groups[`${one}|${name}`].count, rows.length);
    close(found.groups[`${one}|${name}`].accuracy, rows.filter((i) => truth[i] === predicted[i]).length / rows.length);
  }
});

test("the ratio to all rows together is never above 1, whichever side a group is on", () => {
  const { group, predicted } = people(90, 14);
  const found = fairness.byGroup({ predicted, group, metrics: ["selectionRate"] });
  const ratios = Object.values(found.groups).map(({ selectionRate }) => Math.min(selectionRate / found.overall.selectionRate, found.overall.selectionRate / selectionRate));
  close(found.spread.selectionRate.ratioToOverall, Math.min(...ratios));
  // One group far above the rest: 1 against 11/20 of all.
  const above = fairness.byGroup({ predicted: [...Array.from({ length: 18 }, (_, i) => i % 2), 1, 1], group: [...new Array(18).fill("many"), "few", "few"], metrics: ["selectionRate"] });
  close(above.spread.selectionRate.ratioToOverall, 11 / 20);
});
