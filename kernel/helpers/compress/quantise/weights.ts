import * as tf from "@tensorflow/tfjs";
import { known, oneOf } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import type { FitModel } from "../../nn/training/model.js";
import { kernelsOf } from "../model/weights.js";
import { channelAxis, dequantise, quantise, type Quantised } from "./affine.js";

export interface QuantiseWeightsOptions {
  /** Default "symmetric". */
  mode?: "affine" | "symmetric";
  /** A scale for each output channel; default true. */
  perChannel?: boolean;
  /** 2 to 8; default 8. */
  bits?: number;
  /** Only these layers or weights, by name. */
  layers?: readonly string[];
}

export interface QuantisedWeights {
  /** By name. */
  readonly weights: Readonly<Record<string, Quantised>>;
  readonly layers: readonly { readonly name: string; readonly bytes: number; readonly before: number; readonly largestError: number }[];
  /** Writes the rounded values into the model, to see what the rounding costs. */
  apply(): void;
}

/**
 * Only the weights as 8-bit integers, of any model: for a smaller file, computed in floating point once they are loaded (see `exportModel`). Integer arithmetic throughout: `quantiseModel`.
 *
 * @throws as `quantise`; `unknown layer: ...`
 * @example
 * const w = tf.variable(tf.tensor2d([[1.27, 0.5], [-0.004, -1]]));
 * const small = compress.quantiseWeights({ predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] }, { perChannel: false });
 * small.apply();
 * w.dataSync() // [1.27, 0.50, 0.00, -1.00]
 */
export function quantiseWeights(model: FitModel, options: QuantiseWeightsOptions = {}): QuantisedWeights {
  known(options, ["mode", "perChannel", "bits", "layers"]);
  const mode = oneOf({ mode: options.mode ?? "symmetric" }, ["affine", "symmetric"]);
  const { perChannel = true, bits = 8, layers } = options;
  const kernels = kernelsOf(model, layers);
  const made = kernels.map(({ name, variable }) => {
    const values = variable.dataSync<"float32">();
    const small = quantise(values, { mode, bits, shape: variable.shape, axis: perChannel ? channelAxis(name, variable.shape) : null });
    const largestError = dequantise(small).reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!)), 0);
    const scales = small.scale.length * (mode === "symmetric" ? 4 : 5);
    return { name, small, row: Object.freeze({ name, bytes: Math.ceil((values.length * bits) / 8) + scales, before: 4 * values.length, largestError }) };
  });
  const result: QuantisedWeights = {
    weights: Object.freeze(Object.fromEntries(made.map(({ name, small }) => [name, small]))),
    layers: Object.freeze(made.map(({ row }) => row)),
    apply: () => tf.tidy(() => kernels.forEach(({ variable }, at) => variable.assign(tf.tensor(dequantise(made[at]!.small), variable.shape)))),
  };
  return showAs(result, () => result.layers);
}
