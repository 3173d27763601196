import type * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { shown } from "../../arguments.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { nodesIn, shapeOfNode } from "../../compress/model/nodes.js";
import { showAs } from "../../label/show.js";

export interface ReceptiveField {
  readonly layer: string;
  /** Height and width in pixels of the picture that one value of the layer depends on; null: all of it. */
  readonly size: readonly [number, number] | null;
  /** Pixels of the picture from one value to the next. */
  readonly stride: readonly [number, number] | null;
}

interface Field {
  size: [number, number];
  stride: [number, number];
}

/**
 * How much of the picture each layer sees: `size += (kernel - 1) x dilation x stride so far`. Where paths meet, the largest counts. A layer whose values see only a small part cannot know what a whole thing is.
 *
 * @throws `unsupported layer: lstm_1 (LSTM)`: where positions are not those of a picture; `expected paths of equal stride at add_1, got 1 and 2`
 * @see Luo et al. (2016), "Understanding the effective receptive field in deep convolutional neural networks": in practice the middle counts most
 * @example
 * const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 4, kernelSize: 3, name: "a" }), tf.layers.maxPooling2d({ poolSize: 2 }), tf.layers.conv2d({ filters: 4, kernelSize: 3, name: "b" })] });
 * vision.receptiveField(model).map(({ size }) => size) // [[3, 3], [4, 4], [8, 8]]
 */
export function receptiveField(model: tf.LayersModel): readonly ReceptiveField[] {
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  const fields = new Map<string, Field | null>();
  const rows: ReceptiveField[] = [];
  for (const layer of model.layers) {
    const type = layer.getClassName();
    const name = layer.name;
    if (type === "InputLayer") {
      fields.set(name, { size: [1, 1], stride: [1, 1] });
      continue;
    }
    const before = nodesIn(model, layer)[0]!.inboundLayers.map((one) => (fields.has(one.name) ? fields.get(one.name)! : { size: [1, 1], stride: [1, 1] } as Field));
    const field = next(layer, type, meet(before, name), shapeOfNode(nodesIn(model, layer)[0]!.inputShapes).length === 3);
    fields.set(name, field);
    rows.push(Object.freeze({ layer: name, size: field && Object.freeze(field.size), stride: field && Object.freeze(field.stride) }));
  }
  return showAs(rows, () => rows.map(({ layer, size, stride }) => ({ layer, sees: size ? size.join(" x ") : say("all", "全部"), stride: stride ? stride.join(" x ") : "" })), () => say("What one value of each layer sees, in pixels", "每层的一个值所看到的范围（像素）"));
}

function meet(before: readonly (Field | null)[], name: string): Field | null {
  // A factor from the whole picture (squeeze-and-excite) makes everything depend on everything.
  if (before.some((field) => field === null)) return null;
  const fields = before as readonly Field[];
  for (const { stride } of fields) if (stride.join() !== fields[0]!.stride.join()) throw new RangeError(`expected paths of equal stride at ${name}, got ${fields[0]!.stride[0]} and ${stride[0]}`);
  return { size: [Math.max(...fields.map(({ size }) => size[0])), Math.max(...fields.map(({ size }) => size[1]))], stride: [...fields[0]!.stride] };
}

const local = ["Activation", "ReLU", "LeakyReLU", "ELU", "PReLU", "ThresholdedReLU", "Softmax", "BatchNormalization", "Dropout", "GaussianNoise", "GaussianDropout", "ZeroPadding2D", "Cropping2D", "Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "ChannelShuffle"];
const whole = ["Flatten", "Dense", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "Reshape", "Permute"];

function next(layer: tf.layers.Layer, type: string, field: Field | null, maps: boolean): Field | null {
  if (field === null || local.includes(type)) return field;
  if (whole.includes(type)) {
    // A dense layer on maps works at each place by itself.
    return type === "Dense" && maps ? field : null;
  }
  const config = layer.getConfig() as Record<string, unknown>;
  const pair = (value: unknown, other: number): [number, number] => (value === undefined || value === null ? [other, other] : typeof value === "number" ? [value, value] : [...(value as [number, number])]);
  const pooling = type === "MaxPooling2D" || type === "AveragePooling2D";
  if (!pooling && !["Conv2D", "DepthwiseConv2D", "SeparableConv2D", "GroupedConv2D"].includes(type)) throw new RangeError(`unsupported layer: ${layer.name} (${type})`);
  const kernel = pair(config[pooling ? "poolSize" : "kernelSize"], 1);
  const strides = pair(config["strides"], pooling ? kernel[0] : 1);
  const dilation = pair(config["dilationRate"], 1);
  const grow = (axis: 0 | 1) => field.size[axis] + (kernel[axis] - 1) * dilation[axis] * field.stride[axis];
  return { size: [grow(0), grow(1)], stride: [field.stride[0] * strides[0], field.stride[1] * strides[1]] };
}
