import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import { fairness } from "../../../../kernel/index.js";
import { people } from "./people.js";

/** Items of two groups with equal truth, labelled by annotators of whom one is harder on group b. */
function annotations(seed: number, harder: number) {
  const generator = random(seed);
  const rows = { labels: [] as number[], group: [] as string[], annotator: [] as string[], item: [] as number[] };
  for (let item = 0; item < 120; item++) for (const annotator of ["p", "q", "r"]) {
    const group = item % 2 ? "a" : "b";
    rows.labels.push(Number(generator.uniform() < (annotator === "r" && group === "b" ? 0.6 - harder : 0.6)));
    rows.group.push(group);
    rows.annotator.push(annotator);
    rows.item.push(item);
  }
  return rows;
}

test("an annotator who is harder on one group is named, and the others are not", () => {
  const found = fairness.labelBias({ ...annotations(1, 0.5), seed: 2 });
  assert.deepEqual(found.suspicious, ["r"]);
  const r = found.annotators.find(({ annotator }) => annotator === "r")!;
  assert.ok(r.rates.b < r.rates.a && r.difference === Math.abs(r.rates.a - r.rates.b));
  assert.ok(r.adjustedPValue >= r.pValue && r.pValue >= 1 / 1000);
});

test("without bias the p-value is not small more often than it should be", () => {
  const values = Array.from({ length: 60 }, (_, seed) => fairness.labelBias({ labels: annotations(seed, 0).labels.slice(0, 60), group: annotations(seed, 0).group.slice(0, 60), seed, permutations: 99 }).pValue);
  // Binomial(60, 0.05): more than 15 with a chance below 1e-7; the seeds are fixed.
  assert.ok(values.filter((p) => p <= 0.05).length <= 15, values.join());
});

test("agreement is 1 where all annotators say the same, and the share of agreeing pairs else; an item in two groups is refused", () => {
  const found = fairness.labelBias({ labels: [1, 1, 1, 0], item: ["i", "i", "j", "j"], annotator: ["p", "q", "p", "q"], group: ["a", "a", "b", "b"], seed: 1 });
  assert.deepEqual(found.agreement, { a: 1, b: 0 });
  assert.throws(() => fairness.labelBias({ labels: [1, 1], item: ["i", "i"], group: ["a", "b"], seed: 1 }), /expected one group for item i, got a and b/);
  assert.throws(() => fairness.labelBias({ labels: [1, 0], group: ["a", "b"] } as never), /expected seed to be a whole number/);
});

test("a report shows itself as HTML with tables and pictures, without script, and escapes names of groups", () => {
  const { truth, predicted, scores } = people(90, 1);
  const group = truth.map((_, i) => (i % 2 ? "<b>" : "a"));
  const report = fairness.report({ truth, predicted, scores, group, bootstrap: { samples: 20, seed: 1 } });
  const shown = (report as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  assert.match(shown["text/html"], /<table>[\s\S]*<svg/);
  assert.ok(!shown["text/html"].includes("<script") && !shown["text/html"].includes("<b>"));
  assert.match(shown["text/html"], /&lt;b&gt;/);
  assert.equal(report.figures.length, 2);
  assert.match(shown["text/plain"], /max - min/);
});

test("the Chinese report has as many sentences and warnings as the English one, with the same numbers and no English sentence", () => {
  const { truth, predicted, scores, group } = people(60, 2);
  const [en, zh] = (["en", "zh"] as const).map((language) => fairness.report({ truth, predicted, scores, group, language }));
  assert.equal(zh.sentences.length, en.sentences.length);
  assert.ok(zh.warnings.length === en.warnings.length && en.warnings.length > 0);
  const numbers = (text: string) => text.match(/\d+(\.\d+)?%/g) ?? [];
  en.sentences.forEach((sentence, i) => assert.deepEqual(numbers(zh.sentences[i]).sort(), numbers(sentence).sort()));
  for (const sentence of [...zh.sentences, ...zh.warnings]) assert.match(sentence, /[\u4e00-\u9fff]/);
});

test("a report of a regression tells errors instead of rates, and an unknown language is refused", () => {
  const report = fairness.report({ truth: [1, 2, 3, 4], predicted: [1, 2, 4, 6], group: ["a", "a", "b", "b"], task: "values" });
  assert.match(report.sentences[0], /mean error .* highest for b, 1.5, and lowest for a, 0/);
  assert.throws(() => fairness.report({ truth: [1, 0], predicted: [1, 0], group: ["a", "b"], language: "fr" as never }), /unknown language: fr/);
});

test("a table by group shows itself with its warnings", () => {
  const found = fairness.byGroup({ truth: [1, 0], predicted: [1, 0], group: ["a", "b"] });
  const shown = (found as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  assert.match(shown["text/html"], /<th scope="row">a<\/th>/);
  assert.match(shown["text/plain"], /group a has only 1 row: its figures are unreliable/);
});
