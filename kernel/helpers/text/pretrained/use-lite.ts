import * as tf from "@tensorflow/tfjs";
import { known, whole } from "../../arguments.js";
import { linear } from "../model/linear.js";
import { pool } from "../model/heads.js";
import { readSafetensors } from "../model/safetensors.js";
import { encoder as makeEncoder } from "../model/transformer.js";
import type { SavedWeights } from "../model/weights.js";
import { unigram } from "../tokenizer/unigram.js";
import type { MakePretrained, SentenceEncoder } from "./contract.js";

/** Piece 0 stands for what is unknown, as U+FFFD; pieces 1 to 5 are reserved, and no text has them. */
const unknown = "\ufffd", pad = "<pad>", padding = 3;
const positions = 128, width = 256;

/**
 * The Universal Sentence Encoder Lite. A text's vector is tanh of one dense layer on the mean of the tokens' states, made length 1.
 *
 * Its positions are waves whose exponents run from 0 to 1 in 127 steps (Tensor2Tensor), not in 128 as in the paper: the base makes up for it.
 *
 * @see Cer et al. (2018), "Universal Sentence Encoder"; the weights are those of TensorFlow Hub's universal-sentence-encoder-lite
 */
export const useLite: MakePretrained<SentenceEncoder> = ([first, second, vocabulary]) => {
  const { "sentence.kernel": kernel, "sentence.bias": bias, ...weights } = { ...readSafetensors(first!), ...readSafetensors(second!) };
  const pieces = JSON.parse(new TextDecoder().decode(vocabulary)) as [string, number][];
  const tokenizer = unigram(pieces.map(([piece, score], id) => [id === padding ? pad : piece, score]), { unknown, specialTokens: [unknown, "<s>", "</s>", pad] });
  const half = width / 2;
  const encoder = makeEncoder({
    vocabSize: weights["embedding.token"]!.shape[0]!, positions, embeddingWidth: width, width: 2 * width, heads: 4, layers: 2, hidden: 6 * width, padding,
    norm: "pre", finalNorm: false, activation: "relu", epsilon: 1e-6, embeddingScale: 2, position: "sinusoidal", waves: { layout: "halves", base: 10000 ** (half / (half - 1)) },
  });
  encoder.load(weights);
  const sentence = { kernel: variable(kernel!), bias: variable(bias!) };

  function vectors(texts: readonly string[], maxLength: number): tf.Tensor2D {
    return tf.tidy(() => {
      const batch = tokenizer.encodeBatch(texts, { maxLength, padding: true });
      const ids = tf.tensor2d(batch.map((one) => [...one.ids]), undefined, "int32");
      const mean = pool(encoder.predict(ids), { mask: tf.notEqual(ids, padding) });
      const bent = tf.tanh(linear(mean, sentence));
      return tf.div(bent, tf.maximum(tf.norm(bent, "euclidean", -1, true), 1e-12)) as tf.Tensor2D;
    });
  }

  const self: SentenceEncoder = {
    name: "use-lite", encoder, tokenizer,
    embed(texts, options = {}) {
      known(options, ["batchSize", "maxLength"]);
      const batchSize = whole({ batchSize: options.batchSize ?? 32 }, 1);
      const maxLength = Math.min(whole({ maxLength: options.maxLength ?? positions }, 1), positions);
      if (texts.length === 0) throw new RangeError("expected at least one text, got none");
      return tf.tidy(() => {
        const parts: tf.Tensor2D[] = [];
        for (let at = 0; at < texts.length; at += batchSize) parts.push(vectors(texts.slice(at, at + batchSize), maxLength));
        return tf.concat2d(parts, 0);
      });
    },
    dispose() {
      encoder.dispose();
      tf.dispose(sentence);
    },
  };
  return Object.freeze(self);
};

const variable = ({ values, shape }: SavedWeights[string]): tf.Variable => tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), false));
