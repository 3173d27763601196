import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { known, positive, whole } from "../../../arguments.js";
import type { Tape } from "../tape.js";
import { asPositions, biasUse } from "./dense.js";

export interface NormWeights {
  gamma?: Variable | undefined;
  beta?: Variable | undefined;
}

/** gamma x + beta over the last axis. */
export function scaleAndShift(tape: Tape, x: Tensor, { gamma, beta }: NormWeights): Tensor {
  const saved = tape.trains(gamma) ? tape.keep(x) : x;
  const scaled = gamma ? x.mul(tape.value(gamma)) : x;
  const out = beta ? scaled.add(tape.value(beta)) : scaled;
  return tape.tap(out, [
    gamma && { variable: gamma, factor: (gradient) => ({ kind: "summed", value: asPositions(gradient.mul(saved)) }) },
    biasUse(beta),
  ]);
}

function standardized(x: Tensor, axes: number[], epsilon: number): Tensor {
  const centered = x.sub(tf.mean(x, axes, true));
  return centered.mul(tf.rsqrt(tf.mean(tf.square(centered), axes, true).add(epsilon)));
}

export interface NormOptions {
  /** Default 1e-3, as in TensorFlow.js. */
  epsilon?: number;
}

/** Ba et al. 2016: mean 0 and variance 1 over the last axis, of each position on its own. */
export function layerNorm(tape: Tape, x: Tensor, weights: NormWeights, options: NormOptions = {}): Tensor {
  known(options, ["epsilon"]);
  return scaleAndShift(tape, standardized(x, [x.rank - 1], positive({ epsilon: options.epsilon ?? 1e-3 })), weights);
}

/** Wu and He 2018: over all positions and the channels of a group, of each example on its own. In place of batch normalisation. */
export function groupNorm(tape: Tape, x: Tensor, weights: NormWeights, options: NormOptions & { groups: number }): Tensor {
  known(options, ["epsilon", "groups"]);
  const groups = whole({ groups: options.groups }, 1);
  const channels = x.shape.at(-1)!;
  if (channels % groups !== 0) throw new RangeError(`expected groups to divide the ${channels} channels, got ${groups}`);
  const grouped = x.reshape([x.shape[0]!, -1, groups, channels / groups]);
  return scaleAndShift(tape, standardized(grouped, [1, 3], positive({ epsilon: options.epsilon ?? 1e-3 })).reshape(x.shape), weights);
}
