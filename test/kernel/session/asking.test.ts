import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook, plain } from "./support.js";

test("prompt waits for the answer, text of any script included, and a password is asked as such", { timeout: 30_000 }, async (t) => {
  const answers: (string | null)[] = ["Ada 梯度 🙂", "secret", "y", "", null];
  const notebook = openNotebook(t, {
    onEvent(event) {
      if (event.type === "input") notebook.session.reply(answers.shift() ?? null);
    },
  });
  assert.deepEqual((await notebook.run(`[prompt("name?"), prompt("key?", { password: true }), confirm("sure?"), prompt("empty?"), prompt("gone?")]`, { allowStdin: true })).result?.data["text/plain"], "[ 'Ada 梯度 🙂', 'secret', true, '', null ]");
  const asked = notebook.events.flatMap((event) => (event.type === "input" ? [[event.parent, event.prompt, event.password]] : []));
  assert.deepEqual(asked.slice(0, 2), [["cell-1", "name?", false], ["cell-1", "key?", true]]);
});

test("What was printed before a question is out before it", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t, { onEvent: (event) => void (event.type === "input" && notebook.session.reply("x")) });
  await notebook.run(`for (let i = 0; i < 30; i++) console.log(i); prompt("?")`, { allowStdin: true });
  const lines = notebook.events.findIndex(({ type }) => type === "input");
  assert.ok(lines > 0 && notebook.events.slice(lines).every(({ type }) => type !== "stream"));
});

test("Where the front end cannot ask, prompt gives null at once", async (t) => {
  const notebook = openNotebook(t);
  assert.equal((await notebook.run(`prompt("?")`)).result?.data["text/plain"], "null");
});

test("The trusted side reads values, calls functions with arguments, and gets decoded data", async (t) => {
  const notebook = openNotebook(t);
  const { session } = notebook;
  await notebook.run(`const weights = new Float32Array([1, 2.5]); let model = { scale: 3, predict(x: number[]) { return x.map((v) => v * this.scale) } };
async function later(a: number) { await null; return { a, when: new Map([["k", NaN]]) } }
function fails() { throw new TypeError("not like this") }`, { cellId: "abc" });
  assert.deepEqual(await session.ask({ ask: "value", name: "weights" }), { status: "ok", value: new Float32Array([1, 2.5]) });
  assert.deepEqual(await session.ask({ ask: "call", name: "model.predict", args: [[1, 2]] }), { status: "ok", value: [3, 6] });
  assert.deepEqual(await session.ask({ ask: "call", name: "later", args: [7] }), { status: "ok", value: { a: 7, when: new Map([["k", NaN]]) } });
  assert.deepEqual(await session.ask({ ask: "call", name: "fails", args: [] }), { status: "threw", message: "TypeError: not like this" });
  assert.equal((await session.ask({ ask: "value", name: "nothing" })).status, "missing");
  assert.equal((await session.ask({ ask: "call", name: "weights", args: [] })).status, "missing");
  assert.equal((await session.ask({ ask: "value", name: "constructor.constructor('x')" })).status, "missing");
  const source = await session.ask({ ask: "source", name: "abc" });
  assert.ok(source.status === "ok" && String(source.value).startsWith("const weights"));
  assert.deepEqual(await session.ask({ ask: "source", name: "later" }), source);
});

test("An answer that is late, too large, circular or fatal is named so, and the notebook lives", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t);
  const { session } = notebook;
  await notebook.run(`let kept = 1; function spin() { while (true) {} } function never() { return new Promise(() => {}) }
const big = "x".repeat(1e6); const loop: any = {}; loop.self = loop; function bye() { process.exit(1) }`);
  assert.equal((await session.ask({ ask: "call", name: "spin", args: [] }, { time: 300 })).status, "timeout");
  assert.equal(await notebook.value("kept"), "1");
  assert.equal((await session.ask({ ask: "call", name: "never", args: [] }, { time: 100 })).status, "timeout");
  assert.equal((await session.ask({ ask: "value", name: "big" }, { size: 1000 })).status, "too-large");
  assert.equal((await session.ask({ ask: "value", name: "loop" })).status, "unsupported");
  assert.equal((await session.ask({ ask: "call", name: "bye", args: [] })).status, "died");
  assert.equal(await notebook.value("typeof kept"), "'undefined'");
});

