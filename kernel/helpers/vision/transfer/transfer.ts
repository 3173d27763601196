import * as tf from "@tensorflow/tfjs";
import { fraction, known, positive, shown, whole } from "../../arguments.js";
import { fit } from "../../nn/fit.js";
import type { FitOptions } from "../../nn/training/options.js";
import type { FitResult } from "../../nn/training/result.js";
import { augment, type AugmentOptions } from "../augment/augment.js";
import { trunkOf, type Backbone } from "./backbone.js";
import { readLabels } from "./labels.js";

export interface TransferOptions {
  /** Names of the new classes, or how many. */
  classes: readonly string[] | number;
  /** Features are what this layer gives. Default: everything before the last dense layer. */
  layer?: string;
  /** Of the features, in training; default 0.2. */
  dropout?: number;
  /** Pictures at a time through the backbone; default 32. */
  batchSize?: number;
  /** Of the head's first weights; default 1. */
  seed?: number;
}

export interface TransferData {
  /** [pictures, height, width, channels], as the backbone wants them. */
  images: tf.Tensor;
  /** Names or indices of the classes, or one-hot rows. */
  labels: readonly (string | number)[] | tf.Tensor;
}

export interface TransferFitOptions extends Partial<Omit<FitOptions, "loss" | "metrics">> {
  /** Further training pictures made by `augment`, each picture once a copy. */
  augment?: AugmentOptions;
  /** Default 2. */
  copies?: number;
}

export interface FineTuneOptions extends Partial<Omit<FitOptions, "loss" | "metrics" | "optimizer">> {
  /** How many layers with weights are trained with the head, from the end; default 2. */
  layers?: number;
  /** Small: large steps would destroy what the backbone knows. Default 0.0001. */
  learningRate?: number;
}

