import type * as tf from "@tensorflow/tfjs";
import type { Encoder } from "../model/contract.js";
import type { Tokenizer } from "../tokenizer/contract.js";

/** An encoder that somebody has trained, and the tokenizer it was trained with. */
export interface Pretrained {
  readonly name: string;
  /** Ordinary trainable layers: freeze them, tune them, put a head or adapters on them. */
  readonly encoder: Encoder;
  readonly tokenizer: Tokenizer;
  dispose(): void;
}

/** One that also makes a vector of a whole sentence. */
export interface SentenceEncoder extends Pretrained {
  /**
   * Vectors of length 1, a row a text: the dot product of two is their cosine similarity.
   *
   * @param options `batchSize`: texts at a time, default 32; `maxLength`: tokens a text is cut to, default as many as the encoder takes
   * @returns [texts, width]
   */
  embed(texts: readonly string[], options?: { batchSize?: number; maxLength?: number }): tf.Tensor2D;
}

/** What `text.pretrained(name)` gives, by name. */
export interface PretrainedModels {
  minilm: Pretrained;
  "use-lite": SentenceEncoder;
}

/** The bytes of a model's files, in the order of its entry in `lessons/data/datapackage.json`. */
export type MakePretrained<Model> = (files: readonly Uint8Array[]) => Model;
