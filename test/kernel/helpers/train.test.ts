import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { afterEach, test } from "node:test";
import { promisify } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { createDisplay, type OutputMessage } from "../../../kernel/display/index.js";
import { history } from "../../../kernel/helpers/train/history.js";
import * as train from "../../../kernel/helpers/train/index.js";
import { duration } from "../../../kernel/helpers/train/view.js";

afterEach(() => train.connectDisplay(undefined));

type Shown = Extract<OutputMessage, { bundle: unknown }>;

function notebook(): Shown[] {
  const messages: Shown[] = [];
  train.connectDisplay(createDisplay((message) => messages.push(message as Shown)));
  return messages;
}

const text = (message: Shown) => String(message.bundle.data["text/plain"]);
const html = (message: Shown) => String(message.bundle.data["text/html"]);

test("a loop over progress shows one view that ends with the last step, its loss and its curve", () => {
  const messages = notebook();
  const progress = train.progress({ steps: 100 });
  for (const step of progress) progress.step({ loss: 1 / (step + 1) });
  assert.equal(progress.history.loss.length, 100);
  assert.equal(messages[0].type, "display_data");
  assert.ok(messages.slice(1).every((m) => m.type === "update_display_data"));
  assert.equal(new Set(messages.map((m) => m.displayId)).size, 1);
  assert.match(text(messages.at(-1)!), /^Training: step 100 of 100 \(100%\), .*done after .*; loss 0\.01$/);
  assert.match(html(messages.at(-1)!), /<svg [^>]*role="img".*<desc>Line plot, 100 points; step from 1 to 100, loss from 0\.01 to 1\./);
  assert.doesNotMatch(html(messages.at(-1)!), /<script|style=|<progress/);
});

test("a fast loop sends few updates, at most ten a second and the last", () => {
  const messages = notebook();
  const start = performance.now();
  const progress = train.progress({ steps: 50_000 });
  for (const step of progress) progress.step({ loss: step });
  const seconds = (performance.now() - start) / 1000;
  assert.ok(messages.length <= 2 + Math.ceil(seconds * 10), `${messages.length} messages in ${seconds} s`);
});

test("the view during training tells the share done and draws a bar for it", () => {
  const messages = notebook();
  const progress = train.progress({ epochs: 4, title: "House prices" });
  progress.step({ loss: 2, val_loss: 3, accuracy: 0.5 });
  const until = performance.now() + 120;
  while (performance.now() < until);
  progress.step({ loss: 1, val_loss: 2, accuracy: 0.75 });
  const shown = messages.at(-1)!;
  assert.match(text(shown), /^House prices: epoch 2 of 4 \(50%\), .* left; loss 1, val_loss 2, accuracy 0\.75$/);
  assert.match(html(shown), /<progress max="4" value="2" aria-label="House prices">/);
  assert.equal(html(shown).match(/<svg xmlns/g)?.length, 2);
});

test("leaving the loop early keeps the last state in sight and says that it stopped", () => {
  const messages = notebook();
  const progress = train.progress({ steps: 10 });
  assert.throws(() => {
    for (const step of progress) {
      progress.step({ loss: step });
      if (step === 3) throw new Error("interrupted");
    }
  });
  assert.match(text(messages.at(-1)!), /^Training: step 4 of 10 \(40%\).*stopped after .*; loss 3$/);
  const count = messages.length;
  progress.step({ loss: 9 });
  progress.done();
  assert.equal(messages.length, count);
});

test("a loop that only iterates counts its steps, and done() ends an open one", () => {
  const messages = notebook();
  for (const _ of train.progress({ steps: 3 }));
  assert.match(text(messages.at(-1)!), /step 3 of 3 .*done/);
  const open = train.progress();
  open.step();
  open.step();
  open.done();
  assert.match(text(messages.at(-1)!), /^Training: step 2, .*done after/);
});

test("model.fit feeds the view through its callbacks, and no tensor is kept", async () => {
  await tf.setBackend("cpu");
  const messages = notebook();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const [x, y] = [tf.tensor2d([[1], [2]]), tf.tensor2d([[2], [4]])];
  const progress = train.progress({ epochs: 3 });
  await model.fit(x, y, { epochs: 1, verbose: 0 });
  const n = tf.memory().numTensors;
  await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: train.callbacks(progress) });
  assert.equal(tf.memory().numTensors, n);
  assert.equal(progress.history.loss.length, 3);
  assert.match(text(messages.at(-1)!), /epoch 3 of 3 \(100%\).*; loss /);
});

test("wrong options and metrics are named", () => {
  notebook();
  assert.throws(() => train.progress({ step: 3 } as never), /unknown option: step/);
  assert.throws(() => train.progress({ steps: 0 }), /expected steps >= 1 and whole, got 0/);
  assert.throws(() => train.progress({ steps: 1, epochs: 1 }), /expected steps or epochs, got both/);
  assert.throws(() => train.progress({ steps: 1 }).step({ loss: "low" as never }), /expected loss to be a number or a scalar tensor, got string/);
});

test("a long run keeps at most 2,000 values of each metric, rare ones whole, and always the newest", () => {
  const h = history();
  for (let step = 1; step <= 30_002; step++) h.add(step, step % 1000 ? { loss: step } : { loss: step, val_loss: step });
  assert.ok(h.of("loss").values.length <= 2001 && h.of("loss").values.length > 900);
  assert.equal(h.of("loss").values.at(-1), 30_002);
  assert.deepEqual(h.of("val_loss").steps, Array.from({ length: 30 }, (_, i) => (i + 1) * 1000));
});

test("in a plain program progress is lines on standard error, the first and the last at least", async () => {
  const url = new URL("../../../kernel/helpers/train/index.js", import.meta.url).href;
  const program = `import { progress } from ${JSON.stringify(url)}; const p = progress({ steps: 500 }); for (const i of p) p.step({ loss: i });`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  assert.equal(stdout, "");
  const lines = stderr.trim().split("\n");
  assert.equal(lines[0], "Training: step 0 of 500 (0%)");
  assert.match(lines.at(-1)!, /^Training: step 500 of 500 \(100%\), .*done after .*; loss 499$/);
});

test("durations read as people say them", () => {
  assert.deepEqual([0.123, 9.5, 42, 75, 599.7, 3000, 7260].map(duration), ["0.12 s", "9.5 s", "42 s", "1 min 15 s", "10 min 0 s", "50 min", "2 h 1 min"]);
});
