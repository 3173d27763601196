import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { assertClose, on, sample, tiersHere } from "../support.js";

/** A filter with zeros between its taps: convolving with it is convolving with dilation. */
function spreadFilter(tf: TensorFlowJs, filter: Tensor, rate: number): Tensor4D {
  const [height, width, ...depths] = filter.shape as [number, number, number, number];
  const apart = tf.pad(tf.reshape(filter, [height, 1, width, 1, depths[0] * depths[1]]) as never, [[0, 0], [0, rate - 1], [0, 0], [0, rate - 1], [0, 0]]);
  const wide = tf.reshape(apart, [height * rate, width * rate, ...depths]);
  return tf.slice(wide, [0, 0, 0, 0], [(height - 1) * rate + 1, (width - 1) * rate + 1, ...depths]) as Tensor4D;
}

type Loss = (tf: TensorFlowJs, ...inputs: Tensor[]) => Tensor;

/** The true slope of `loss` along a direction, from two evaluations, against the gradient's. */
function slopes(tf: TensorFlowJs, loss: Loss, inputs: Tensor[]): { measured: Tensor; computed: Tensor } {
  const directions = inputs.map((input, index) => sample(tf, input.shape, index + 20));
  const moved = (by: number) => loss(tf, ...inputs.map((input, index) => tf.add(input, tf.mul(directions[index]!, by))));
  const measured = tf.div(tf.sub(moved(0.01), moved(-0.01)), 0.02);
  const gradients = tf.grads((...args: Tensor[]) => loss(tf, ...args))(inputs);
  return { measured, computed: tf.addN(gradients.map((gradient, index) => tf.sum(tf.mul(gradient, directions[index]!)))) };
}

for (const tier of tiersHere) {
  for (const padding of ["same", "valid"] as const) {
    test(`conv2d with dilation has a gradient on the ${tier} tier, equal to that of a spread-out filter (${padding})`, async () => {
      const gradients = (direct: boolean) => (tf: TensorFlowJs) => tf.grads((x, filter) => {
        const y = direct ? tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, padding, "NHWC", 2) : tf.conv2d(x as Tensor4D, spreadFilter(tf, filter, 2), 1, padding);
        return tf.sum(tf.square(y));
      })([sample(tf, [2, 7, 6, 3]), sample(tf, [3, 2, 3, 4], 2)]);
      assertClose(await on(tier, gradients(true)), await on(tier, gradients(false)), 1e-5, "gradients");
    });

    test(`depthwiseConv2d with dilation has a gradient on the ${tier} tier, equal to that of a spread-out filter (${padding})`, async () => {
      const gradients = (direct: boolean) => (tf: TensorFlowJs) => tf.grads((x, filter) => {
        const y = direct ? tf.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, 1, padding, "NHWC", 2) : tf.depthwiseConv2d(x as Tensor4D, spreadFilter(tf, filter, 2), 1, padding);
        return tf.sum(tf.square(y));
      })([sample(tf, [2, 7, 6, 3]), sample(tf, [3, 2, 3, 2], 2)]);
      assertClose(await on(tier, gradients(true)), await on(tier, gradients(false)), 1e-5, "gradients");
    });
  }

  for (const [equation, shapes] of [["ij,jk->ik", [[3, 4], [4, 2]]], ["bij,bkj->bik", [[2, 3, 4], [2, 5, 4]]], ["ij,k->k", [[3, 4], [2]]], ["ijk->ki", [[2, 3, 4]]], ["i,i->", [[5], [5]]], ["i,j->ij", [[3], [4]]]] as [string, number[][]][]) {
    test(`einsum("${equation}") has a gradient on the ${tier} tier that matches its slope`, async () => {
      const loss: Loss = (tf, ...inputs) => tf.sum(tf.square(tf.einsum(equation, ...inputs)));
      const inputs = (tf: TensorFlowJs) => shapes.map((shape, index) => sample(tf, shape, index + 1));
      assertClose(await on(tier, (tf) => slopes(tf, loss, inputs(tf)).computed), await on(tier, (tf) => slopes(tf, loss, inputs(tf)).measured), 5e-3, equation);
    });
  }

  test(`gatherND has a gradient on the ${tier} tier that adds where a place is gathered twice`, async () => {
    const gradient = await on(tier, (tf) => tf.grad((x) => tf.sum(tf.gatherND(x, tf.tensor2d([[0, 1], [2, 0], [0, 1]], [3, 2], "int32"))))(tf.ones([3, 2])));
    assertClose(gradient, [[0, 2, 0, 0, 1, 0]], 0, "gradient");
  });

  test(`the gradient of a gradient goes through convolutions and average pooling on the ${tier} tier`, async () => {
    // A gradient penalty: the loss contains the gradient's own norm.
    const loss: Loss = (tf, x, filter, depthwise) => {
      const network = (input: Tensor) => {
        const hidden = tf.tanh(tf.conv2d(input as Tensor4D, filter as Tensor4D, [2, 1], "same"));
        return tf.sum(tf.square(tf.avgPool(tf.depthwiseConv2d(hidden as Tensor4D, depthwise as Tensor4D, 1, "same") as Tensor4D, 2, 1, "same")));
      };
      return tf.sum(tf.square(tf.grad(network)(x!)));
    };
    const inputs = (tf: TensorFlowJs) => [sample(tf, [1, 5, 4, 2]), sample(tf, [3, 2, 2, 3], 2), sample(tf, [2, 2, 3, 2], 3)].map((tensor) => tf.mul(tensor, 0.5));
    assertClose(await on(tier, (tf) => slopes(tf, loss, inputs(tf)).computed), await on(tier, (tf) => slopes(tf, loss, inputs(tf)).measured), 1e-2, "slope");
  });

  for (const padding of ["same", [[0, 0], [1, 2], [0, 1], [0, 0]], 1] as const) {
    test(`average pooling with padding ${JSON.stringify(padding)} has the true gradient on the ${tier} tier`, async () => {
      const loss: Loss = (tf, x) => tf.sum(tf.square(tf.avgPool(x as Tensor4D, 3, 2, padding as never, padding === "same" ? undefined : "floor")));
      assertClose(await on(tier, (tf) => slopes(tf, loss, [sample(tf, [2, 5, 6, 2])]).computed), await on(tier, (tf) => slopes(tf, loss, [sample(tf, [2, 5, 6, 2])]).measured), 5e-3, "slope");
    });
  }
}
