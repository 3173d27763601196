import assert from "node:assert/strict";
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { sample, tiersHere } from "../support.js";
import { compile, handles, noTensorFlow, race, tensorflow, times, warnings } from "./support.js";

const skip = noTensorFlow;
const value = (tensor: Tensor): number => tensor.dataSync()[0]!;
const word = (tensor: Tensor): string => [...tensor.dataSync()].join();

test("dropout, random normals and uniforms without a seed are drawn anew at every call of the graph", { skip }, async () => {
  const tf = await tensorflow();
  const draws = {
    dropout: compile((x: Tensor) => tf.dropout(x, 0.5)),
    normal: compile((x: Tensor) => tf.add(x, tf.randomNormal([64], 3, 0.5))),
    uniform: compile((x: Tensor) => tf.add(x, tf.randomUniform([64], -1, 1))),
    truncated: compile((x: Tensor) => tf.add(x, tf.truncatedNormal([64]))),
    layer: compile((x: Tensor) => dropoutLayer.apply(x, { training: true }) as Tensor),
  };
  const dropoutLayer = tf.layers.dropout({ rate: 0.5 });
  const x = tf.ones([64]);
  for (const [name, draw] of Object.entries(draws)) {
    const seen = new Set(times(12, () => word(draw(x))));
    assert.equal(seen.size, 12, name);
    assert.equal(draw.variants[0]!.mode, "graph", name);
  }
});

test("random numbers of the graph have the distribution that was asked for", { skip }, async () => {
  const tf = await tensorflow();
  const normal = compile((x: Tensor) => tf.add(x, tf.randomNormal([20000], 3, 0.5)));
  const uniform = compile((x: Tensor) => tf.add(x, tf.randomUniform([20000], -1, 3)));
  const dropped = compile((x: Tensor) => tf.dropout(x, 0.25));
  const moments = (f: (x: Tensor) => Tensor, x: Tensor): [number, number] => {
    times(5, () => f(x).dispose());
    const { mean, variance } = tf.moments(f(x));
    return [value(mean), Math.sqrt(value(variance))];
  };
  const near = (actual: number, expected: number, by: number) => assert.ok(Math.abs(actual - expected) < by, `${actual} is near ${expected}`);
  const [m, s] = moments(normal, tf.scalar(0));
  near(m, 3, 0.03);
  near(s, 0.5, 0.03);
  const [um, us] = moments(uniform, tf.scalar(0));
  near(um, 1, 0.06);
  near(us, 4 / Math.sqrt(12), 0.06);
  near(moments(dropped, tf.ones([20000]))[0], 1, 0.03);
});

test("with a seed tfjs gives the same numbers at every call, and so does the graph", { skip }, async () => {
  const tf = await tensorflow();
  const f = (x: Tensor) => tf.add(tf.dropout(x, 0.5, undefined, 7), tf.randomNormal([8], 0, 1, "float32", 3));
  const g = compile(f);
  const x = tf.ones([8]);
  for (let call = 0; call < 8; call++) assert.equal(word(g(x)), word(f(x)));
  assert.equal(g.variants[0]!.mode, "graph");
});

test("a shuffle in the step, which tfjs does in JavaScript, is another one at every call", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => {
    const order = times(16, (at) => at);
    tf.util.shuffle(order);
    return tf.mul(x, tf.tensor1d(order));
  });
  const seen = new Set(times(10, () => word(f(tf.ones([16])))));
  assert.equal(seen.size, 10);
  assert.equal(f.variants[0]!.mode, "follow");
});

for (const name of ["sgd", "momentum", "adam", "adamax", "rmsprop", "adagrad"] as const) {
  test(`a learning rate that changes between steps of ${name} works in the graph`, { skip }, async () => {
    const tf = await tensorflow();
    const run = (wrap: (step: (x: Tensor) => Tensor) => (x: Tensor) => Tensor): { last: number; mode?: string } => {
      const w = tf.variable(tf.tensor1d([1, -2]));
      const optimizer = name === "momentum" ? tf.train.momentum(0.1, 0.5) : tf.train[name](0.1);
      const step = wrap((x) => optimizer.minimize(() => tf.sum(tf.square(tf.mul(w, x))) as Scalar, true, [w])!);
      for (let call = 0; call < 14; call++) {
        const rate = 0.1 / (1 + call);
        if (name === "sgd" || name === "momentum") (optimizer as unknown as { setLearningRate(rate: number): void }).setLearningRate(rate);
        else (optimizer as unknown as { learningRate: number }).learningRate = rate;
        step(tf.tensor1d([1, 0.5])).dispose();
      }
      const mode = (step as { variants?: { mode: string }[] }).variants?.[0]?.mode;
      return { last: value(tf.sum(w)), ...(mode !== undefined && { mode }) };
    };
    const [eager, compiled] = [run((step) => step), run((step) => compile(step))];
    assert.ok(Math.abs(eager.last - compiled.last) < 1e-6, `${eager.last} ${compiled.last}`);
    assert.equal(compiled.mode, "graph");
  });
}

