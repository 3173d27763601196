import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { conv, depthwiseConv, separableConv } from "../layers/conv.js";
import { dense } from "../layers/dense.js";
import { embedding } from "../layers/embedding.js";
import { layerNorm } from "../layers/norm.js";
import { gru, lstm, simpleRnn, type RecurrentOptions, type RecurrentWeights } from "../layers/recurrent.js";
import type { Tape } from "../tape.js";

/** A layer of TensorFlow.js, with the members that its types keep to themselves. */
export interface AnyLayer {
  readonly name: string;
  readonly trainable: boolean;
  readonly trainableWeights: { name: string; read(): Tensor }[];
  readonly inboundNodes: { inputTensors: tf.SymbolicTensor[] }[];
  getClassName(): string;
  apply(inputs: Tensor | Tensor[], kwargs?: object): Tensor;
  // oxlint-disable-next-line typescript/no-explicit-any -- members differ from layer to layer
  readonly [member: string]: any;
}

interface Handler {
  /** The outputs; with `linear` its activation is left away. */
  run(tape: Tape, layer: AnyLayer, inputs: Tensor[], linear: boolean): Tensor;
  /** Why this one has no formula; undefined where it has. */
  not?(layer: AnyLayer): string | undefined;
  /** Its activation can be left away. */
  peels?: boolean;
}

/** The variable of a LayerVariable. */
const weight = (one: { read(): Tensor } | null | undefined): Variable | undefined => (one ? (one.read() as Variable) : undefined);
const activate = (layer: AnyLayer, x: Tensor, linear: boolean): Tensor => (linear || !layer["activation"] ? x : (layer["activation"].apply(x) as Tensor));

export const activationName = (layer: AnyLayer): string | undefined => (layer.getClassName() === "Softmax" ? "softmax" : layer["activation"]?.getClassName());

const channelsLast = (layer: AnyLayer) => (layer["dataFormat"] === "channelsFirst" ? "dataFormat channelsFirst" : undefined);
const convOptions = (layer: AnyLayer) => ({ strides: layer["strides"] as number[], padding: layer["padding"] as "same" | "valid", dilations: layer["dilationRate"] as number | number[] });

const convolution: Handler = {
  peels: true,
  not: (layer) => channelsLast(layer) ?? (layer["padding"] === "causal" ? "padding causal" : undefined),
  run: (tape, layer, [x], linear) => activate(layer, conv(tape, x!, weight(layer["kernel"])!, weight(layer["bias"]), convOptions(layer)), linear),
};

type Recurrent = (tape: Tape, x: Tensor, weights: RecurrentWeights, options: RecurrentOptions) => Tensor;

function recurrent(run: Recurrent): Handler {
  return {
    not: ({ cell, returnState }) => (cell.dropout > 0 || cell.recurrentDropout > 0 ? "dropout inside" : returnState ? "returnState" : undefined),
    run(tape, layer, inputs) {
      if (inputs.length > 1) throw new TypeError(`expected ${layer.name} to start from zeros, got an initial state`);
      const { cell } = layer;
      const { activation, recurrentActivation } = cell;
      return run(tape, inputs[0]!, { kernel: weight(cell.kernel)!, recurrentKernel: weight(cell.recurrentKernel)!, bias: weight(cell.bias) }, {
        returnSequences: layer["returnSequences"], goBackwards: layer["goBackwards"] === true, activation: (x) => activation.apply(x),
        ...(recurrentActivation && { recurrentActivation: (x: Tensor) => recurrentActivation.apply(x) as Tensor }),
      });
    },
  };
}

const merge: Record<string, (one: Tensor, other: Tensor) => Tensor> = {
  concat: (one, other) => tf.concat([one, other], -1), sum: tf.add, mul: tf.mul, ave: (one, other) => one.add(other).div(2),
};

const bidirectional: Handler = {
  not: ({ mergeMode, forwardLayer }) => (mergeMode in merge ? inner(forwardLayer) : "mergeMode null"),
  run(tape, layer, inputs) {
    const { forwardLayer, backwardLayer, mergeMode } = layer;
    const run = (one: AnyLayer) => known.get(one.getClassName())!.run(tape, one, inputs, false);
    const back = run(backwardLayer);
    return merge[mergeMode]!(run(forwardLayer), layer["returnSequences"] ? tf.reverse(back, 1) : back);
  },
};

function inner(layer: AnyLayer): string | undefined {
  const handler = known.get(layer.getClassName());
  return handler ? handler.not?.(layer) : `${layer.getClassName()} inside`;
}

/** A layer without parameters whose output for an example depends on that example alone. */
const plain: Handler = {
  run: (tape, layer, inputs) => layer.apply(inputs.length === 1 ? inputs[0]! : inputs, { training: tape.training }),
};

/** By the name of the class. */
export const known: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["Dense", { peels: true, run: (tape, layer, [x], linear) => activate(layer, dense(tape, x!, weight(layer["kernel"])!, weight(layer["bias"])), linear) }],
  ...["Conv1D", "Conv2D", "Conv3D"].map((name): [string, Handler] => [name, convolution]),
  ["DepthwiseConv2D", {
    peels: true, not: channelsLast,
    run: (tape, layer, [x], linear) => activate(layer, depthwiseConv(tape, x!, weight(layer["depthwiseKernel"])!, weight(layer["bias"]), convOptions(layer)), linear),
  }],
  ["SeparableConv2D", {
    peels: true, not: channelsLast,
    run: (tape, layer, [x], linear) => activate(layer, separableConv(tape, x!, weight(layer["depthwiseKernel"])!, weight(layer["pointwiseKernel"])!, weight(layer["bias"]), convOptions(layer)), linear),
  }],
  ["Embedding", { not: ({ maskZero }) => (maskZero ? "maskZero" : undefined), run: (tape, layer, [ids]) => embedding(tape, ids!, weight(layer["embeddings"])!) }],
  ["LayerNormalization", {
    not: ({ axis }) => (Array.isArray(axis) && axis.length > 1 ? "more than one axis" : undefined),
    run: (tape, layer, [x]) => layerNorm(tape, x!, { gamma: weight(layer["gamma"]), beta: weight(layer["beta"]) }, { epsilon: layer["epsilon"] as number }),
  }],
  // Only a frozen one comes here: with the moving averages it is a fixed scale and shift.
  ["BatchNormalization", { run: (_tape, layer, [x]) => layer.apply(x!, { training: false }) }],
  ["LSTM", recurrent(lstm)],
  ["GRU", recurrent(gru)],
  ["SimpleRNN", recurrent(simpleRnn)],
  ["Bidirectional", bidirectional],
  // A dense layer has the same weights at every step anyway.
  ["TimeDistributed", { not: ({ layer }) => (layer.getClassName() === "Dense" ? undefined : `${layer.getClassName()} inside`), run: (tape, layer, inputs) => known.get("Dense")!.run(tape, layer["layer"], inputs, false) }],
  ["Activation", { peels: true, run: (_tape, layer, [x], linear) => activate(layer, x!, linear) }],
  ["Softmax", { peels: true, run: (tape, layer, inputs, linear) => (linear ? inputs[0]! : plain.run(tape, layer, inputs, false)) }],
  ...[
    "InputLayer", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "Flatten", "Reshape", "Permute", "RepeatVector",
    "ZeroPadding2D", "Cropping2D", "UpSampling2D", "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "GlobalAveragePooling1D",
    "GlobalMaxPooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "Rescaling",
  ].map((name): [string, Handler] => [name, plain]),
]);
