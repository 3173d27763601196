import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data, Layout } from "plotly.js";
import * as plot from "../../../kernel/helpers/plot/index.js";
import { contrast, diverging, grey, ink, palette, scales, sequential, textOn, colourAt, hex } from "../../../kernel/helpers/plot/colour.js";
import { toBundle } from "../../../kernel/display/index.js";

const said = (figure: plot.Figure) => figure.layout.meta?.description;

test("the examples in the documentation are true", () => {
  assert.equal(said(plot.line([3, 2, 1.5], { yLabel: "Loss" })), "Line plot, 3 points; index from 0 to 2, Loss from 1.5 to 3.");
  assert.equal(said(plot.scatter([{ area: 50, price: 100 }, { area: 80, price: 150 }], { x: "area", y: "price" })), "Scatter plot, 2 points; area from 50 to 80, price from 100 to 150.");
  assert.equal(said(plot.bar({ cat: 3, dog: 5 })), "Bar chart, 2 bars; cat 3, dog 5.");
  assert.deepEqual(plot.histogram([1, 1, 2, 5], { bins: 2 }).data[0].y, [3, 1]);
  assert.equal(said(plot.heatmap([[1, 2], [3, 4]])), "Heat map, 2 rows x 2 columns, values from 1 to 4; largest in row 1, column 1.");
  assert.deepEqual((plot.confusion({ actual: ["a", "a", "b"], predicted: ["a", "b", "b"] }).data[0] as { z: unknown }).z, [[1, 1], [0, 1]]);
  assert.equal(said(plot.contour((x, y) => x * x + y * y, { path: [[1, 1], [0.5, 0.5]] })),
    "Contour plot, x from -1 to 1, y from -1 to 1, values from 0 to 2; path of 2 points from (1, 1) to (0.5, 0.5).");
  assert.equal(said(plot.images([[[0, 1], [1, 0]]], { labels: ["cross"] })), "1 image of 2 x 2 pixels: cross.");
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("a wrong option, column or keyword is an error that names it", () => {
  const records = [{ a: 1, b: 2 }];
  const cases: [() => unknown, RegExp][] = [
    [() => plot.line([1], { colour: "red" } as never), /^TypeError: unknown option: colour/],
    [() => plot.line([1], { xScale: "cubic" as never }), /^TypeError: invalid xScale: cubic/],
    [() => plot.bar([1], { orientation: "up" as never }), /^TypeError: invalid orientation: up/],
    [() => plot.line(records), /^TypeError: missing channel: y \(columns: a, b\)/],
    [() => plot.scatter(records, { x: "c", y: "b" }), /^TypeError: unknown column: c \(columns: a, b\)/],
    [() => plot.line([1, 2], { x: [1] }), /^RangeError: expected as many x as y, got 1 and 2/],
    [() => plot.histogram([1], { bins: 0 }), /^RangeError: expected bins >= 1 and whole, got 0/],
    [() => plot.histogram([1], { range: [2, 1] }), /^RangeError: expected range as \[from, to\] with from < to, got \[2,1\]/],
    [() => plot.heatmap([[1, 2], [3]]), /^TypeError: expected data with rows of equal length, got 2 in row 0 and 1 in row 1/],
    [() => plot.confusion({ actual: ["a"], predicted: ["b"] }, { labels: ["a"] }), /^RangeError: unknown class: b/],
    [() => plot.contour(() => -1, { zScale: "log" }), /^RangeError: expected values > 0 for zScale "log", got -1/],
    [() => plot.boundary(records, {} as never), /^TypeError: missing option: predict/],
    [() => plot.bar({ a: "x" } as never), /^TypeError: expected numbers in data, got "x"/],
    [() => plot.images([]), /^RangeError: expected at least one picture, got none/],
  ];
  for (const [f, message] of cases) assert.throws(f, (error: Error) => message.test(String(error)) || assert.fail(String(error)));
});

test("arrays, typed arrays, tensors, pairs, records and columns give the same line", () => {
  const expected = plot.line([4, 5, 6]).data[0];
  const tensor = { shape: [3], dataSync: () => new Float32Array([4, 5, 6]) };
  const cases = [plot.line(new Float32Array([4, 5, 6])), plot.line(tensor), plot.line([[0, 4], [1, 5], [2, 6]]),
    plot.line([{ v: 4 }, { v: 5 }, { v: 6 }], { y: "v" }), plot.line({ v: [4, 5, 6] }), plot.line({ t: [0, 1, 2], v: tensor }, { x: "t", y: "v" })];
  for (const figure of cases) {
    const { x, y } = figure.data[0];
    assert.deepEqual([x, y], [expected.x, expected.y]);
  }
});

test("values of 32-bit tensors are written without digits they do not have, missing ones as gaps", () => {
  assert.deepEqual(plot.line(new Float32Array([0.1, NaN])).data[0].y, [0.1, null]);
  assert.match(said(plot.line([1, NaN, 3]))!, /1 missing/);
});

test("a long line keeps its peaks, and the description tells how many points were drawn", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 5000));
  values[54_321] = 99;
  const figure = plot.line(values);
  assert.ok(figure.data[0].y!.length <= 4000);
  assert.ok(figure.data[0].y!.includes(99));
  assert.match(said(figure)!, /100,000 points, 4,000 of them drawn \(the extremes of each stretch\)/);
});