test("a layer's rate, and any other setting of an optimiser, may change: the graph is made anew", { skip }, async () => {
  const tf = await tensorflow();
  const layer = tf.layers.dropout({ rate: 0.5 });
  const f = compile((x: Tensor) => tf.mean(layer.apply(x, { training: true }) as Tensor));
  const x = tf.ones([1000]);
  times(5, () => f(x));
  (layer as unknown as { rate: number }).rate = 0;
  for (let call = 0; call < 6; call++) assert.equal(value(f(x)), 1);
  const optimizer = tf.train.adam(0.1, 0.9, 0.999);
  const w = tf.variable(tf.scalar(1));
  const twinOptimizer = tf.train.adam(0.1, 0.9, 0.999);
  const twin = tf.variable(tf.scalar(1));
  const step = compile(() => optimizer.minimize(() => tf.square(w) as Scalar, true, [w])!);
  for (let call = 0; call < 14; call++) {
    if (call === 6) for (const one of [optimizer, twinOptimizer]) (one as unknown as { beta1: number }).beta1 = 0.5;
    step();
    twinOptimizer.minimize(() => tf.square(twin) as Scalar, true, [twin]);
  }
  assert.ok(Math.abs(value(w) - value(twin)) < 1e-6);
});

test("a number that is an argument is used as it is given, in the graph's inputs once it takes many values", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor, rate: number) => tf.mul(x, rate < 5 ? rate : -rate));
  for (let call = 0; call < 12; call++) assert.equal(value(f(tf.scalar(2), call)), 2 * (call < 5 ? call : -call));
  assert.ok(f.variants.some(({ mode }) => mode === "follow"));
  const g = compile((x: Tensor, rate: number) => tf.mul(x, rate));
  for (let call = 0; call < 12; call++) assert.equal(value(g(tf.scalar(2), call % 2)), 2 * (call % 2));
  assert.deepEqual(g.variants.map(({ mode }) => mode), ["graph", "graph"]);
});

test("a number or a tensor from outside that changes is followed", { skip }, async () => {
  const tf = await tensorflow();
  let scale = 0;
  let other = tf.scalar(0);
  const f = compile((x: Tensor) => tf.add(tf.mul(x, scale), other));
  for (scale = 0; scale < 12; scale++) {
    other.dispose();
    other = tf.scalar(scale * 100);
    assert.equal(value(f(tf.scalar(2))), scale * 102);
  }
  assert.equal(f.variants[0]!.mode, "follow");
});

test("an array that is filled anew and uploaded in the step is followed", { skip }, async () => {
  const tf = await tensorflow();
  const buffer = new Float32Array(4);
  const f = compile((x: Tensor) => tf.sum(tf.mul(x, tf.tensor1d(buffer))));
  for (let call = 0; call < 10; call++) {
    buffer.fill(call);
    assert.equal(value(f(tf.ones([4]))), 4 * call);
  }
});

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
  assert.match(lines[0]!, /^careless is not compiled.*reads a tensor's values.*return the tensor and read it outside \(.*frozen\.test\.js:\d+\)$/);
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

test("an error in the graph names the operation and the learner's line, and leaves variables as they were", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(tf.scalar(1));
  const f = compile((x: Tensor, shape: Tensor) => {
    w.assign(tf.add(w, 1));
    // A kernel whose check TensorFlow makes when it runs.
    return tf.sum((tf.backend() as unknown as { executeSingleOutput(op: string, attrs: object[], inputs: Tensor[]): Tensor }).executeSingleOutput("Reshape", [
      { name: "T", type: (tf.backend() as unknown as { binding: Record<string, number> }).binding["TF_ATTR_TYPE"], value: 1 },
      { name: "Tshape", type: (tf.backend() as unknown as { binding: Record<string, number> }).binding["TF_ATTR_TYPE"], value: 3 }], [x, shape]));
  });
  const x = tf.ones([6]);
  times(5, () => f(x, tf.tensor1d([2, 3], "int32")));
  assert.equal(f.variants[0]!.mode, "graph");
  const before = value(w);
  assert.throws(() => f(x, tf.tensor1d([4, 4], "int32")), /Reshape: .*\(.*frozen\.test\.js:\d+\)/);
  assert.equal(value(w), before);
  f(x, tf.tensor1d([3, 2], "int32"));
  assert.equal(value(w), before + 1);
});

