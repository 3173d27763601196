import * as tf from "@tensorflow/tfjs";

/** What an adapter adds to the output of a dense weight: given the input as rows [n, in], something [n, out]. */
export type Addition = (rows: tf.Tensor2D, training: boolean) => tf.Tensor2D;

/** Adapters by the weight that they belong to. A weight knows nothing of its adapter; who multiplies by it asks here. */
const additions = new WeakMap<tf.Variable, Addition>();

export const additionOf = (kernel: tf.Tensor): Addition | undefined => additions.get(kernel as tf.Variable);

let generation = 0;

/** Another number whenever an adapter came or went: what was compiled before is of no use then. */
export const adapterGeneration = (): number => generation;

export function setAddition(kernel: tf.Variable, addition: Addition | undefined): void {
  generation += 1;
  if (addition) additions.set(kernel, addition);
  else additions.delete(kernel);
}

/**
 * x times a weight, plus a bias: a dense layer as a plain function. A model of your own that multiplies through it can be adapted with
 * `text.lora`.
 *
 * @param x [..., in]
 * @param weights `kernel` [in, out], `bias` [out] or none
 * @returns [..., out]
 * @throws `expected x with 3 values a row, as kernel has, got 2`
 * @example text.linear(tf.tensor2d([[1, 2]]), { kernel: tf.tensor2d([[1, 0], [0, 1]]), bias: tf.tensor1d([10, 20]) }) // [11, 22]
 */
export function linear(x: tf.Tensor, weights: { kernel: tf.Tensor; bias?: tf.Tensor | undefined }, options: { training?: boolean } = {}): tf.Tensor {
  const { kernel, bias } = weights;
  const [width, out] = kernel.shape as [number, number];
  if (x.shape.at(-1) !== width || kernel.rank !== 2) throw new RangeError(`expected x with ${width} values a row, as kernel has, got ${x.shape.at(-1)}`);
  return tf.tidy(() => {
    const rows = (x.rank === 2 ? x : tf.reshape(x, [-1, width])) as tf.Tensor2D;
    let answer: tf.Tensor = tf.matMul(rows, kernel as tf.Tensor2D);
    const addition = additionOf(kernel);
    if (addition) answer = tf.add(answer, addition(rows, options.training ?? false));
    if (bias) answer = tf.add(answer, bias);
    return x.rank === 2 ? answer : tf.reshape(answer, [...x.shape.slice(0, -1), out]);
  });
}