export interface Classified {
  readonly label: string;
  readonly probability: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

export interface Transfer {
  readonly classes: readonly string[];
  /** Trains the head: features are computed once, then kept, so that an epoch takes moments. Shows itself; the result is that of `nn.fit`, with `accuracy`. */
  fit(data: TransferData, options?: TransferFitOptions): Promise<FitResult>;
  /** Then, if wanted: trains the last layers of the backbone too, slowly. Normalisation keeps its statistics. The backbone's own variables change. */
  fineTune(data: TransferData, options?: FineTuneOptions): Promise<FitResult>;
  /** The class of each picture. */
  classify(images: tf.Tensor): readonly Classified[];
  /** Part of the pictures that are classified as labelled. */
  accuracy(data: TransferData): number;
  /** Probabilities [pictures, classes]; a model for `explain`, `compress` and `nn` with `variables` (of the head). */
  predict(x: tf.Tensor, training?: boolean): tf.Tensor;
  readonly variables: tf.Variable[];
  /** Backbone and head as one model that gives logits, for `explain.gradCam`, `compress.quantiseModel`, saving. Undefined where the backbone is not a LayersModel. */
  readonly model?: tf.LayersModel;
  /** Frees the head; the backbone stays. */
  dispose(): void;
}

/**
 * A classifier of your own pictures on a network that others have trained: the backbone stays as it is, only a small head is new.
 *
 * @param backbone a LayersModel (its last dense layer is left out), or `{ predict, variables }` that gives features [pictures, n] or maps [pictures, height, width, n]
 * @throws `expected at least 2 classes, got 1`; `unknown layer: ...`; `expected images of shape [pictures, 28, 28, 1], got [28, 28]`; `expected labels of 10 pictures, got 9`; `unknown label: papr (known: paper, glass)`
 * @see Yosinski et al. (2014), "How transferable are features in deep neural networks?"
 * @example
 * const backbone = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 3 }), tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 5 })] });
 * const waste = vision.transfer(backbone, { classes: ["dark", "bright"] });
 * const images = tf.concat([tf.zeros([4, 4, 4, 1]), tf.ones([4, 4, 4, 1])]);
 * await waste.fit({ images, labels: ["dark", "dark", "dark", "dark", "bright", "bright", "bright", "bright"] }, { epochs: 1, progress: false });
 * waste.model.outputs[0].shape // [null, 2]
 */
export function transfer(backbone: Backbone, options: TransferOptions): Transfer {
  known(options, ["classes", "layer", "dropout", "batchSize", "seed"]);
  const classes = typeof options.classes === "number" ? Array.from({ length: whole({ classes: options.classes }) }, (_, at) => String(at)) : options.classes.map(String);
  if (classes.length < 2) throw new RangeError(`expected at least 2 classes, got ${classes.length}`);
  const twice = classes.find((name, at) => classes.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`expected classes with different names, got ${shown(twice)} twice`);
  const dropout = fraction({ dropout: options.dropout ?? 0.2 });
  const batchSize = whole({ batchSize: options.batchSize ?? 32 }, 1);
  const trunk = trunkOf(backbone, options.layer);
  const seed = whole({ seed: options.seed ?? 1 });
  let head: tf.LayersModel | undefined;
  let model: tf.LayersModel | undefined;

  function build(shape: readonly (number | null)[]): tf.LayersModel {
    if (head) return head;
    if (shape.length !== 1 && shape.length !== 3) throw new RangeError(`expected features of shape [n] or [height, width, n], got [${shape.join(", ")}]: name another layer`);
    const input = tf.input({ shape: [...shape] as number[] });
    const layers = [
      ...(shape.length === 3 ? [tf.layers.globalAveragePooling2d({})] : []),
      ...(dropout > 0 ? [tf.layers.dropout({ rate: dropout })] : []),
      tf.layers.dense({ units: classes.length, kernelInitializer: tf.initializers.glorotNormal({ seed }) }),
    ];
    const on = (start: tf.SymbolicTensor) => layers.reduce((state, layer) => layer.apply(state) as tf.SymbolicTensor, start);
    head = tf.model({ inputs: input, outputs: on(input) });
    if (trunk.output) model = tf.model({ inputs: trunk.inputs!, outputs: on(trunk.output) });
    return head;
  }
  if (trunk.output) build(trunk.output.shape.slice(1));

  const check = (images: tf.Tensor) => {
    const wanted = trunk.inputShape;
    if (!Array.isArray(images?.shape)) throw new TypeError(`expected images as a tensor, got ${shown(images)}`);
    if (images.rank < 2 || images.shape[0]! < 1) throw new RangeError(`expected at least one picture, got shape [${images.shape.join(", ")}]`);
    if (wanted && (images.rank !== wanted.length + 1 || wanted.some((size, at) => size !== null && size !== images.shape[at + 1]))) throw new RangeError(`expected images of shape [pictures, ${wanted.map((size) => size ?? "any").join(", ")}], got [${images.shape.join(", ")}]`);
  };
  /** Of all pictures, batch by batch. */
  const features = (images: tf.Tensor): tf.Tensor => tf.tidy(() => {
    check(images);
    const parts: tf.Tensor[] = [];
    for (let from = 0; from < images.shape[0]!; from += batchSize) parts.push(tf.tidy(() => trunk.features(tf.cast(tf.slice(images, from, Math.min(batchSize, images.shape[0]! - from)), "float32"))));
    return tf.concat(parts, 0);
  });
  const loss = (truth: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(truth, logits);
  const metrics = { accuracy: (truth: tf.Tensor, logits: tf.Tensor) => tf.cast(tf.equal(tf.argMax(truth, -1), tf.argMax(logits, -1)), "float32") };
  const headVariables = () => (head?.trainableWeights ?? []).map((weight) => weight.read() as tf.Variable);
  const logits = (x: tf.Tensor) => {
    const found = features(x);
    return build(found.shape.slice(1)).apply(found, { training: false }) as tf.Tensor;
  };

  async function fitHead({ images, labels }: TransferData, given: TransferFitOptions = {}): Promise<FitResult> {
    const { augment: changes, copies = 2, ...rest } = given;
    check(images);
    whole({ copies }, 1);
    const count = images.shape[0]!;
    // Held-out pictures stand at the end and are judged as they are.
    const held = changes ? Math.round(count * fraction({ validation: rest.validation ?? 0 })) : 0;
    const data = tf.tidy(() => {
      const y = readLabels(labels, classes, count);
      if (!changes) return { x: features(images), y };
      const trained = tf.slice(images, 0, count - held);
      const own = tf.slice(y, 0, count - held);
      const more = Array.from({ length: copies }, (_, copy) => tf.tidy(() => features(augment(trained, { ...changes, seed: (changes.seed ?? 1) + copy }))));
      const ends = held > 0 ? [tf.slice(images, count - held, held)] : [];
      return { x: tf.concat([features(trained), ...more, ...ends.map(features)], 0), y: tf.concat([own, ...more.map(() => own), ...(held > 0 ? [tf.slice(y, count - held, held)] : [])], 0) };
    }) as { x: tf.Tensor; y: tf.Tensor };
    const optimizer = rest.optimizer ?? tf.train.adam(0.01);
    try {
      const built = build(data.x.shape.slice(1));
      const validation = changes ? held / data.x.shape[0]! : (rest.validation ?? 0);
      return await fit(built, data, { epochs: 20, ...rest, validation, optimizer, loss, metrics });
    } finally {
      tf.dispose([data.x, data.y]);
      if (!rest.optimizer) optimizer.dispose();
    }
  }

  async function fineTune({ images, labels }: TransferData, given: FineTuneOptions = {}): Promise<FitResult> {
    const { layers = 2, learningRate = 1e-4, ...rest } = given;
    whole({ layers }, 1);
    positive({ learningRate });
    check(images);
    if (!model) throw new TypeError("expected a LayersModel as backbone for fineTune: of another one train its variables with nn.fit");
    const chosen = trunk.layers.slice(-layers).flatMap(({ variables }) => variables).filter((variable) => variable.trainable);
    const y = tf.tidy(() => readLabels(labels, classes, images.shape[0]!));
    const optimizer = tf.train.adam(learningRate);
    const entire = model;
    try {
      return await fit({ predict: (x: tf.Tensor) => entire.apply(x, { training: false }) as tf.Tensor, variables: [...headVariables(), ...chosen] }, { x: images, y }, { epochs: 5, ...rest, optimizer, loss, metrics });
    } finally {
      y.dispose();
      optimizer.dispose();
    }
  }

  return Object.freeze({
    classes: Object.freeze([...classes]),
    fit: fitHead,
    fineTune,
    classify(images: tf.Tensor): readonly Classified[] {
      const rows = tf.tidy(() => tf.softmax(logits(images)).arraySync() as number[][]);
      return Object.freeze(rows.map((row) => {
        const at = row.indexOf(Math.max(...row));
        return Object.freeze({ label: classes[at]!, probability: row[at]!, probabilities: Object.freeze(Object.fromEntries(classes.map((name, k) => [name, row[k]!]))) });
      }));
    },
    accuracy({ images, labels }: TransferData): number {
      return tf.tidy(() => tf.mean(metrics.accuracy(readLabels(labels, classes, images.shape[0]!), logits(images))).dataSync()[0]!);
    },
    predict: (x: tf.Tensor) => tf.tidy(() => tf.softmax(logits(x))),
    get variables() {
      return headVariables();
    },
    get model() {
      return model!;
    },
    dispose: () => tf.dispose(headVariables()),
  });
}
