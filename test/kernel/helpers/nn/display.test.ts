import assert from "node:assert/strict";
import { test } from "node:test";
import { toBundle } from "../../../../kernel/display/bundle.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { made } from "./data.js";

const plotly = "application/vnd.plotly.v1+json";

test("every model and every result shows itself, in words too, and is plain frozen data below", async () => {
  const { x, y, number } = made(60, 3, 1, 3);
  const scored = { truth: y.map((one) => Number(one > 1)), scores: number };
  const sure = { truth: scored.truth, probabilities: number.map((value) => 1 / (1 + Math.exp(-value))) };
  const deduced = nn.forwardChain({ rules: [{ name: "r", when: ["?a"], then: ["?a too"] }], facts: ["x"] });
  const shown: [unknown, string, RegExp][] = [
    [nn.decisionTree({ x, y }), "image/svg+xml", /^Decision tree with \d+ leaves/],
    [nn.regressionTree({ x, y: number }), "image/svg+xml", /^Regression tree with \d+ leaves, drawn to depth \d+/],
    [nn.randomForest({ x, y }, { trees: 5 }), plotly, /^Forest of 5 trees, out-of-bag accuracy 0\.\d+/],
    [nn.regressionForest({ x, y: number }, { trees: 5 }), plotly, /out-of-bag R2/],
    [nn.pruningPath({ x, y }), "text/html", /^Pruning path: \d+ trees/],
    [nn.treeRules(nn.decisionTree({ x, y }, { maxDepth: 2 })), "text/html", /^\d rules/],
    [nn.decisionPath(nn.decisionTree({ x, y }), { x: x[0]! }), "text/html", /^x\d = /],
    [nn.knn({ x, y }), "text/plain", /^5 nearest of 60 examples/],
    [nn.linearRegression({ x, y: number }), "text/html", /^Linear regression: R2 0\.\d+/],
    [nn.logisticRegression({ x, y }), "text/html", /^Logistic regression, l2 1, classes 0, 1, 2/],
    [nn.gaussianNaiveBayes({ x, y }), "text/html", /^Gaussian naive Bayes/],
    [nn.kMeans(x, { k: 2 }), "text/html", /^2 clusters of 60 points/],
    [nn.pca(x), "text/html", /^3 of 3 principal components, 100% of the variance/],
    [nn.confusionMatrix({ truth: y, predicted: y }), plotly, /Confusion matrix, 60 cases/],
    [nn.classificationReport({ truth: y, predicted: y }), "text/html", /^Accuracy 1 on 60 examples/],
    [nn.rocCurve(scored), plotly, /^ROC curve, area/],
    [nn.precisionRecallCurve(scored), plotly, /average precision/],
    [nn.calibration(sure), plotly, /^Reliability: ECE/],
    [nn.entityF1({ truth: [["B-A"]], predicted: [["B-A"]] }), "text/html", /^1 entities, 1 predicted, F1 1/],
    [nn.regressionReport({ truth: number, predicted: number }), "text/html", /^Errors of 60 predictions/],
    [deduced, "text/html", /^1 facts given, 1 concluded by 1 firings/],
    [deduced.how("x too"), "text/html", /^x too \(rule r\)\n {2}x \(given\)$/],
    [deduced.whyNot("y too"), "text/html", /^Why not: y too/],
  ];
  for (const [value, mime, text] of shown) {
    const { data } = await toBundle(value);
    assert.ok(mime in data, `${String(text)}: ${Object.keys(data).join()}`);
    assert.match(String(data["text/plain"]), text);
    assert.ok(Object.isFrozen(value));
    assert.doesNotThrow(() => structuredClone(JSON.parse(JSON.stringify(value))));
  }
});

test("a report of twelve classes is shown whole", async () => {
  const truth = Array.from({ length: 24 }, (_, i) => `class ${i % 12}`);
  const { data } = await toBundle(nn.classificationReport({ truth, predicted: truth.toReversed() }));
  assert.equal(String(data["text/plain"]).split("\n").length, 1 + 1 + 12 + 2);
  assert.equal(String(data["text/html"]).match(/<tr>/g)!.length, 15);
});
