import assert from "node:assert/strict";
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { test } from "node:test";
import { toBundle } from "../../../../kernel/display/index.js";
import { sample } from "../support.js";
import { compile, noTensorFlow, tensorflow, times } from "./support.js";

const skip = noTensorFlow;

test("an explanation names what goes in, what each operation takes, and which makes a variable's new value", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(sample(tf, [3, 2], 1), true, "slope");
  const optimizer = tf.train.sgd(0.1);
  const step = compile((x: Tensor) => optimizer.minimize(() => tf.mean(tf.relu(tf.matMul(x as Tensor2D, w as never))) as Scalar, true, [w])!, { name: "tiny" });
  const x = sample(tf, [4, 3], 2);
  times(6, () => step(x).dispose());
  const explanation = compile.explain(step as never);
  const { inputs, operations, updates } = explanation.variants[0]!;
  assert.deepEqual(inputs.map(({ what, shape }) => [what, shape]).slice(0, 2), [["argument", [4, 3]], ["variable", [3, 2]]]);
  assert.deepEqual(updates, ["slope"]);
  const product = operations.findIndex(({ op }) => /MatMul/.test(op));
  assert.deepEqual([...operations[product]!.takes].sort(), [-1, -2]);
  assert.deepEqual(operations[operations.findIndex(({ op }) => op === "Relu")]!.takes, [product]);
  assert.deepEqual(operations.filter(({ updates: name }) => name === "slope").length, 1);
  operations.forEach(({ takes }, at) => assert.ok(takes.every((from) => from < at && from >= -inputs.length), "an operation takes what was there before it"));

  const html = String((await toBundle(explanation)).data["text/html"]);
  assert.equal(html.match(/<circle /g)!.length, operations.length);
  assert.equal(html.match(/<rect /g)!.length, inputs.length);
  assert.match(html, /role="img" aria-label="The graph: \d+ operations/);
  assert.match(html, /MatMul\w* \[4, 2\], [\d,]+ microseconds/);
});

test("where there is no graph, an explanation says so and is not empty", { skip }, async () => {
  const tf = await tensorflow();
  const bundle = await toBundle(compile.explain(compile((x: Tensor) => tf.neg(x), { name: "never called" })));
  assert.match(String(bundle.data["text/plain"]), /never called\nNo graph: /);
});

test("in a Chinese notebook an explanation speaks Chinese", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(sample(tf, [3, 2], 1), true, "weight");
  const step = compile((x: Tensor) => tf.train.sgd(0.1).minimize(() => tf.mean(tf.matMul(x as Tensor2D, w as never)) as Scalar, true, [w])!, { name: "一步" });
  const x = sample(tf, [4, 3], 2);
  times(6, () => step(x).dispose());
  process.env["LYCEUM_LANGUAGE"] = "zh";
  try {
    const { data } = await toBundle(compile.explain(step as never));
    assert.match(String(data["text/plain"]), /^一步\n一次调用 \d+ 个运算。调用过 6 次。\n输入：1 个张量参数、1 个变量.*；内含 \d+ 个常量/);
    assert.doesNotMatch(String(data["text/html"]).replace(/\b[A-Z]\w+|microseconds_|<[^>]+>|weight/g, ""), /[a-z]{4,} [a-z]{3,}/);
    assert.match((await toBundle(compile.explain(compile((y: Tensor) => tf.neg(y)) as never))).data["text/plain"] as string, /没有计算图/);
  } finally {
    delete process.env["LYCEUM_LANGUAGE"];
  }
});
