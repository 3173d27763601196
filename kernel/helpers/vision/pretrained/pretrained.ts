import type * as tf from "@tensorflow/tfjs";
import { known, oneOf, whole } from "../../arguments.js";
import { describeDataset, pathsOf } from "../../data/package.js";
import { readDataBytes } from "../../data/source.js";
import { fromSafetensors } from "../../nn/training/checkpoint/safetensors.js";
import { mobileNetBackbone } from "./mobilenet.js";

export interface PretrainedOptions {
  /** Side of the pictures in pixels, 32 or more; default 96. The network was trained at 300; smaller is faster. */
  size?: number;
}

/**
 * A network that others have trained, without its head, for `vision.transfer`: its last maps have 1,280 channels. `data.card(name)` says where it comes from.
 *
 * What it wants, and does not check: tensors [pictures, size, size, 3], colours in the order red, green, blue, values **from -1 to 1** (`x * 2 - 1`
 * of what `vision.toTensor` and `vision.camera` give). Other values give answers too, only bad ones.
 *
 * @param name "mobilenet-v2": MobileNetV2 (width 1), trained by Google to find objects on photographs of Open Images v4
 * @returns a LayersModel; each call gives new variables, the caller's
 * @throws `unknown name: resnet (known: mobilenet-v2)`; `expected size to be a whole number >= 32, got 8`
 * @see Sandler et al. (2018), "MobileNetV2: inverted residuals and linear bottlenecks"
 * @example
 * const backbone = await vision.pretrained("mobilenet-v2", { size: 64 });
 * backbone.outputs[0].shape // [null, 2, 2, 1280]
 */
export async function pretrained(name: "mobilenet-v2", options: PretrainedOptions = {}): Promise<tf.LayersModel> {
  oneOf({ name }, ["mobilenet-v2"]);
  known(options, ["size"]);
  const size = whole({ size: options.size ?? 96 }, 32);
  const parts = await Promise.all(pathsOf(await describeDataset(name)).map(readDataBytes));
  return mobileNetBackbone(parts.flatMap((bytes) => fromSafetensors(bytes).tensors), size);
}
