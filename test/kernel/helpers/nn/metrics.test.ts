import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";

const near = (a: number, b: number, within = 1e-12) => assert.ok(Math.abs(a - b) <= within, `${a} ${b}`);

test("the area under a ROC curve is the chance that a positive scores higher than a negative, ties counted half", () => {
  for (let seed = 1; seed <= 8; seed++) {
    const draw = random(seed);
    const truth = Array.from({ length: 50 }, (_, i) => (i < 2 ? i : draw.integer(0, 1)));
    const scores = truth.map((one) => draw.integer(0, 6) + one);
    let [wins, pairs] = [0, 0];
    truth.forEach((a, i) => truth.forEach((b, j) => {
      if (a !== 1 || b !== 0) return;
      pairs++;
      wins += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }));
    near(nn.rocCurve({ truth, scores }).auc, wins / pairs);
    // Only the order of scores counts.
    near(nn.rocCurve({ truth, scores: scores.map((s) => Math.exp(s)) }).auc, wins / pairs);
    near(nn.rocCurve({ truth, scores: scores.map((s) => -s) }).auc, 1 - wins / pairs);
  }
});

test("a perfect classifier has 1 everywhere, guessing has its share, and names of classes do not matter", () => {
  const truth = ["cat", "dog", "dog", "bird"];
  const perfect = nn.classificationReport({ truth, predicted: truth });
  assert.deepEqual([perfect.accuracy, perfect.macro.f1, perfect.weighted.recall, nn.matthewsCorrelation({ truth, predicted: truth }), nn.cohenKappa({ truth, predicted: truth }), nn.balancedAccuracy({ truth, predicted: truth })], [1, 1, 1, 1, 1, 1]);
  const always = { truth: [0, 0, 0, 1], predicted: [0, 0, 0, 0] };
  assert.equal(nn.matthewsCorrelation(always), 0);
  assert.equal(nn.cohenKappa(always), 0);
  assert.equal(nn.balancedAccuracy(always), 0.5);
  assert.deepEqual(nn.confusionMatrix({ truth: [true, false], predicted: [true, true] }).counts, [[0, 1], [0, 1]]);
  const scored = { truth: ["no", "yes", "no", "yes"], scores: [1, 4, 2, 3] };
  assert.equal(nn.rocCurve(scored, { positive: "yes" }).auc, 1);
  assert.equal(nn.precisionRecallCurve(scored, { positive: "yes" }).averagePrecision, 1);
  assert.equal(nn.precisionRecallCurve({ truth: [1, 0, 1, 0], scores: [1, 1, 1, 1] }).averagePrecision, 0.5);
});

test("a division by zero is set as asked and named, never silent", () => {
  const data = { truth: ["a", "b", "b"], predicted: ["a", "a", "b"] };
  const report = nn.classificationReport(data, { classes: ["a", "b", "c"] });
  assert.deepEqual(report.undefinedMetrics, ['precision of "c": it is never predicted', 'recall of "c": it has no examples', 'f1 of "c": it has no examples and is never predicted']);
  assert.equal(report.classes[2]!.f1, 0);
  assert.equal(nn.classificationReport(data, { classes: ["a", "b", "c"], zeroDivision: 1 }).classes[2]!.precision, 1);
  assert.ok(Number.isNaN(nn.classificationReport(data, { classes: ["a", "b", "c"], zeroDivision: "NaN" }).macro.precision));
  assert.deepEqual(nn.entityF1({ truth: [["B-PER"]], predicted: [["O"]] }).undefinedMetrics, ["precision of PER: none was predicted", "precision of all types: none was predicted"]);
});

test("losses of probabilities: exact at their ends, least for the truth, and the same for one column as for two", () => {
  const truth = [1, 0, 1, 1];
  const p = [0.8, 0.3, 0.6, 0.9];
  const rows = p.map((one) => [1 - one, one]);
  near(nn.logLoss({ truth, probabilities: p }), nn.logLoss({ truth, probabilities: rows }));
  near(nn.brierScore({ truth, probabilities: p }), nn.brierScore({ truth, probabilities: rows }));
  assert.equal(nn.logLoss({ truth, probabilities: [1, 0, 1, 1] }), 0);
  assert.equal(nn.logLoss({ truth, probabilities: [0, 0, 1, 1] }), Infinity);
  assert.equal(nn.brierScore({ truth: [0, 1, 2], probabilities: [[0, 1, 0], [0, 1, 0], [0, 0, 1]] }), 2 / 3);
  near(nn.logLoss({ truth, probabilities: p, weights: [2, 1, 1, 0] }), nn.logLoss({ truth: [1, 1, 0, 1], probabilities: [0.8, 0.8, 0.3, 0.6] }));
});

