import * as tf from "@tensorflow/tfjs";
import { transformPictures, type Affine } from "../../../../kernel/helpers/vision/augment/affine.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import type { OracleCase } from "../../contract.js";

type Input = OracleCase["input"];
const tensor = (values: unknown, shape: unknown): tf.Tensor4D => tf.tensor4d(values as number[], shape as [number, number, number, number]);

export const answers: Record<string, (input: Input, expected: any) => unknown> = {
  "grouped-conv": (input) => tf.tidy(() => {
    const { shape, filterShape, groups, strides, pad, dilations } = input as any;
    const [x, filter] = [tensor(input["x"], shape), tensor(input["filter"], filterShape)];
    const run = (a: tf.Tensor, b: tf.Tensor) => vision.groupedConv2d(a as tf.Tensor4D, b as tf.Tensor4D, { groups, strides, pad, dilations });
    const y = run(x, filter);
    const [gradX, gradFilter] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(run(a, b), tensor(input["upstream"], y.shape))))([x, filter]);
    return { y: y.dataSync(), gradX: gradX!.dataSync(), gradFilter: gradFilter!.dataSync() };
  }),
  "channel-shuffle": (input) => tf.tidy(() => ({ y: vision.shuffleChannels(tensor(input["x"], input["shape"]), { groups: input["groups"] as number }).dataSync() })),
  "affine-pictures": (input) => tf.tidy(() => ({ y: transformPictures(tensor(input["x"], input["shape"]), input["maps"] as unknown as Affine[], 0).dataSync() })),
};
