import { loadTfjs } from "../instance.js";
import { graphBackend } from "./backend.js";
import type { CompileOptions } from "./contract.js";
import { explainCompiled, type Explanation } from "./explain.js";
import { createCompile, insides, type Compiled } from "./index.js";

export type { CompileOptions, Mode } from "./contract.js";
export type { Explanation, ExplainedOperation, ExplainedVariant } from "./explain.js";
export type { Compiled } from "./index.js";

/** `compile`, and `compile.explain`. */
export interface Compile {
  /**
   * A training step, or any function of tensors, that runs as one call of TensorFlow's instead of operation by operation: the same
   * results, 2 to 10 times faster, most for small models.
   *
   * The first calls run as they are and are recorded; when two in a row do the same, a graph of it takes their place. One graph is kept for
   * each shape and type of the arguments. Variables, optimisers and moving averages are updated as before; unseeded random numbers and
   * dropout are drawn anew at every call; a learning rate may change. The function runs as in `tf.tidy`: what it does not return is disposed.
   *
   * Numbers: an argument that is a number may change; after a few values it becomes an input, and the JavaScript then runs beside the graph.
   * The same where a number or tensor from outside changes, where the function prints, or uses Math.random or the clock. A number from outside
   * is looked at in the first calls and at calls number 8, 16, 32, ...: one that changes later belongs among the arguments.
   * A function that reads values (`dataSync`), makes variables or is asynchronous is not compiled: it runs as it is, with one warning.
   *
   * On WebAssembly and other backends the function runs as it is, in `tf.tidy`.
   *
   * @param step takes tensors, numbers, strings, booleans, null, arrays and plain objects of them; returns the like
   * @param options xla: let XLA fuse the graph, `true`, `false` (default) or `"auto"` (both are timed, the faster stays); strict: throw instead of
   * warning; name: for messages, default the function's
   * @throws TypeError `expected step to be a function, got undefined`; `unknown option: jit (known: xla, strict, name)`. In the step: the error of
   * the operation, with the learner's line; variables then keep their values.
   * @example
   * const w = tf.variable(tf.scalar(1)), optimizer = tf.train.sgd(0.1);
   * const step = compile((x: tf.Tensor) => optimizer.minimize(() => w.mul(x).sub(6).square().mean(), true, [w])!);
   * for (let i = 0; i < 50; i++) step(tf.tensor1d([2])).dispose();
   * w.dataSync()[0] // 3
   */
  <F extends (...args: never[]) => unknown>(step: F, options?: CompileOptions): Compiled<F>;
  /**
   * What became of a compiled function: its operations and the time of each, what it takes and what is constant, what TensorFlow fused, and
   * why it is not a graph where it is none. Shows itself as a table.
   *
   * @throws TypeError `expected a function that compile made, got function`
   * @example
   * const twice = compile((x: tf.Tensor) => x.mul(2));
   * for (let i = 0; i < 4; i++) twice(tf.scalar(i));
   * compile.explain(twice).variants[0].operations.length // 1
   */
  explain(compiled: (...args: never[]) => unknown): Explanation;
}

const make = ((step, options) => createCompile(loadTfjs())(step, options)) as Compile;

make.explain = (compiled) => {
  const inside = insides.get(compiled);
  if (!inside) throw new TypeError(`expected a function that compile made, got ${typeof compiled}`);
  const tf = loadTfjs();
  const backend = graphBackend(tf);
  if (!backend) return explainCompiled(tf, undefined as never, { ...inside, variants: new Map() });
  return explainCompiled(tf, backend, inside);
};

export const compile: Compile = make;