test("check(id) asks the trusted side, which may ask back, and shows the answer in the cell", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t, {
    services: {
      async check(id, session) {
        if (id !== "sum") throw new Error(`unknown task ${String(id)}`);
        const answer = await session.ask({ ask: "call", name: "sum", args: [[1, 2, 3]] });
        return { data: { "text/plain": answer.status === "ok" && answer.value === 6 ? "passed" : "failed" }, metadata: {} };
      },
    },
  });
  await notebook.run("const sum = (all: number[]) => all.reduce((a, b) => a + b)");
  assert.equal((await notebook.run(`await check("sum"); console.log("after")`)).status, "ok");
  const shown = notebook.events.find(({ type }) => type === "display_data");
  assert.ok(shown?.type === "display_data" && shown.parent === "cell-2" && shown.bundle.data["text/plain"] === "passed");
  assert.match(plain((await notebook.run(`check("other")`)).error?.traceback), /unknown task other/);
});

test("Comms carry data and binary buffers both ways", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`const channel = comms.open("widget", { start: 1 }, { buffers: [new Float32Array([1.5])] });
channel.onMessage(({ data, buffers }) => channel.send({ got: data, bytes: [...buffers[0]] }, { buffers: [buffers[0]] }));
channel.onClose(() => console.log("closed"));
comms.onOpen("ours", (comm, { data }) => comm.send({ hello: data }))`);
  const opened = await notebook.event(({ type }) => type === "comm");
  assert.ok(opened.type === "comm" && opened.message.kind === "open" && opened.message.target === "widget");
  assert.deepEqual(new Float32Array(Uint8Array.from(opened.message.buffers?.[0] ?? []).buffer), new Float32Array([1.5]));
  const { commId } = opened.message;
  await notebook.session.comm({ kind: "msg", commId, data: { a: 1 }, buffers: [new Uint8Array([9, 8])] }, "msg-1");
  const echoed = await notebook.event((event) => event.type === "comm" && event.message.kind === "msg");
  assert.ok(echoed.type === "comm" && echoed.parent === "msg-1");
  assert.deepEqual(echoed.message.data, { got: { a: 1 }, bytes: [9, 8] });
  assert.deepEqual([...(echoed.message.buffers?.[0] ?? [])], [9, 8]);
  await notebook.session.comm({ kind: "close", commId, data: {} }, "msg-2");
  await notebook.event((event) => event.type === "stream" && event.text === "closed\n" && event.parent === "msg-2");
  await notebook.session.comm({ kind: "open", commId: "front", target: "ours", data: 5 }, "msg-3");
  await notebook.event((event) => event.type === "comm" && event.parent === "msg-3" && event.message.commId === "front");
  await notebook.session.comm({ kind: "open", commId: "lost", target: "nobody", data: {} }, "msg-4");
  await notebook.event((event) => event.type === "comm" && event.message.commId === "lost" && event.message.kind === "close");
});

test("tslab's display API works under its import name", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`import * as tslab from "tslab";
tslab.display.html("<b>x</b>"); tslab.display.png(new Uint8Array([1, 2, 3])); tslab.display.raw("text/vnd.own", "raw");
const one = tslab.newDisplay(); one.markdown("first"); one.markdown("second"); require("tslab").display.text("t")`);
  const shown = notebook.events.map((event) => (event.type === "display_data" || event.type === "update_display_data" ? [event.type, event.bundle.data, event.displayId !== undefined] : []));
  assert.deepEqual(shown, [
    ["display_data", { "text/html": "<b>x</b>" }, false],
    ["display_data", { "image/png": "AQID" }, false],
    ["display_data", { "text/vnd.own": "raw" }, false],
    ["display_data", { "text/markdown": "first" }, true],
    ["update_display_data", { "text/markdown": "second" }, true],
    ["display_data", { "text/plain": "t" }, false],
  ]);
});

test("TensorFlow waits for no cell that does not name it, and is one instance under every name", { timeout: 120_000 }, async (t) => {
  const notebook = openNotebook(t, { engine: { tier: "cpu" } });
  assert.equal(await notebook.value("1"), "1");
  assert.equal(notebook.events.some(({ type }) => type === "engine"), false);
  assert.equal(await notebook.value(`import * as a from "@tensorflow/tfjs"; import b from "@tensorflow/tfjs-node"; [a === tf, b === tf, require("@tensorflow/tfjs-node-gpu") === tf, (await import("@tensorflow/tfjs-core")) === tf].join()`), "'true,true,true,true'");
  assert.equal(await notebook.value(`tf.tidy(() => tf.add(2, 3).dataSync()[0])`), "5");
  assert.deepEqual(notebook.events.filter(({ type }) => type === "engine").map((event) => event.type === "engine" && event.tier), ["cpu"]);
});

test("TensorFlow loads by itself when the notebook is idle", { timeout: 120_000 }, async (t) => {
  const notebook = openNotebook(t, { engine: { tier: "cpu" }, preload: true });
  await notebook.event(({ type }) => type === "engine");
  assert.equal(await notebook.value("tf.getBackend()"), "'cpu'");
});
