import type * as tf from "@tensorflow/tfjs";

/** Runs `work` while every answer of the layer goes through `change`, whatever the model's shape. The layer is as before afterwards. */
export function interceptLayer<T>(model: tf.LayersModel, name: string, change: (answer: tf.Tensor) => tf.Tensor, work: () => T): T {
  const layer = findLayer(model, name);
  const call = layer.call;
  layer.call = function (...args: Parameters<typeof call>) {
    const answer = call.apply(this, args);
    return change(Array.isArray(answer) ? answer[0] : answer);
  };
  try {
    return work();
  } finally {
    delete (layer as { call?: unknown }).call;
    if (layer.call !== call) layer.call = call;
  }
}

export function findLayer(model: tf.LayersModel, name: string): tf.layers.Layer {
  const layer = model.layers.find((one) => one.name === name);
  if (!layer) throw new RangeError(`unknown layer: ${name} (known: ${model.layers.map((one) => one.name).join(", ")})`);
  return layer;
}
