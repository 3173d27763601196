import type { AnyLayer } from "./known.js";

/** Layers in which one example changes what another gives: no clipping bounds what it does then. Refused, with what to take instead. */
export function refuse(layer: AnyLayer): void {
  const name = `${layer.name} (${layer.getClassName()})`;
  // Frozen, it is a fixed scale and shift.
  if (layer.getClassName() === "BatchNormalization" && layer.trainable) {
    throw new TypeError(`expected layers that treat the examples of a batch apart, got ${name}: take tf.layers.layerNormalization() instead, or group normalisation (layers.groupNorm in privacy.tapped), or freeze it (trainable = false)`);
  }
  if (layer["stateful"]) throw new TypeError(`expected no state from batch to batch, got ${name}: make it with stateful false`);
  if (layer["axis"] === 0) throw new TypeError(`expected layers that treat the examples of a batch apart, got ${name} over axis 0, the batch: take another axis`);
  for (const key of Object.keys(layer)) {
    if (/regularizer$/i.test(key) && layer[key]) throw new TypeError(`expected no ${key}, got one on ${name}: private training adds no such loss; noise already regularises, and weight decay belongs in the optimiser`);
  }
}
