import assert from "node:assert/strict";
import { test } from "node:test";
import { createDisplay, toBundle, type OutputMessage } from "../../../kernel/display/index.js";

function recorder() {
  const messages: OutputMessage[] = [];
  return { messages, ...createDisplay((message) => messages.push(message)) };
}

const texts = (messages: OutputMessage[]) => messages.map((m) => (m.type === "clear_output" ? `clear ${m.wait}` : m.type === "stream" ? m.text : `${m.type} ${String(m.bundle.data["text/plain"])}`));

test("a displayed value is out before the call returns, so it keeps its place among printed lines", () => {
  const { messages, display } = recorder();
  display({ a: 1 });
  assert.deepEqual(texts(messages), ["display_data { a: 1 }"]);
});

test("a handle changes what was shown, under the same id", () => {
  const { messages, display } = recorder();
  const handle = display(1);
  handle.update(2);
  assert.deepEqual(texts(messages), ["display_data 1", "update_display_data 2"]);
  assert.deepEqual(messages.map((m) => "displayId" in m && m.displayId), [handle.id, handle.id]);
  assert.notEqual(display(1).id, handle.id);
});

test("versions of one display appear in the order of the calls, even where an early one has to wait", async () => {
  const { messages, display, settled } = recorder();
  let release: (value: unknown) => void = () => {};
  const handle = display(new Promise((resolve) => (release = resolve)));
  handle.update("second");
  assert.deepEqual(messages, []);
  release("first");
  await settled();
  assert.deepEqual(texts(messages), ["display_data 'first'", "update_display_data 'second'"]);
  handle.update(3);
  assert.deepEqual(texts(messages).at(-1), "update_display_data 3");
});

test("a displayed promise that rejects is told in its place and hurts nobody", async () => {
  const { messages, display, settled } = recorder();
  display(Promise.reject(new TypeError("no such file")));
  await settled();
  assert.deepEqual(texts(messages), ["display_data rejected: TypeError: no such file"]);
});

test("each helper emits its MIME type beside a plain text", () => {
  const { messages, display } = recorder();
  display.html("<b>bold</b> text");
  display.svg(`<svg xmlns="http://www.w3.org/2000/svg"><title>Dot</title></svg>`);
  display.markdown("*m*");
  display.latex("x^2");
  display.latex("$$y$$");
  display.json({ a: [1] });
  display.image(new Uint8Array([1, 2]), "image/avif");
  display.bundle({ "text/x": "y" });
  display.text("raw");
  display.clear(true);
  const data = messages.map((m) => (m.type === "display_data" ? m.bundle.data : m.type));
  assert.deepEqual(data, [
    { "text/html": "<b>bold</b> text", "text/plain": "bold text" },
    { "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg"><title>Dot</title></svg>`, "text/plain": "Dot" },
    { "text/markdown": "*m*", "text/plain": "*m*" },
    { "text/latex": "$x^2$", "text/plain": "x^2" },
    { "text/latex": "$$y$$", "text/plain": "$$y$$" },
    { "application/json": { a: [1] }, "text/plain": "{ a: [ 1 ] }" },
    { "image/avif": "AQI=", "text/plain": "AVIF image, 2 bytes" },
    { "text/x": "y", "text/plain": "text/x" },
    { "text/plain": "raw" },
    "clear_output",
  ]);
});

test("bytes that are no picture are refused with what was expected", () => {
  assert.throws(() => recorder().image(new Uint8Array(3)), /expected bytes of a PNG, JPEG, GIF or WebP picture.*got 3 bytes/);
});

test("a changed figure is sent in a form that JupyterLab draws again", () => {
  const { messages, display } = recorder();
  const plotly = "application/vnd.plotly.v1+json";
  const types = () => messages.splice(0).map((m) => ("bundle" in m ? Object.keys(m.bundle.data).sort() : []));
  const bars = display({ data: [{ type: "bar", x: ["a"], y: [1] }], layout: {} });
  bars.update({ data: [{ type: "bar", x: ["a"], y: [2] }], layout: {} });
  assert.deepEqual(types(), [[plotly, "image/svg+xml", "text/plain"], ["image/svg+xml", "text/plain"]]);
  const pie = display({ data: [{ type: "pie", values: [1] }], layout: {} });
  pie.update({ data: [{ type: "pie", values: [2] }], layout: {} });
  assert.deepEqual(types(), [[plotly, "text/plain"], ["text/plain"], [plotly, "text/plain"]]);
});

test("a handle left as the last value of a cell shows nothing more", async () => {
  assert.deepEqual(await toBundle(recorder().display(1)), { data: {}, metadata: {} });
});
