import * as tf from "@tensorflow/tfjs";
import { attend } from "./attention.js";
import type { Config } from "./contract.js";
import { layerNorm } from "../../nn/training/activations.js";
import { activate, drop } from "./layers.js";
import { linear } from "./linear.js";
import { rotaryTables, sinusoidalPositions, turnBy } from "./positions.js";
import type { NamedWeights, Specification } from "./weights.js";

/** Everything that a forward pass needs. */
export interface Parts {
  config: Readonly<Config>;
  weights: NamedWeights;
  /** Tables that are worked out once: positions. */
  constants: Readonly<Record<string, tf.Tensor>>;
}

export interface Run {
  training?: boolean;
  /** [n, length], 1 for tokens. */
  mask?: tf.Tensor | undefined;
  segments?: tf.Tensor | undefined;
  /** Stop after so many layers; default: all. What comes out of padding is 0 then. */
  layers?: number | undefined;
  /** Of states instead of ids: how many layers they have been through. */
  from?: number | undefined;
  /** Attention weights of each layer are put here. */
  seen?: tf.Tensor[];
  /** Where the sequence goes on: positions [length], what may be seen [.., queries, keys], and what each layer remembers. */
  cache?: { positions: tf.Tensor1D; visible: tf.Tensor; remember(layer: number, k: tf.Tensor, v: tf.Tensor): [tf.Tensor, tf.Tensor] };
}

/** Names, shapes and beginnings of all weights. */
export function specification(config: Readonly<Config>): Specification {
  const { width, embeddingWidth, hidden, layers, initialDeviation: deviation } = config;
  const out: Specification = { "embedding.token": { shape: [config.vocabSize, embeddingWidth], initial: { normal: deviation } } };
  const dense = (name: string, from: number, to: number, normal = deviation): void => {
    out[`${name}.kernel`] = { shape: [from, to], initial: { normal } };
    out[`${name}.bias`] = { shape: [to], initial: { value: 0 } };
  };
  const norm = (name: string, size: number): void => {
    out[`${name}.scale`] = { shape: [size], initial: { value: 1 } };
    out[`${name}.shift`] = { shape: [size], initial: { value: 0 } };
  };
  if (config.position === "learned") out["embedding.position"] = { shape: [config.positions, embeddingWidth], initial: { normal: deviation } };
  if (config.segments > 0) out["embedding.segment"] = { shape: [config.segments, embeddingWidth], initial: { normal: deviation } };
  if (config.embeddingNorm) norm("embedding.norm", embeddingWidth);
  for (let layer = 0; layer < layers; layer++) {
    const from = layer === 0 ? embeddingWidth : width;
    // What is added to the residual path grows with the layers; so each part begins the smaller.
    const last = deviation / Math.sqrt(2 * layers);
    norm(`block.${layer}.norm1`, config.norm === "pre" ? from : width);
    for (const part of ["query", "key", "value"]) dense(`block.${layer}.attention.${part}`, from, from);
    dense(`block.${layer}.attention.output`, from, width, last);
    if (from !== width) dense(`block.${layer}.residual`, from, width, 1 / Math.sqrt(from));
    norm(`block.${layer}.norm2`, width);
    dense(`block.${layer}.feed.up`, width, hidden);
    dense(`block.${layer}.feed.down`, hidden, width, last);
  }
  if (config.finalNorm) norm("norm", width);
  if (config.kind === "decoder" && !config.tied) dense("head", width, config.vocabSize);
  return out;
}

export function constantsOf(config: Readonly<Config>): Record<string, tf.Tensor> {
  if (config.position === "sinusoidal") return { positions: tf.keep(sinusoidalPositions(config.positions, config.embeddingWidth, config.waves)) };
  if (config.position !== "rotary") return {};
  if (config.embeddingWidth !== config.width) throw new RangeError(`expected embeddingWidth to be the width ${config.width} with rotary positions, got ${config.embeddingWidth}`);
  const { cos, sin } = rotaryTables(config.positions, config.width / config.heads);
  return { cos: tf.keep(cos), sin: tf.keep(sin) };
}

