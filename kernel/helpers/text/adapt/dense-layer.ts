import * as tf from "@tensorflow/tfjs";
import { linear } from "../model/linear.js";

/** What is used of a dense layer of TensorFlow.js. */
export interface DenseLayer {
  name: string;
  trainable: boolean;
  kernel: { read(): tf.Variable };
  bias: { read(): tf.Variable } | null;
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
  fastWeightInitDuringBuild: boolean;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[];
}

/** Dense layers of a model and of the models in it. */
export function denseLayers(model: tf.LayersModel): DenseLayer[] {
  return model.layers.flatMap((layer) => {
    if (layer.getClassName() === "Dense") return [layer as unknown as DenseLayer];
    return "layers" in layer ? denseLayers(layer as unknown as tf.LayersModel) : [];
  });
}

/** From now on the layer multiplies through `linear`, which knows adapters. Gives back how to undo it. */
export function multiplyThroughLinear(layer: DenseLayer): () => void {
  const own = Object.getOwnPropertyDescriptor(layer, "call");
  // A compiled graph of the model looks at a layer's switches and is made anew where one changed; this one serves only while a layer is built.
  const change = (): void => void (layer.fastWeightInitDuringBuild = !layer.fastWeightInitDuringBuild);
  change();
  layer.call = (inputs, kwargs) => tf.tidy(() => {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const answer = linear(x, { kernel: layer.kernel.read(), bias: layer.bias?.read() }, { training: kwargs?.training ?? false });
    return layer.activation ? layer.activation.apply(answer) : answer;
  });
  return () => {
    change();
    if (own) Object.defineProperty(layer, "call", own);
    else delete (layer as { call?: unknown }).call;
  };
}

/** From now on the layers count as frozen, for whoever trains the model itself. Gives back how to undo it. */
export function freeze(model: tf.LayersModel, except: (layer: tf.layers.Layer) => boolean): () => void {
  const before = model.layers.map((layer) => [layer, layer.trainable] as const);
  for (const [layer] of before) if (!except(layer)) layer.trainable = false;
  return () => {
    for (const [layer, trainable] of before) layer.trainable = trainable;
  };
}
