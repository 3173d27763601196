import assert from "node:assert/strict";
import { test } from "node:test";
import * as explain from "../../../../kernel/helpers/explain/index.js";
import { svg } from "../../../../kernel/helpers/plot/index.js";

const made: explain.Attributions = { names: ["age", "debt", "job"], x: [[30, 5, 1], [50, 1, 0]], values: [[2, -3, 0.5], [1, 1, 0]], baseValue: 10, predictions: [9.5, 12] };

test("a waterfall runs from the base value to the prediction, the largest step first, and can be drawn without Plotly", () => {
  const figure = explain.waterfall(made);
  assert.match(figure.layout.meta!.description!, /from 10 \(base value\) to 9\.5 \(prediction\): debt = 5 adds -3; age = 30 adds 2; job = 1 adds 0\.5\./);
  assert.match(svg(figure), /debt = 5/);
  const ends = figure.data.map((trace) => ("x" in trace ? trace.x!.filter((value) => value !== null) : []));
  assert.deepEqual(ends, [[10, 7], [7, 9, 9, 9.5]], "each step starts where the one before ended");
  assert.deepEqual(figure.layout.yaxis.ticktext, ["debt = 5: -3", "age = 30: +2", "job = 1: +0.5"]);
  assert.ok(figure.layout.xaxis.range![0] < 7 && figure.layout.xaxis.range![1] > 10, "no bar ends at the frame");
  assert.match(svg(figure), /stroke-width="18" stroke-linejoin="round" stroke-linecap="butt"/, "a bar ends where its value is");
  const still: explain.Attributions = { ...made, values: [[0, 0, 0]], predictions: [10] };
  assert.deepEqual(explain.waterfall(still).layout.xaxis.range, [9.5, 10.5]);
  assert.match(explain.waterfall(made, { most: 1 }).layout.meta!.description!, /2 others adds 2\.5/);
  assert.throws(() => explain.waterfall(made, { row: 2 }), /expected row from 0 to 1, got 2/);
});

test("a beeswarm has a point for each row and column, the weightiest column on top", () => {
  const figure = explain.beeswarm(made);
  assert.equal(figure.data.reduce((sum, trace) => sum + ("x" in trace ? trace.x!.length : 0), 0), 6);
  assert.deepEqual(figure.layout.yaxis.ticktext, ["debt", "age", "job"]);
  assert.deepEqual(figure.data.map(({ name }) => name), ["low value", "high value"], "the legend goes from low to high");
  assert.match(svg(figure), /<svg/);
  assert.deepEqual(explain.importancePlot(made).data[0]!.y, ["debt", "age", "job"]);
});

test("partial dependence is drawn over the rows' own curves", async () => {
  const curves = await explain.partialDependence((rows) => rows.map(([a, b]) => a! * b!), [[0, 1], [1, 3], [2, 2]], { feature: 0 });
  const figure = explain.partialPlot(curves);
  assert.equal(figure.data.length, 4);
  assert.match(svg(figure), /<svg/);
});