/** States [n, length, width] of the last layer, from ids [n, length] or, to go on, from states that an earlier run stopped with. To be run in a tidy. */
export function forward(parts: Parts, given: tf.Tensor, run: Run = {}): tf.Tensor {
  const { config, weights } = parts;
  const { training = false, cache, from = 0, layers = config.layers } = run;
  const goesOn = run.from !== undefined && given.rank === 3;
  if (given.rank !== 2 && !goesOn) throw new RangeError(`expected ids of shape [n, length], got [${given.shape.join(", ")}]`);
  const [n, length] = given.shape as [number, number];
  if (length > config.positions) throw new RangeError(`expected at most ${config.positions} positions, got a sequence of ${length}: cut it (maxLength), or make the model with more positions`);
  const norm = (x: tf.Tensor, name: string) => layerNorm(x, { gamma: weights[`${name}.scale`]!, beta: weights[`${name}.shift`]!, epsilon: config.epsilon });
  const at = (name: string) => ({ kernel: weights[`${name}.kernel`]!, bias: weights[`${name}.bias`] });
  const rows = rowsOf(length, cache);

  let x = goesOn ? given : embed(parts, given, run);
  const tokens = run.mask ?? (goesOn ? tf.any(tf.notEqual(given, 0), -1) : config.padding === undefined ? undefined : tf.notEqual(tf.cast(given, "int32"), config.padding));
  const mask = cache?.visible ?? (tokens && tf.reshape(tf.cast(tokens, "float32"), [n, 1, 1, length]));
  const turn = config.position === "rotary" ? { cos: rows(parts.constants["cos"]!), sin: rows(parts.constants["sin"]!) } : undefined;
  for (let layer = goesOn ? from : 0; layer < layers; layer++) {
    const name = `block.${layer}`;
    const attention = (input: tf.Tensor): tf.Tensor => {
      const { output, weights: looks } = attend(input, { query: at(`${name}.attention.query`), key: at(`${name}.attention.key`), value: at(`${name}.attention.value`), output: at(`${name}.attention.output`) }, {
        heads: config.heads, mask, causal: config.kind === "decoder" && !cache, dropout: training ? config.dropout : 0,
      }, { training, turn: turn && ((part) => turnBy(part, turn)), remember: cache && ((k, v) => cache.remember(layer, k, v)) });
      run.seen?.push(looks);
      return drop(output, config.dropout, training);
    };
    const feed = (input: tf.Tensor): tf.Tensor => drop(linear(activate(linear(input, at(`${name}.feed.up`), { training }), config.activation), at(`${name}.feed.down`), { training }), config.dropout, training);
    const kept = weights[`${name}.residual.kernel`] ? linear(x, at(`${name}.residual`), { training }) : x;
    if (config.norm === "pre") {
      x = tf.add(kept, attention(norm(x, `${name}.norm1`)));
      x = tf.add(x, feed(norm(x, `${name}.norm2`)));
    } else {
      x = norm(tf.add(kept, attention(x)), `${name}.norm1`);
      x = norm(tf.add(x, feed(x)), `${name}.norm2`);
    }
  }
  if (config.finalNorm && layers === config.layers) x = norm(x, "norm");
  return run.layers !== undefined && tokens ? tf.mul(x, tf.reshape(tf.cast(tokens, "float32"), [n, length, 1])) : x;
}

/** Rows of a table of positions: from the first, or where the cache goes on. */
const rowsOf = (length: number, cache: Run["cache"]) => (table: tf.Tensor): tf.Tensor => (cache ? tf.gather(table, cache.positions) : length === table.shape[0] ? table : tf.slice(table, 0, length));

/** What goes into the first layer. */
function embed({ config, weights, constants }: Parts, given: tf.Tensor, { training = false, segments, cache }: Run): tf.Tensor {
  const ids = tf.cast(given, "int32");
  let x: tf.Tensor = tf.gather(weights["embedding.token"]!, ids);
  if (config.embeddingScale !== 1) x = tf.mul(x, config.embeddingScale);
  const positions = weights["embedding.position"] ?? constants["positions"];
  if (positions) x = tf.add(x, rowsOf(given.shape[1]!, cache)(positions));
  if (config.segments > 0) x = tf.add(x, tf.gather(weights["embedding.segment"]!, segments ? tf.cast(segments, "int32") : tf.zerosLike(ids)));
  if (config.embeddingNorm) x = layerNorm(x, { gamma: weights["embedding.norm.scale"]!, beta: weights["embedding.norm.shift"]!, epsilon: config.epsilon });
  return drop(x, config.dropout, training);
}

/** Scores of all tokens [..., vocabSize] from states. */
export function logitsOf({ config, weights }: Parts, states: tf.Tensor, training = false): tf.Tensor {
  if (!config.tied) return linear(states, { kernel: weights["head.kernel"]!, bias: weights["head.bias"] }, { training });
  const rows = tf.reshape(states, [-1, config.width]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(rows, weights["embedding.token"] as tf.Tensor as tf.Tensor2D, false, true), [...states.shape.slice(0, -1), config.vocabSize]);
}
