import assert from "node:assert/strict";
import { test } from "node:test";
import * as plot from "../../../kernel/helpers/plot/index.js";

const evil = `<script>alert("&")</script>`;
const figures = (text: string): Record<string, plot.Figure> => ({
  line: plot.line({ [`${text}a`]: [1, null, 3, 2], b: [2, 1, 1, 4] }, { title: text, xLabel: text, yLabel: text }),
  log: plot.line([1, 10, 0, 1000], { yScale: "log" }),
  dates: plot.line({ d: ["2024-01-01", "2024-03-01"], v: [1, 2] }, { x: "d" }),
  constant: plot.line([5, 5, 5]),
  scatter: plot.scatter([{ x: 1, y: 2, k: text }, { x: 3, y: -1, k: "other" }], { x: "x", y: "y", series: "k" }),
  bar: plot.bar({ [text]: 2, b: -3 }),
  horizontal: plot.bar({ [text]: 2, b: -3 }, { orientation: "horizontal" }),
  histogram: plot.histogram([1, 2, 2, 3]),
  heatmap: plot.heatmap([[1, NaN], [-1, 2]], { xNames: [text, "b"], zLabel: text }),
  fine: plot.heatmap(Array.from({ length: 50 }, (_, j) => Array.from({ length: 50 }, (_, i) => i * j))),
  confusion: plot.confusion({ actual: [text, "b"], predicted: ["b", "b"] }),
  boundary: plot.boundary([{ x: 0, y: 0, label: text }, { x: 1, y: 1, label: "z" }], { predict: (p) => p.map(([x]) => (x > 0.5 ? "z" : text)) }),
  contour: plot.contour((x, y) => (x > 0.9 ? NaN : x * y), { path: [[0, 0], [0.5, 0.5]], title: text }),
  images: plot.images([[[0, 1], [1, 0]]], { labels: [text] }),
  empty: plot.line([]),
});

test("every figure becomes one well-formed SVG without scripts, styles, ids or outside files", () => {
  for (const [name, figure] of Object.entries(figures(evil))) {
    const picture = plot.svg(figure);
    assert.match(picture, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="640" height="\d+" viewBox="[^"]+" role="img"/);
    assert.doesNotMatch(picture, /<script|style=|<style|\bid=|NaN|Infinity|undefined|href="(?!data:image\/png)/, name);
    assertWellFormed(picture);
  }
});

test("an SVG carries its title and its description for people who do not see it", () => {
  const picture = plot.svg(plot.line([1, 2], { title: "Loss & more" }));
  assert.match(picture, /<title>Loss &amp; more<\/title><desc>Loss &amp; more\. Line plot, 2 points; index from 0 to 1, y from 1 to 2\.<\/desc>/);
  assert.match(plot.svg(plot.line([1]), { ink: "currentColor" }), /fill="currentColor"/);
});

test("ticks that a figure asks for stand where the axis puts them, on a logarithmic axis too; a rate is written as a number, not as 100\u00b5", () => {
  const figure = plot.line([[1, 0], [100, 1]], { xScale: "log" });
  const at = (text: string) => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${text}</text>`).exec(plot.svg(figure))![1]);
  const usual = [1, 10].map((value) => at(String(value)));
  figure.layout.xaxis.tickvals = [1, 10];
  figure.layout.xaxis.ticktext = ["one", "ten"];
  assert.deepEqual([at("one"), at("ten")], usual);
  assert.equal(figure.layout.xaxis.exponentformat, "e");
});

test("a note stands at its value, on a logarithmic axis at its logarithm", () => {
  const figure = plot.line([[1, 0], [10, 1], [100, 2]], { xScale: "log" });
  figure.layout.annotations = [0, 1, 2].map((x) => ({ x, y: 1, text: `note ${x}`, showarrow: false }));
  const at = [0, 1, 2].map((x) => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>note ${x}</text>`).exec(plot.svg(figure))![1]));
  assert.ok(Math.abs(at[0]! + at[2]! - 2 * at[1]!) < 0.2 && at[1]! - at[0]! > 100, at.join());
});

test("marks stand where the axes say", () => {
  const picture = plot.svg(plot.bar({ a: 1, b: 2, c: 4 }));
  const heights = [...picture.matchAll(/<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([^"]+)"/g)].map((m) => Number(m[1]));
  assert.equal(heights.length, 3);
  assert.ok(Math.abs(heights[1] / heights[0] - 2) < 0.01 && Math.abs(heights[2] / heights[0] - 4) < 0.01);
  const [, x, y] = /M([\d.]+) ([\d.]+)L[\d. ]+" fill="none" stroke="#0b7ac0"/.exec(plot.svg(plot.line([10, 20], { markers: false })))!;
  assert.ok(Number(x) < 100 && Number(y) > 250);
});

test("a gap in the data is a gap in the line", () => {
  assert.match(plot.svg(plot.line([1, NaN, 3, 4], { markers: false })), /d="M[\d. ]+M[\d. ]+L[\d. ]+" fill="none"/);
});

test("pictures stay small: a line of 200 points below 8 kB, a contour below 160 kB", () => {
  assert.ok(plot.svg(plot.line(Array.from({ length: 200 }, (_, i) => Math.sin(i / 9)))).length < 8000);
  assert.ok(plot.svg(plot.contour((x, y) => 1 + 100 * (y - x * x) ** 2 + (1 - x) ** 2, { xRange: [-2, 2], yRange: [-1, 3], zScale: "log" })).length < 160_000);
});

test("a trace that cannot be drawn is refused by name", () => {
  assert.throws(() => plot.svg({ data: [{ type: "pie" }], layout: {} } as never), /unsupported trace type: pie/);
});

function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<>]*")*)\s*(\/?)>/g, (_, closing: string, name: string, _attributes, alone: string) => {
    if (closing) assert.equal(open.pop(), name);
    else if (!alone) open.push(name);
    return "";
  });
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]|&(?!(amp|lt|gt|quot|#39);)/);
}