test("highlighted text is text, whatever it holds: no tag of it survives", () => {
  const shown = explain.highlight({ pieces: [{ text: `<img src=x onerror="alert(1)">`, weight: 0.5 }, { text: " & </p><script>", weight: 0 }, { text: "bad", weight: -1 }] });
  assert.doesNotMatch(shown.html, /<img|<script|<\/p><s/);
  assert.match(shown.html, /&lt;img/);
  const bundle = (shown as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();
  assert.equal(bundle["text/html"], shown.html);
  assert.match(bundle["text/plain"]!, /bad -1/);
});

test("what raises is orange and what lowers is blue, in every picture", () => {
  const [orange, blue] = ["#cf6412", "#0b7ac0"];
  const colours = (figure: ReturnType<typeof explain.waterfall>) => Object.fromEntries(figure.data.map((trace) => [trace.name, trace.type === "scatter" && (trace.marker ?? trace.line)?.color]));
  assert.deepEqual(colours(explain.waterfall(made)), { lowers: blue, raises: orange });
  assert.deepEqual(colours(explain.beeswarm(made)), { "low value": blue, "high value": orange });
});

test("words on a strong colour are dark in every theme", () => {
  const { html } = explain.highlight({ pieces: [{ text: "strong", weight: 1 }, { text: "weak", weight: 0.1 }] });
  assert.match(html, /color:#111[^>]*>strong/);
  assert.doesNotMatch(html, /color:#111[^>]*>weak/);
});

test("an overlay needs a value a pixel, and tells where the heat is", () => {
  const picture = { data: Array.from({ length: 12 }, (_, at) => at * 20), width: 2, height: 2 };
  assert.match(explain.overlay(picture, [0, 0, -3, 1]).layout.meta!.description!, /from -3 to 1; largest at row 1, column 1/);
  assert.throws(() => explain.overlay(picture, [1, 2]), /expected 4 values, one a pixel, got 2/);
});

test("a tree is drawn with the way of the example, names escaped; a graph with its arrows", () => {
  const tree: explain.Tree = { feature: [0, -2, 1, -2, -2], threshold: [0.5, 0, 2, 0, 0], left: [1, -1, 3, -1, -1], right: [2, -1, 4, -1, -1], value: [0, 10, 0, 20, 30], cover: [4, 3, 1, 1, 0] };
  const shown = explain.treePlot(tree, { names: ["<a>", "b"], x: [1, 5] });
  assert.equal(shown.text, "Tree with 3 leaves; the example goes: <a> <= 0.5? no; b <= 2? no; ends at 30.");
  assert.match(shown.html, /&lt;a&gt; &lt;= 0\.5/);
  assert.equal(shown.html.match(/stroke-width="4"/g)!.length, 2);
  const graph = explain.dagPlot(explain.dag([["z", "t"], ["z", "y"], ["t", "y"]]), { mark: ["z"] });
  assert.equal(graph.html.match(/<polygon/g)!.length, 3);
  assert.throws(() => explain.dagPlot(explain.dag([["a", "b"]]), { mark: ["c"] }), /unknown node: c in mark/);
});

test("local terms are drawn for and against on one lane each, the weightiest on top", () => {
  const made: explain.LocalExplanation = { terms: [{ feature: 1, name: "debt > 20", weight: -0.4 }, { feature: 0, name: "age <= 30", weight: 0.1 }], intercept: 0.5, prediction: 0.2, localPrediction: 0.25, score: 0.8 };
  const figure = explain.limePlot(made);
  assert.deepEqual(figure.data.map((trace) => trace.type === "bar" && [trace.name, trace.x, trace.y]), [["for", [null, 0.1], ["debt > 20", "age <= 30"]], ["against", [-0.4, null], ["debt > 20", "age <= 30"]]]);
  assert.match(svg(figure), /debt &gt; 20/);
  assert.equal(explain.limePlot({ ...made, terms: [] }).data.length, 2);
});

test("counterfactuals are arrows with both values, names are text, and none found is said", () => {
  const { html, text } = explain.counterfactualPlot([
    { x: [31, 10], prediction: 0.6, changes: [{ feature: 0, name: "<b>income</b>", from: 30, to: 31 }, { feature: 1, name: "debt", from: 30, to: 10 }], distance: 2 },
    { x: [71, 30], prediction: 0.51, changes: [{ feature: 0, name: "<b>income</b>", from: 30, to: 71 }], distance: 3 },
  ]);
  assert.doesNotMatch(html, /<b>/);
  assert.match(text, /2: <b>income<\/b> from 30 to 71 gives 0\.51\./);
  assert.equal(html.match(/<polygon/g)!.length, 3);
  assert.match(explain.counterfactualPlot([]).text, /No counterfactual/);
});

test("attention keeps alike words apart, and asks for a word a column", () => {
  const figure = explain.attentionPlot([[0.9, 0.1], [0.5, 0.5]], { tokens: ["the", "the"] });
  assert.deepEqual(figure.data[0]!.type === "heatmap" && figure.data[0]!.y, ["1 the", "2 the"]);
  assert.throws(() => explain.attentionPlot([[1]], { tokens: ["a", "b"] }), /expected 1 tokens, got 2/);
});

test("faithfulness is two curves from all to nothing, a refutation its repeats with the estimate", async () => {
  const faithful = await explain.faithfulness((rows) => rows.map(([a, b]) => 2 * a! + b!), [[1, 1], [2, 0]], { values: [[2, 1], [4, 0]] });
  const curves = explain.faithfulnessPlot(faithful);
  assert.deepEqual(curves.data.map((trace) => "y" in trace && trace.y), [[3.5, 0.5, 0], [0, 3, 3.5]]);
  const columns = { t: [0, 1, 0, 1, 0, 1, 0, 1], y: [0, 2, 0.5, 2, 0, 2.5, 0, 2] };
  const placebo = explain.refutationPlot(explain.refute(columns, { treatment: "t", outcome: "y", test: "placebo", repeats: 20 }));
  assert.equal(placebo.data.length, 3);
  const subset = explain.refutationPlot(explain.refute(columns, { treatment: "t", outcome: "y", test: "subset", repeats: 20 }));
  assert.equal(subset.data.length, 2, "what is expected is the estimate itself");
  assert.match(svg(placebo), /<svg/);
});
