import type * as tf from "@tensorflow/tfjs";
import type { Activation } from "./layers.js";
import type { SinusoidalOptions } from "./positions.js";
import type { NamedWeights, SavedWeights } from "./weights.js";

export interface TransformerOptions {
  /** Ids are below this. */
  vocabSize: number;
  /** The longest sequence. */
  positions: number;
  /** Values a token has in every layer; default 64. */
  width?: number;
  /** Attentions side by side; divides the width. Default 4. */
  heads?: number;
  /** Default 2. */
  layers?: number;
  /** Width inside the feed-forward part; default 4 times the width. */
  hidden?: number;
  /** Layer normalisation before each part ("pre", as GPT-2) or after it ("post", as BERT); default "pre" for a decoder, "post" for an encoder. */
  norm?: "pre" | "post";
  /** One more normalisation at the end; default: with "pre". */
  finalNorm?: boolean;
  /** How positions enter; default "learned". */
  position?: "learned" | "sinusoidal" | "rotary" | "none";
  /** Of sinusoidal positions: as `text.sinusoidalPositions`. */
  waves?: SinusoidalOptions;
  /** Of the feed-forward part; default "gelu". */
  activation?: Activation;
  /** Rate of dropout in training; default 0. */
  dropout?: number;
  /** Of the normalisations; default 1e-5. */
  epsilon?: number;
  /** Of the first weights; default 0. */
  seed?: number;
  /** Deviation of the first weights; default 0.02, for the parts' outputs divided by the root of twice the layers (GPT-2). */
  initialDeviation?: number;
  /** Width of the embedding where it differs: the first layer widens it. Default: the width. */
  embeddingWidth?: number;
  /** The embedding is multiplied by this; default 1. */
  embeddingScale?: number;
  /** Normalise the embedding, as BERT; default false. */
  embeddingNorm?: boolean;
}

export interface EncoderOptions extends TransformerOptions {
  /** Id of the padding token: nothing looks at it. Default: none. */
  padding?: number;
  /** How many kinds of segment (`typeIds`) there are, as BERT has 2; default 0. */
  segments?: number;
}

export interface DecoderOptions extends TransformerOptions {
  /** The output shares the embedding's weights; default true. */
  tied?: boolean;
}

/** All options, with their defaults. */
export type Config = Required<TransformerOptions> & { kind: "encoder" | "decoder"; padding?: number; segments: number; tied: boolean };

/** A transformer: plain functions on named variables. `nn.fit` trains it. */
export interface Transformer {
  readonly config: Readonly<Config>;
  /** In the order of `weights`. */
  readonly variables: tf.Variable[];
  readonly weights: NamedWeights;
  /** Number of values that are trained. */
  readonly parameters: number;
  /** Weights as plain data, a copy. */
  save(): SavedWeights;
  /** @throws `unknown weight: x`; `expected block.0... of shape [64, 64], got [2]`; nothing is changed then */
  load(saved: SavedWeights): void;
  dispose(): void;
}

export interface Encoder extends Transformer {
  /** ids [n, length] to states [n, length, width]. */
  predict(ids: tf.Tensor, training?: boolean): tf.Tensor;
  /**
   * The same with a mask [n, length] (1: a token, 0: padding) and segments [n, length]. `layers`: what the first so many layers make of it (0: the
   * embedding alone), with 0 at padding. Such states may be given in place of ids, with the `layers` that they have been through as `from`.
   */
  states(ids: tf.Tensor, options?: { mask?: tf.Tensor; segments?: tf.Tensor; training?: boolean; layers?: number; from?: number }): tf.Tensor;
}

export interface Decoder extends Transformer {
  /** ids [n, length] to logits [n, length, vocabSize]: at each place the scores of the next token. */
  predict(ids: tf.Tensor, training?: boolean): tf.Tensor;
}
