import * as tf from "@tensorflow/tfjs";
import { oneOf } from "../../arguments.js";
import { gelu, geluTanh, silu } from "../../nn/training/activations.js";

const activations = { gelu, geluTanh, silu, relu: (x: tf.Tensor): tf.Tensor => tf.relu(x), tanh: (x: tf.Tensor): tf.Tensor => tf.tanh(x) };

export type Activation = keyof typeof activations;
export const activationNames = Object.keys(activations) as Activation[];

/** gelu is exact (by the error function), as in BERT; geluTanh is GPT-2's approximation. */
export const activate = (x: tf.Tensor, name: Activation): tf.Tensor => activations[oneOf({ activation: name }, activationNames)](x);

/** Only where it trains. Unseeded, so that a compiled step draws anew each time. */
export const drop = (x: tf.Tensor, rate: number, training: boolean): tf.Tensor => (training && rate > 0 ? tf.dropout(x, rate) : x);