test("words that look like numbers stay words on an axis, numbers stay numbers and dates dates", () => {
  const rows = [{ ward: "1", day: "2026-01-01", size: 3 }, { ward: "2", day: "2026-01-02", size: 5 }];
  for (const draw of [plot.line, plot.scatter, plot.bar]) {
    assert.equal(draw(rows, { x: "ward", y: "size" }).layout.xaxis.type, "category");
    assert.equal(draw(rows, { x: "day", y: "size" }).layout.xaxis.type, undefined);
    assert.equal(draw(rows, { x: "ward", y: "size" }).layout.yaxis.type, undefined);
  }
  assert.equal(plot.bar({ 1: 3, 2: 5 }, { orientation: "horizontal" }).layout.yaxis.type, "category");
  assert.equal(plot.bar([3, 5]).layout.xaxis.type, undefined);
  assert.equal(plot.scatter(rows, { x: "size", y: "ward", xScale: "log" }).layout.yaxis.type, "category");
});

test("every bin of a histogram counts, and what lies outside the range is said", () => {
  const figure = plot.histogram([0, 1, 2, 3, 10], { range: [0, 4], bins: 4 });
  assert.deepEqual(figure.data[0].y, [1, 1, 1, 1]);
  assert.match(said(figure)!, /1 outside/);
  const counts = plot.histogram(Array.from({ length: 1000 }, (_, i) => Math.sin(i))).data[0].y as number[];
  assert.equal(counts.reduce((a, b) => a + b), 1000);
});

test("a decision boundary asks the model once, and takes classes, probabilities, scores or a tensor", () => {
  const data = { x: [0, 1, 0, 1], y: [0, 0, 1, 1], label: ["no", "no", "yes", "yes"] };
  let calls = 0;
  let disposed = 0;
  const answers: ((points: [number, number][]) => plot.Predictions)[] = [
    (points) => points.map(([, y]) => (y > 0.5 ? "yes" : "no")),
    (points) => points.map(([, y]) => 1 / (1 + Math.exp(-20 * (y - 0.5)))),
    (points) => points.map(([, y]) => [0.5 - y, y - 0.5]),
    (points) => ({ shape: [points.length, 1], dataSync: () => points.map(([, y]) => Number(y > 0.5)), dispose: () => disposed++ }) as never,
  ];
  for (const answer of answers) {
    const figure = plot.boundary(data, { predict: (points) => (calls++, answer(points)), resolution: 20 });
    assert.match(said(figure)!, /4 points, classes no, yes; share of the area: no 50%, yes 50%/);
  }
  assert.deepEqual([calls, disposed], [4, 1]);
});

test("colours stand out on white and on JupyterLab's dark background", () => {
  for (const background of ["#ffffff", "#111111"]) {
    for (const colour of palette) assert.ok(contrast(colour, background) >= 3, `${colour} on ${background}`);
    assert.ok(contrast(ink, background) >= 4);
  }
  for (const scale of [sequential, diverging, grey]) {
    for (let t = 0; t <= 1; t += 0.01) assert.ok(contrast(textOn(colourAt(scale, t)), hex(colourAt(scale, t))) >= 4.5);
  }
  assert.deepEqual(Object.keys(scales), ["sequential", "diverging", "grey"]);
});

test("figures are ordinary Plotly figures: its types accept them, and they can be changed", async () => {
  const figure = plot.line([1, 2, 3]);
  // Plotly's published types know no two-dimensional cell texts, so heat maps are left out of the type's check.
  const data: Data[] = figure.data as Exclude<plot.Trace, plot.HeatmapTrace>[];
  const layout: Partial<Layout> = figure.layout;
  figure.layout.xaxis.title = { text: "Changed" };
  const bundle = (await toBundle(figure)).data as Record<string, { data: unknown; layout: { xaxis: { title: { text: string } } } }>;
  const sent = bundle["application/vnd.plotly.v1+json"];
  assert.deepEqual(sent, JSON.parse(JSON.stringify({ data, layout })));
  assert.equal(sent.layout.xaxis.title.text, "Changed");
  assert.match(String(bundle["image/svg+xml"]), /Changed/);
  assert.equal(bundle["text/plain"], said(figure));
});

test("the same call gives the same figure", () => {
  const make = () => JSON.stringify([plot.histogram([3, 1, 2]), plot.contour((x, y) => x * y), plot.images([[[0, 1]]])]);
  assert.equal(make(), make());
});
