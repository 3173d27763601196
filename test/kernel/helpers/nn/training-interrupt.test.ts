import assert from "node:assert/strict";
import { test } from "node:test";
import type { Variable } from "@tensorflow/tfjs";
import { unwind, withUndo } from "../../../../kernel/engine/compile/unwind.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { withRounded } from "../../../../kernel/helpers/nn/training/precision/scope.js";
import { tiersHere } from "../../engine/support.js";
import { openNotebook, plain, running } from "../../session/support.js";

for (const [name, options] of Object.entries({ "an ordinary training": "", "one whose weights are 16-bit inside its steps": 'precision: "float16",', "one that gathers batches": "accumulate: 3," })) {
  test(`an interrupt in ${name} leaves the model with finite 32-bit weights and the history so far, and the next training works`, { timeout: 120_000 }, async (t) => {
    const notebook = openNotebook(t);
    await notebook.value("const w = tf.variable(nn.he([20, 30], { seed: 1 })), v = tf.variable(nn.he([30, 1], { seed: 2 }));\n"
      + "const model = { predict: (x: tf.Tensor) => tf.matMul(tf.tanh(tf.matMul(x as any, w as any)), v as any), variables: [w, v] };\nconst x = tf.randomNormal([64, 20], 0, 1, 'float32', 3), y = x.sum(1, true);\n1");
    const cell = notebook.run(`let told = 0;\nawait nn.fit(model, { x, y }, { loss: "meanSquaredError", optimizer: tf.train.sgd(0.01), epochs: 1e6, batchSize: 16, ${options} progress: false, onEpoch: () => { if (++told === 3) console.log("running"); } });`);
    await running(notebook, "cell-2");
    await new Promise((resolve) => setTimeout(resolve, 300));
    await notebook.session.interrupt();
    const { error } = await cell;
    assert.equal(error?.kind, "interrupted", plain(error?.traceback));
    assert.equal(await notebook.value("[told >= 3, nn.historyOf(model)!.loss.length >= 3, nn.historyOf(model)!.loss.every(Number.isFinite)].join()"), "'true,true,true'");
    assert.equal(await notebook.value("[...w.dataSync(), ...v.dataSync()].every((value) => Number.isFinite(value) && value !== 0) && [...w.dataSync()].some((value) => value !== nn.roundTo([value], 'float16')[0])"), "true");
    // Rounding has not stayed switched on.
    assert.equal(await notebook.value("tf.mul(tf.scalar(1 / 3), 1).dataSync()[0] === Math.fround(1 / 3)"), "true");
    const before = await notebook.value("await nn.fit(model, { x, y }, { loss: 'meanSquaredError', optimizer: tf.train.sgd(0.01), epochs: 2, progress: false });\ntf.memory().numTensors");
    assert.equal(await notebook.value("const { history } = await nn.fit(model, { x, y }, { loss: 'meanSquaredError', optimizer: tf.train.sgd(0.01), epochs: 20, progress: false });\nhistory.loss.at(-1)! < history.loss[0] ? tf.memory().numTensors - 1 : history.loss"), before);
  });
}

test("weights that are cut off while they are being rounded are put back, also where the putting back is cut off", async () => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const [first, second] = [1, 2].map((seed) => tf.tidy(() => tf.variable(nn.he([4, 3], { seed })))) as [Variable, Variable];
  const own = [...first.dataSync()];
  const assign = second.assign.bind(second);
  second.assign = () => {
    throw new Error("cut");
  };
  // The second weight cannot be set, neither on the way in nor on the way out: the first one is its own again all the same.
  assert.throws(() => tf.tidy(() => withRounded("float16", [first, second], () => tf.scalar(1))), /cut/);
  assert.deepEqual([...first.dataSync()], own);
  second.assign = assign;

  const told: string[] = [];
  assert.throws(() => withUndo(() => void told.push("undone"), () => {
    told.push("cut");
    throw new Error("cut");
  }), /cut/);
  unwind();
  assert.deepEqual(told, ["cut", "undone"], "what was undone is not undone again");
  tf.dispose([first, second]);
});
