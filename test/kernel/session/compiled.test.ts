import assert from "node:assert/strict";
import { test } from "node:test";
import { noTensorFlow } from "../engine/support.js";
import { openNotebook, plain, running } from "./support.js";

const skip = noTensorFlow;

const model = `
const w = tf.variable(tf.tensor2d([[1], [2]])), optimizer = tf.train.adam(0.01);
const step = (x: tf.Tensor2D, y: tf.Tensor2D) => optimizer.minimize(() => x.matMul(w as tf.Tensor2D).sub(y).square().mean(), true, [w])!;
const x = tf.ones([64, 2]) as tf.Tensor2D, y = tf.zeros([64, 1]) as tf.Tensor2D;
const fast = compile(step);
let outside = 0;
const beside = compile((x: tf.Tensor2D, y: tf.Tensor2D) => { outside++; return step(x, y).add(outside) });
for (let i = 0; i < 10; i++) { fast(x, y).dispose(); beside(x, y).dispose() }`;

for (const [name, code] of Object.entries({
  "eager steps": "while (true) step(x, y).dispose()",
  "compiled steps": "while (true) fast(x, y).dispose()",
  "steps whose JavaScript runs beside the graph": "while (true) beside(x, y).dispose()",
  "a step that is being recorded": "while (true) { const g = compile(step); g(x, y).dispose(); g(x, y).dispose() }",
  "training of a model": "const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }); m.compile({ optimizer: 'sgd', loss: 'meanSquaredError' }); await m.fit(x, y, { epochs: 1e6, batchSize: 8 })",
})) {
  test(`an interrupt in ${name} leaves variables whole and training working`, { skip, timeout: 60_000 }, async (t) => {
    const notebook = openNotebook(t);
    assert.equal((await notebook.run(model)).status, "ok");
    for (let round = 0; round < 3; round++) {
      const parent = `cell-${2 + round * 2}`;
      const cell = notebook.run(`console.log("go"); { ${code} }`);
      await running(notebook, parent);
      await new Promise((resolve) => setTimeout(resolve, 60 + 37 * round));
      await notebook.session.interrupt();
      const { error } = await cell;
      assert.equal(error?.kind, "interrupted", plain(error?.traceback));
      const after = await notebook.value(`[fast, beside, step].map((f) => Number.isFinite(f(x, y).dataSync()[0])).join() + " " + w.dataSync().length + " " + tf.grad((a: tf.Tensor) => a.square())(tf.scalar(3)).dataSync()[0]`);
      assert.equal(after, "'true,true,true 2 6'");
    }
    // Nothing goes on being recorded: tensors do not pile up.
    assert.equal(await notebook.value(`{ const f = () => { for (let i = 0; i < 20; i++) { fast(x, y).dispose(); tf.tidy(() => void step(x, y)) } return tf.memory().numTensors }; const a = f(); globalThis.grown = f() - a } globalThis.grown`), "0");
  });
}

test("compile is there with types, in an import too, and explain shows itself as a table", { skip, timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t, { check: true });
  assert.equal((await notebook.run(model)).status, "ok");
  const { result } = await notebook.run("compile.explain(fast)");
  assert.match(String(result?.data["text/html"]), /operations in one call[\s\S]*<table>[\s\S]*Cell \[1\], line 3/);
  assert.equal(await notebook.value(`import { compile as other } from "lyceum"; other === compile`), "true");
  const wrong = await notebook.run("fast(1)");
  assert.match(plain(wrong.error?.traceback), /Expected 2 arguments, but got 1/);
});

test("a step that shows something shows it at every call", { skip, timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t);
  const { status, error } = await notebook.run(`
const told = compile((x: tf.Tensor) => { display.markdown("**step**"); return x.add(1) });
for (let i = 0; i < 9; i++) told(tf.scalar(i)).dispose();`);
  assert.equal(status, "ok", plain(error?.traceback));
  const shown = notebook.events.filter((event) => JSON.stringify(event).includes("**step**"));
  assert.equal(shown.length, 9);
});