test("the learner's own error comes through, and the step works afterwards", { skip }, async () => {
  const tf = await tensorflow();
  const { worst } = race(tf, () => {
    const w = tf.variable(sample(tf, [3]));
    return { weights: [w], step: (x: Tensor) => (w.assign(tf.add(w, x)), tf.sum(w)) };
  }, times(6, (at) => [sample(tf, [3], at)]));
  assert.equal(worst, 0);
  let fail = false;
  const w = tf.variable(tf.scalar(0));
  const f = compile((x: Tensor) => {
    w.assign(tf.add(w, x));
    if (fail) throw new RangeError("mine");
    return tf.mul(w, Math.random() * 0 + 1);
  });
  times(6, () => f(tf.scalar(1)));
  assert.equal(f.variants[0]!.mode, "follow");
  fail = true;
  assert.throws(() => f(tf.scalar(1)), /mine/);
  fail = false;
  assert.equal(value(f(tf.scalar(1))), 8);
});

test("a result whose shape depends on values is refused, and comes right", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor): Tensor => tf.unique(x as never).values, { name: "distinct" });
  const lines = warnings(() => {
    for (const kinds of [2, 2, 2, 2, 1, 3, 4, 2]) assert.equal(f(tf.tensor1d(times(5, (at) => at % kinds))).shape[0], kinds);
  });
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /distinct is not compiled.*shape of a result depends on values/);
  // Where only a number leaves the step, its inside may have any shape.
  const g = compile((x: Tensor) => tf.sum(tf.unique(x as never).values as Tensor));
  for (const kinds of [2, 2, 2, 2, 1, 3, 4, 2]) assert.equal(value(g(tf.tensor1d(times(5, (at) => at % kinds)))), (kinds * (kinds - 1)) / 2);
});

test("arrays of one value that the step makes become a single number in the graph", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => tf.add(x, tf.mul(tf.ones([100, 100]), 3)));
  for (let call = 0; call < 6; call++) assert.equal(value(f(tf.zeros([100, 100]))), 3);
  const { constants, operations } = compile.explain(f as never).variants[0]!;
  assert.ok(constants.values >= 10_000 && operations.length <= 4);
});

test("fifty compiled functions made, used and freed leave no handle and no graph", { skip }, async () => {
  const tf = await tensorflow();
  const x = tf.ones([4]);
  const round = (at: number) => {
    const f = compile((x: Tensor) => tf.mul(x, at));
    times(6, () => f(x).dispose());
    assert.equal(f.variants[0]!.mode, "graph");
    f.dispose();
  };
  round(0);
  const before = [tf.memory().numTensors, handles(tf)];
  times(50, round);
  assert.deepEqual([tf.memory().numTensors, handles(tf)], before);
});

for (const tier of tiersHere.filter((name) => name !== "tensorflow")) {
  test(`on the ${tier} tier a compiled function gives what the function gives, in a tidy`, async () => {
    const { tf } = await loadEngine({ tier });
    try {
      let calls = 0;
      const f = compile((x: Tensor, by: number) => {
        calls += 1;
        return tf.add(tf.mul(x, by), 1);
      });
      const before = tf.memory().numTensors;
      for (let call = 0; call < 5; call++) {
        const [x, y] = [tf.scalar(call), tf.scalar(0)];
        const result = f(x, 2);
        assert.equal(value(result), 2 * call + 1);
        tf.dispose([x, y, result]);
      }
      assert.equal(calls, 5);
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(f.variants, []);
    } finally {
      if (!noTensorFlow) await loadEngine({ tier: "tensorflow" });
    }
  });
}
