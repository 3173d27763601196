import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../../arguments.js";
import { isLayersModel } from "../../../explain/model/predictor.js";

/** A tensor as it goes to a worker. */
export interface PackedTensor {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
}

/** @param shared in memory that threads see without a copy */
export function packTensor(tensor: tf.Tensor, shared: boolean): PackedTensor {
  const values = tensor.dataSync() as Float32Array | Int32Array | Uint8Array;
  if (!shared || typeof SharedArrayBuffer === "undefined") return { values: values.slice(), shape: tensor.shape, dtype: tensor.dtype as "float32" };
  const copy = new (values.constructor as typeof Float32Array)(new SharedArrayBuffer(values.byteLength) as unknown as ArrayBuffer, 0, values.length);
  copy.set(values as Float32Array);
  return { values: copy, shape: tensor.shape, dtype: tensor.dtype as "float32" };
}

/** A model as it goes to a worker: its layers as JSON, and its weights. */
export interface PackedModel {
  readonly topology: object;
  readonly weights: readonly PackedTensor[];
}

/** @throws `expected a model without batch normalisation, got norm_1: ...` */
export function packModel(model: tf.LayersModel, shared: boolean): PackedModel {
  checkModel(model);
  return { topology: model.toJSON(undefined, false) as unknown as object, weights: model.weights.map((weight) => packTensor(weight.read(), shared)) };
}

export function checkModel(model: tf.LayersModel): void {
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}: its layers are built again in each worker`);
  const norm = model.layers.find((layer) => layer.getClassName() === "BatchNormalization");
  if (norm) throw new RangeError(`expected a model without batch normalisation, got ${norm.name}: each worker would normalise by its own part of the batch, and the numbers would not be those of one machine; use layer normalisation`);
}

export function checkData({ x, y }: { x: tf.Tensor; y: tf.Tensor }): number {
  for (const [name, tensor] of [["x", x], ["y", y]] as const) if (typeof tensor?.dataSync !== "function") throw new TypeError(`expected ${name} as a tensor, got ${shown(tensor)}`);
  const rows = x.shape[0]!;
  if (y.shape[0] !== rows) throw new RangeError(`expected y with ${rows} rows like x, got ${String(y.shape[0])}`);
  if (rows < 1) throw new RangeError("expected at least one row, got none");
  return rows;
}
