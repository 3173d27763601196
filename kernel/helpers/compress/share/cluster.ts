import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, whole } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import type { FitModel } from "../../nn/training/model.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { kernelsOf, variablesOf } from "../model/weights.js";
import { withReads } from "../model/reads.js";
import { codebook, type Codebook } from "./codebook.js";

export interface ClusterOptions {
  /** Values a layer may use: 16 are 4 bits a weight. */
  clusters: number;
  /** Weights that are 0 stay 0; default true. */
  keepZero?: boolean;
  /** Only these layers or weights, by name. */
  layers?: readonly string[];
}

export interface ClusteredLayer {
  readonly name: string;
  readonly weights: number;
  readonly values: number;
  /** Bits to store a weight's index. */
  readonly bits: number;
  /** Index bits packed, and four bytes a shared value. */
  readonly bytes: number;
  /** Bytes of the same weights as 32-bit numbers. */
  readonly before: number;
}

export interface Clustering {
  readonly layers: readonly ClusteredLayer[];
  /** By name. */
  readonly codebooks: Readonly<Record<string, Codebook>>;
  /** The model whose shared values can be trained (their gradient is the sum over the weights that use them): give it to `nn.fit`. Only of a LayersModel; of other models write `tf.gather(values, indices)`. */
  readonly model?: { predict(x: tf.Tensor, training: boolean): tf.Tensor; variables: tf.Variable[] };
  /** Writes the shared values, as trained, into the weights. */
  apply(): void;
  dispose(): void;
}

/**
 * Weight sharing: each weight is replaced, in place, by the nearest of a few values of its layer, so that the layer is a short list of values and an index of a few bits a weight.
 *
 * @throws `expected clusters to be a whole number >= 2, got 1`; `unknown layer: ...`
 * @see Han et al. (2016), "Deep compression: compressing deep neural networks with pruning, trained quantization and Huffman coding"
 * @example
 * const w = tf.variable(tf.tensor2d([[0.1, 0.3], [5, 5.2]]));
 * const shared = compress.cluster({ predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] }, { clusters: 2 });
 * w.dataSync() // [0.2, 0.2, 5.1, 5.1]
 * shared.layers[0].bits // 1
 */
export function cluster(model: FitModel, options: ClusterOptions): Clustering {
  known(options, ["clusters", "keepZero", "layers"]);
  const { clusters, keepZero = true, layers } = options;
  whole({ clusters }, 2);
  const kernels = kernelsOf(model, layers);
  const books = kernels.map(({ variable }) => codebook(variable.dataSync<"float32">(), { clusters, keepZero }));
  const values = books.map(({ centroids }) => tf.tidy(() => tf.variable(tf.tensor1d(centroids))));
  const indices = books.map((book) => tf.tensor1d(Int32Array.from(book.indices), "int32"));
  // A value that is exactly 0 stands for pruned weights and is not trained.
  const free = books.map(({ centroids }) => tf.tensor1d(Float32Array.from(centroids, (value) => (keepZero && value === 0 ? 0 : 1))));
  const expand = (at: number) => tf.reshape(tf.gather(tf.mul(values[at]!, free[at]!), indices[at]! as tf.Tensor1D), kernels[at]!.variable.shape);
  const apply = () => tf.tidy(() => kernels.forEach(({ variable }, at) => variable.assign(expand(at))));
  apply();
  const rest = variablesOf(model).filter(({ variable }) => variable.trainable && !kernels.some((one) => one.variable === variable)).map(({ variable }) => variable);
  const rows = kernels.map(({ name, variable }, at): ClusteredLayer => {
    const count = books[at]!.centroids.length;
    const bits = Math.max(1, Math.ceil(Math.log2(count)));
    return Object.freeze({ name, weights: variable.size, values: count, bits, bytes: Math.ceil((variable.size * bits) / 8) + 4 * count, before: 4 * variable.size });
  });
  const result: Clustering = {
    layers: Object.freeze(rows),
    codebooks: Object.freeze(Object.fromEntries(kernels.map(({ name }, at) => [name, books[at]!]))),
    ...(isLayersModel(model) && {
      model: {
        predict: (x: tf.Tensor, training: boolean) => withReads(kernels.map(({ weight }, at) => [weight!, () => expand(at)]), () => model.apply(x, { training }) as tf.Tensor),
        variables: [...values, ...rest],
      },
    }),
    apply,
    dispose: () => tf.dispose([...values, ...indices, ...free]),
  };
  const sum = (name: "bytes" | "before") => rows.reduce((total, row) => total + row[name], 0);
  return showAs(result, () => rows, () => say(`${sum("before").toLocaleString("en-US")} bytes of weights became ${sum("bytes").toLocaleString("en-US")}`, `权重从 ${sum("before").toLocaleString("en-US")} 字节变为 ${sum("bytes").toLocaleString("en-US")} 字节`));
}
