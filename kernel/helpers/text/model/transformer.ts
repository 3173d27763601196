import * as tf from "@tensorflow/tfjs";
import { known, whole } from "../../arguments.js";
import { configOf } from "./config.js";
import type { Decoder, DecoderOptions, Encoder, EncoderOptions, Transformer } from "./contract.js";
import { constantsOf, forward, logitsOf, specification, type Parts } from "./forward.js";
import { countValues, loadWeights, makeWeights, saveWeights, type SavedWeights } from "./weights.js";

const inside = new WeakMap<object, Parts>();

/** What a transformer is made of, for the functions of this room. */
export function partsOf(model: object): Parts {
  const parts = inside.get(model);
  if (!parts) throw new TypeError("expected a model of text.encoder or text.decoder, got another object");
  return parts;
}

function transformer(parts: Parts): Transformer {
  const { config, weights, constants } = parts;
  const variables = Object.values(weights);
  return {
    config, weights, variables, parameters: countValues(variables),
    save: () => saveWeights(weights),
    load: (saved) => loadWeights(weights, saved),
    dispose: () => tf.dispose([variables, Object.values(constants)] as never),
  };
}

function build<T extends Transformer>(kind: "encoder" | "decoder", options: EncoderOptions & DecoderOptions, methods: (parts: Parts) => Omit<T, keyof Transformer>, saved?: SavedWeights): T {
  const config = configOf(kind, options);
  const constants = constantsOf(config);
  const parts = { config, constants, weights: makeWeights(kind, specification(config), config.seed, saved) };
  const model = { ...transformer(parts), ...methods(parts) } as T;
  const words = `Transformer ${kind}: ${config.layers} layers, width ${config.width}, ${config.heads} heads, ${config.vocabSize.toLocaleString("en-US")} tokens, ${config.positions} positions; ${model.parameters.toLocaleString("en-US")} parameters`;
  Object.defineProperty(model, Symbol.for("Jupyter.display"), { value: () => ({ data: { "text/plain": words }, metadata: {} }), enumerable: false });
  inside.set(model, parts);
  return Object.freeze(model);
}

/**
 * A transformer encoder, as BERT is one: every token looks at every other. `predict` gives a state a token; put a head on it with
 * `text.classifier` or `text.tokenClassifier`. Trained by `nn.fit`.
 *
 * @param options sizes; `norm: "post"`, `embeddingNorm: true`, `segments: 2`, `epsilon: 1e-12` make it a BERT
 * @returns `predict(ids, training)`, `states(ids, { mask, segments })`, `weights` by name, `save`, `load`, `dispose`
 * @throws `expected heads to divide 64, got 5`; when it runs `expected at most 128 positions, got a sequence of 200`
 * @see Vaswani et al. (2017); Devlin et al. (2019), "BERT"
 * @example
 * const model = text.encoder({ vocabSize: 10, positions: 8, width: 4, heads: 2, layers: 1 });
 * model.predict(tf.tensor2d([[1, 2, 3]], [1, 3], "int32")).shape // [1, 3, 4]
 * model.dispose();
 */
export function encoder(options: EncoderOptions): Encoder {
  return encoderFrom(options);
}

function upTo(named: Record<string, number>, most: number): number {
  const value = whole(named);
  if (value > most) throw new RangeError(`expected ${Object.keys(named)[0]} of at most ${most}, got ${value}`);
  return value;
}

/** An encoder that begins with these weights, for models that were trained before. */
export function encoderFrom(options: EncoderOptions, saved?: SavedWeights): Encoder {
  return build<Encoder>("encoder", options, (parts) => ({
    predict: (ids, training = false) => tf.tidy(() => forward(parts, ids, { training })),
    states: (ids, given = {}) => {
      known(given, ["mask", "segments", "training", "layers", "from"]);
      const last = upTo({ layers: given.layers ?? parts.config.layers }, parts.config.layers);
      if (given.from !== undefined) upTo({ from: given.from }, last);
      return tf.tidy(() => forward(parts, ids, given));
    },
  }), saved);
}

/**
 * A transformer decoder, as GPT is one: every token looks at itself and those before it, and `predict` gives the scores of the next token
 * at each place. Train it by `nn.fit` on `text.windows`, with `text.crossEntropy`; then `text.generate`.
 *
 * @returns `predict(ids, training)`, `weights` by name, `save`, `load`, `dispose`
 * @throws as `encoder`
 * @see Radford et al. (2019), "Language models are unsupervised multitask learners"
 * @example
 * const gpt = text.decoder({ vocabSize: 10, positions: 8, width: 4, heads: 2, layers: 1 });
 * gpt.predict(tf.tensor2d([[1, 2, 3]], [1, 3], "int32")).shape // [1, 3, 10]
 * gpt.dispose();
 */
export function decoder(options: DecoderOptions): Decoder {
  return build<Decoder>("decoder", options, (parts) => ({
    predict: (ids, training = false) => tf.tidy(() => logitsOf(parts, forward(parts, ids, { training }), training)),
  }));
}
