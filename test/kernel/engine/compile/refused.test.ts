import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { compile, noTensorFlow, tensorflow, times, warnings } from "./support.js";

const skip = noTensorFlow;
const value = (tensor: Tensor): number => tensor.dataSync()[0]!;

test("what the step does beside computing happens at every call: printing, counting, keeping a tensor", { skip }, async () => {
  const tf = await tensorflow();
  let kept: Tensor | undefined;
  let printed = 0;
  const { log } = console;
  const f = compile((x: Tensor) => {
    console.log("step");
    kept?.dispose();
    kept = tf.keep(tf.mul(x, 2));
    return tf.add(x, 1);
  });
  console.log = () => void printed++;
  try {
    for (let call = 0; call < 10; call++) {
      assert.equal(value(f(tf.scalar(call))), call + 1);
      assert.equal(value(kept!), 2 * call);
    }
  } finally {
    console.log = log;
  }
  assert.equal(printed, 10);
  assert.equal(f.variants[0]!.mode, "follow");
});

test("a step that reads values runs as it is, with one warning that names the line and the mend", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => (value(tf.sum(x)) > 0 ? tf.mul(x, 2) : tf.mul(x, 3)), { name: "careless" });
  const lines = warnings(() => {
    for (let call = 0; call < 6; call++) assert.equal(value(f(tf.tensor1d([call % 2 ? 1 : -1]))), call % 2 ? 2 : -3);
  });
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /^careless is not compiled.*reads a tensor's values.*return the tensor and read it outside \(.*(failures|refused)\.test\.js:\d+\)$/);
});

test("values that depend on nothing from outside may be read", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => tf.mul(x, value(tf.add(2, 3))));
  for (let call = 0; call < 6; call++) assert.equal(value(f(tf.scalar(call))), call * 5);
  assert.equal(f.variants[0]!.mode, "graph");
});

test("an argument whose values are still in JavaScript counts as read when it is read", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => tf.mul(x, value(x)));
  warnings(() => {
    for (let call = 0; call < 6; call++) assert.equal(value(f(tf.scalar(call))), call * call);
  });
  assert.equal(f.variants[0]!.mode, "eager");
});

test("variables made at every call, asynchronous steps and functions as arguments are refused with the mend", { skip }, async () => {
  const tf = await tensorflow();
  const makes = compile((x: Tensor) => tf.add(tf.variable(tf.scalar(1)), x));
  const waits = compile(async (x: Tensor) => {
    await Promise.resolve();
    return tf.add(x, 1);
  });
  const takes = compile((x: Tensor, f: (x: Tensor) => Tensor) => f(x));
  const results: Promise<Tensor>[] = [];
  const lines = warnings(() => {
    for (let call = 0; call < 8; call++) {
      assert.equal(value(makes(tf.scalar(call))), call + 1);
      results.push(waits(tf.scalar(call)));
      assert.equal(value(takes(tf.scalar(call), (x) => tf.mul(x, 2))), call * 2);
    }
  });
  assert.deepEqual((await Promise.all(results)).map(value), times(8, (call) => call + 1));
  assert.deepEqual(lines.map((line) => /makes new variables|asynchronous|a function as an argument/.exec(line)?.[0]).sort(), ["a function as an argument", "asynchronous", "makes new variables"]);
});

test("a step that does something else from call to call gives eager results", { skip }, async () => {
  const tf = await tensorflow();
  let call = 0;
  const f = compile((x: Tensor) => (call++ % 3 === 0 ? tf.mul(x, 2) : tf.add(tf.square(x), 1)));
  warnings(() => {
    for (let n = 0; n < 40; n++) assert.equal(value(f(tf.scalar(3))), n % 3 === 0 ? 6 : 10);
  });
});

test("strict throws instead of warning", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => tf.mul(x, value(x)), { strict: true, name: "stern" });
  assert.throws(() => f(tf.scalar(1)), /stern is not compiled.*reads a tensor's values/);
});

test("options are checked by name and value", { skip }, async () => {
  await tensorflow();
  assert.throws(() => compile(undefined as never), /expected step to be a function, got undefined/);
  assert.throws(() => compile(() => 1, { jit: true } as never), /unknown option: jit \(known: xla, strict, name\)/);
  assert.throws(() => compile(() => 1, { xla: "yes" as never }), /expected xla to be true, false or "auto", got yes/);
});
