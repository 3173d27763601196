import * as tf from "@tensorflow/tfjs";
import { explain } from "../../../../kernel/index.js";
import type { OracleCase } from "../../contract.js";

interface Network {
  side: number;
  filters: number;
  classes: number;
  kernel: number[];
  convBias: number[];
  dense: number[];
  denseBias: number[];
  target: number;
  x: number[][];
  windows: [number, number][];
}

/** Convolution (its maps before ReLU are the layer "maps"), ReLU, dense softmax. */
function build({ side, filters, classes, kernel, convBias, dense, denseBias, x }: Network): tf.LayersModel {
  const channels = x[0]!.length / side ** 2;
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [side, side, channels], filters, kernelSize: 3, name: "maps" }), tf.layers.activation({ activation: "relu" }),
    tf.layers.flatten(), tf.layers.dense({ units: classes, activation: "softmax" }),
  ] });
  tf.tidy(() => model.setWeights([tf.tensor(kernel, [3, 3, channels, filters]), tf.tensor(convBias), tf.tensor(dense, [dense.length / classes, classes]), tf.tensor(denseBias)]));
  return model;
}

/** Networks and their pictures; superpixels. */
export const pictureAnswers: Record<string, (input: OracleCase["input"], expected: never) => unknown> = {
  "picture-network": async (input) => {
    const network = input as unknown as Network;
    const { x, target, side, windows } = network;
    const model = build(network);
    const options = { output: target };
    const shape = [side, side, x[0]!.length / side ** 2];
    try {
      const slope = await explain.saliency(model, x, options);
      const occlusion = [];
      for (const [size, stride] of windows) occlusion.push((await explain.occlusion(model, x, { ...options, shape, size, stride })).values);
      return {
        prediction: slope.predictions, saliency: slope.values, signedSaliency: (await explain.saliency(model, x, { ...options, absolute: false })).values,
        integratedGradients: (await explain.integratedGradients(model, x, { ...options, steps: 50 })).values,
        gradCam: (await explain.gradCam(model, x, { ...options, layer: "maps" })).values, occlusion,
      };
    } finally {
      model.dispose();
    }
  },
  superpixels: (input) => {
    const { width, height, data, segments, compactness } = input as unknown as explain.Picture & { segments: number; compactness: number; data: number[] };
    return explain.slicSegments({ data, width, height }, { segments, compactness });
  },
};
