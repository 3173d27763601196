import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import * as text from "../../../../kernel/helpers/text/index.js";
import { difference } from "../../compare.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

/** The largest number in a piece of an answer, which float32 errors are measured against. */
const largest = (value: unknown): number => (typeof value === "number" ? Math.abs(value) : value && typeof value === "object" ? Math.max(0, ...Object.values(value).map(largest)) : 0);

/** TensorFlow.js computes in float32 and the cases are float64: what agrees to 2e-5 of the largest entry of its list counts as equal, anything else stays as it is. */
function asFloat32(actual: Input, expected: Input): Input {
  return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, key in expected && difference(value, expected[key], { abs: 2e-5 * Math.max(1, largest(expected[key])), rel: 0 }) === undefined ? expected[key] : value]));
}

const pick = ({ ids, tokens, offsets, words, typeIds, specialTokensMask }: text.Encoding) => ({ ids, tokens, offsets, words, typeIds, specialTokensMask });

export const answers: Record<string, (input: Input, expected: Input) => unknown> = {
  tokenizer: ({ json, texts, pairs }) => {
    const t = text.tokenizer(JSON.stringify(json));
    const again = text.tokenizer(JSON.stringify(t));
    return {
      encodings: again.encodeBatch(texts).map(pick), plain: texts.map((one: string) => t.encode(one, { specialTokens: false }).ids), pairs: pairs.map(([a, b]: [string, string]) => pick(t.encode(a, { pair: b }))),
      decoded: texts.map((one: string) => t.decode(t.encode(one).ids)), decodedAll: texts.map((one: string) => t.decode(t.encode(one).ids, { skipSpecialTokens: false })),
    };
  },
  "train-bpe": ({ corpus, options }) => {
    const { model } = text.trainBpe(corpus, { vocabSize: options.vocab, minFrequency: options.frequency ?? 2, addPrefixSpace: options.prefix ?? false, ...(options.max_token_length && { maxTokenLength: options.max_token_length }) }).toJSON();
    const { vocab, merges } = model as { vocab: Record<string, number>; merges: unknown };
    return { tokens: Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!), merges };
  },
  "train-unigram": ({ corpus, vocab }) => {
    const { model } = text.trainUnigram(corpus, { vocabSize: vocab, specialTokens: ["<unk>", "<s>"] }).toJSON();
    return { pieces: [...(model as unknown as { vocab: [string, number][] }).vocab].sort(([a], [b]) => (a < b ? -1 : 1)) };
  },
  transformer: ({ model: kind, options, weights, ids, truth }, expected) => tf.tidy(() => {
    const model = kind === "decoder" ? text.decoder(options) : text.encoder(options);
    model.load(Object.fromEntries(Object.entries(weights as Record<string, number[]>).map(([name, values]) => [name, tf.tidy(() => { const t = tf.tensor(values); return { shape: t.shape, values: t.dataSync() as Float32Array }; })])));
    const x = tf.tensor2d(ids, undefined, "int32");
    const loss = (): tf.Scalar => (kind === "decoder" ? text.crossEntropy(tf.tensor2d(truth, undefined, "int32"), model.predict(x)) : tf.sum(tf.mul(model.predict(x), tf.tensor(truth))));
    const { value, grads } = tf.variableGrads(loss, model.variables);
    const gradients = Object.fromEntries(Object.entries(model.weights).map(([name, variable]) => [name, grads[variable.name]!.arraySync()]));
    const answer = { output: model.predict(x).arraySync(), loss: value.dataSync()[0], gradients: asFloat32(gradients, expected["gradients"]) };
    model.dispose();
    return asFloat32(answer, expected) as never;
  }),
  attention: ({ q, k, v, masked }, expected) => tf.tidy(() => {
    const mask = masked ? tf.sub(1, tf.cast(tf.tensor2d(masked, undefined, "bool"), "float32")) : undefined;
    const run = (q: Tensor, k: Tensor, v: Tensor) => text.attention(q, k, v, { mask });
    const tensors: [Tensor, Tensor, Tensor] = [tf.tensor2d(q), tf.tensor2d(k), tf.tensor2d(v)];
    const { output, weights } = run(...tensors);
    const [gq, gk, gv] = tf.grads((...args: Tensor[]) => tf.sum(run(...(args as [Tensor, Tensor, Tensor])).output))(tensors) as [Tensor, Tensor, Tensor];
    return asFloat32({ output: output.arraySync(), weights: weights.arraySync(), gradOfSum: { q: gq.arraySync(), k: gk.arraySync(), v: gv.arraySync() } }, expected) as never;
  }),
  lora: ({ x, kernel, a, b, alpha, rank, target }, expected) => {
    const weight = tf.tidy(() => tf.variable(tf.tensor2d(kernel)));
    const model = { weights: { "w.kernel": weight }, variables: [weight], predict: (x: Tensor) => text.linear(x, { kernel: weight }) };
    const tuned = text.lora(model, { rank, alpha });
    const saved = (values: number[][]) => ({ shape: [values.length, values[0]!.length], values: Float32Array.from(values.flat()) });
    tuned.load({ "w.kernel.a": saved(a), "w.kernel.b": saved(b) });
    const answer = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => tf.losses.meanSquaredError(tf.tensor2d(target), tuned.predict(tf.tensor2d(x))).asScalar(), tuned.variables);
      const [A, B] = tuned.variables as [Variable, Variable];
      return { output: tuned.predict(tf.tensor2d(x)).arraySync(), loss: value.dataSync()[0], gradA: grads[A.name]!.arraySync(), gradB: grads[B.name]!.arraySync() } as never;
    }) as Input;
    tuned.merge();
    answer["mergedKernel"] = weight.arraySync();
    tuned.remove();
    weight.dispose();
    return asFloat32(answer, expected);
  },
  adalora: ({ sizes, options, start, gradients, rate }, expected) => {
    const kernels = (sizes as [number, number][]).map((shape) => tf.tidy(() => tf.variable(tf.zeros(shape))));
    const weights = Object.fromEntries(kernels.map((kernel, at) => [`w${at}.kernel`, kernel]));
    const tuned = text.adalora({ weights, variables: kernels, predict: (x: Tensor) => text.linear(x, { kernel: kernels[0]! }) }, { ...options, alpha: 1 });
    const names = new Map<string, Variable>(tuned.adapters.flatMap(({ name, parts }) => Object.entries(parts).map(([part, variable]) => [`${name}.${part}`, variable] as const)));
    tuned.load(Object.fromEntries(Object.entries(start as Record<string, number[] | number[][]>).map(([name, values]) => [name, { shape: names.get(name)!.shape, values: Float32Array.from(values.flat()) }])));
    const sgd = tf.train.sgd(rate);
    const optimizer = tuned.optimizer(sgd);
    const lambdas = (gradients as Record<string, number[]>[]).map((step) => {
      tf.tidy(() => optimizer.applyGradients(Object.entries(step).map(([name, values]) => ({ name: names.get(name)!.name, tensor: tf.tensor(values) }))));
      return tuned.adapters.map(({ parts }) => [...parts["lambda"]!.dataSync()]);
    });
    tuned.remove();
    sgd.dispose();
    tf.dispose(kernels);
    return asFloat32({ lambdas }, expected);
  },
  sampling: ({ logits, previous, options }) => ({ probabilities: [...text.samplingProbabilities(logits, { ...options, previous })] }),
  bert: ({ safetensors, half, heads, ids, mask, segments }, expected) => tf.tidy(() => {
    const { options, weights, unused } = text.bertWeights(text.readSafetensors(Uint8Array.from(Buffer.from(safetensors, "base64"))), { heads });
    const model = text.encoder(options);
    model.load(weights);
    const states = model.states(tf.tensor2d(ids, undefined, "int32"), { mask: tf.tensor2d(mask), segments: tf.tensor2d(segments, undefined, "int32") }).arraySync();
    model.dispose();
    const halves = Object.fromEntries(Object.entries(text.readSafetensors(Uint8Array.from(Buffer.from(half, "base64")))).map(([name, { values }]) => [name, [...values]]));
    return { ...asFloat32({ states }, expected), unused: [...unused].sort(), half: halves } as never;
  }),
};