test("calibration: probabilities that come true as often as they say have an error near 0, and each example lies in one bin", () => {
  const draw = random(4);
  const probabilities = Array.from({ length: 20_000 }, () => draw.uniform());
  const truth = probabilities.map((p) => Number(draw.uniform() < p));
  const found = nn.calibration({ truth, probabilities });
  assert.ok(found.expectedCalibrationError < 0.015);
  assert.equal(found.bins.reduce((sum, { count }) => sum + count, 0), 20_000);
  // Overconfident: the gap is what was added.
  assert.ok(nn.calibration({ truth, probabilities: probabilities.map((p) => (p > 0.5 ? 0.75 + p / 4 : p / 4)) }).expectedCalibrationError > 0.1);
  const equal = nn.calibration({ truth, probabilities }, { bins: 5, strategy: "quantile" });
  assert.deepEqual(equal.bins.map(({ count }) => Math.round(count / 1000)), [4, 4, 4, 4, 4]);
  // Edges: 0 and 1, and what rounding puts beside a bin.
  const edges = nn.calibration({ truth: [1, 0, 1, 0, 1], probabilities: [1, 0, 0.3, 0.7, 0.6] }, { bins: 10 });
  assert.deepEqual(edges.bins.map(({ from, count }) => [from, count]), [[0, 1], [0.3, 1], [0.6, 1], [0.7, 1], [0.9, 1]]);
  // Numbers beside every edge, where floor(p * bins) errs: 0.29 * 100 is below 29.
  for (let bins = 1; bins <= 100; bins++) for (let i = 0; i <= bins; i++) for (const p of [i / bins, (i / bins) * (1 - Number.EPSILON), Math.min(1, (i / bins) * (1 + Number.EPSILON))]) {
    const { from, to } = nn.calibration({ truth: [1], probabilities: [p] }, { bins }).bins[0]!;
    assert.ok(p >= from && (p < to || to === 1), `${p} in [${from}, ${to})`);
  }
  const top = nn.calibration({ truth: [0, 1], probabilities: [[0.9, 0.1], [0.8, 0.2]] });
  near(top.expectedCalibrationError, (0.1 + 0.8) / 2);
});

test("entities: I that continues nothing opens one, a change of type ends one, and only whole matches count", () => {
  assert.deepEqual(nn.entities([["I-A", "I-A", "B-A", "I-B", "O", "B-B"]]).map(({ type, first, last }) => `${type}${first}${last}`), ["A01", "A22", "B33", "B55"]);
  const report = nn.entityF1({ truth: [["B-A", "I-A", "O"]], predicted: [["B-A", "O", "O"]] });
  assert.equal(report.micro.f1, 0);
  assert.throws(() => nn.entities([["PER"]]), { message: 'expected O, B-type or I-type, got "PER" in sentence 0, token 0' });
  assert.throws(() => nn.entityF1({ truth: [["O", "O"]], predicted: [["O"]] }), { message: "expected 2 predicted tags in sentence 0 like truth, got 1" });
});

test("perplexity of guessing among n tokens is n, from logs and from losses, and masked tokens do not count", () => {
  near(nn.perplexity({ logProbabilities: Array.from({ length: 9 }, () => Math.log(1 / 50)) }), 50, 1e-9);
  near(nn.perplexity({ losses: [Math.log(2), 99], weights: [1, 0] }), 2);
  assert.throws(() => nn.perplexity({ losses: [1], weights: [0] }), { message: "expected at least one token, got none" });
  assert.throws(() => nn.perplexity({ logProbabilities: [0.1] }), { message: "expected logProbabilities <= 0, got 0.1 at index 0" });
});

test("wrong inputs of metrics are named", () => {
  const cases: [() => unknown, RegExp][] = [
    [() => nn.confusionMatrix({ truth: [1, 0], predicted: [1] }), /expected predicted of length 2 like truth, got 1/],
    [() => nn.confusionMatrix({ truth: [], predicted: [] }), /expected at least one example, got none/],
    [() => nn.classificationReport({ truth: ["a"], predicted: ["c"] }, { classes: ["a", "b"] }), /unknown class in predicted: "c" at index 0 \(known: "a", "b"\)/],
    [() => nn.rocCurve({ truth: [1, 1], scores: [0.1, 0.2] }), /expected both classes in truth, got only positives/],
    [() => nn.rocCurve({ truth: [1, 0], scores: [0.1, NaN] }), /expected finite numbers in scores, got NaN at index 1/],
    [() => nn.rocCurve({ truth: ["a", "b"], scores: [0, 1] }), /expected positive, the class that is looked for, as the classes are "a", "b"/],
    [() => nn.rocCurve({ truth: ["a", "b"], scores: [0, 1] }, { positive: "c" }), /unknown class: positive "c" \(known: "a", "b"\)/],
    [() => nn.precisionRecallCurve({ truth: [0, 0], scores: [0, 1] }), /expected at least one positive in truth, got none/],
    [() => nn.logLoss({ truth: [1, 0], probabilities: [1.2, 0] }), /expected probabilities from 0 to 1, got 1.2 at index 0/],
    [() => nn.logLoss({ truth: [0, 1], probabilities: [[0.5, 0.4], [0, 1]] }), /expected probabilities that sum to 1, got 0.9 in row 0/],
    [() => nn.logLoss({ truth: [0, 1], probabilities: [[0.5, 0.4, 0.1], [0, 1, 0]] }), /expected 2 probabilities in row 0, one a class found in truth \(name others by classes\), got 3/],
    [() => nn.calibration({ truth: [0, 1], probabilities: [0, 1] }, { bins: 0 }), /expected bins to be a whole number >= 1, got 0/],
    [() => nn.regressionReport({ truth: [1, NaN], predicted: [1, 2] }), /expected finite numbers in truth, got NaN at index 1/],
  ];
  for (const [work, message] of cases) assert.throws(work, { message });
});
