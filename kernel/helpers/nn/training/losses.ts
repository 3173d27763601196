import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { fraction, known, nonNegative, oneOf, shown } from "../../arguments.js";

export type Reduction = "mean" | "sum" | "none";

/** Class numbers [...rows] or shares [...rows, classes], as shares. */
function shares(truth: Tensor, logits: Tensor): Tensor {
  if (!(truth instanceof tf.Tensor) || !(logits instanceof tf.Tensor)) throw new TypeError(`expected truth and logits to be tensors, got ${shown(truth instanceof tf.Tensor ? logits : truth)}`);
  const classes = logits.shape.at(-1);
  if (logits.rank < 1 || classes === undefined) throw new RangeError("expected logits of shape [...rows, classes], got a scalar");
  const rows = logits.shape.slice(0, -1).join();
  if (truth.shape.join() === logits.shape.join()) return tf.cast(truth, "float32");
  if (truth.shape.join() !== rows) throw new RangeError(`expected truth of shape [${rows}] (class numbers) or [${logits.shape}] (shares) for logits of shape [${logits.shape}], got [${truth.shape}]`);
  return tf.cast(tf.oneHot(tf.cast(truth, "int32"), classes), "float32");
}

function reduced(rows: Tensor, reduction: Reduction = "mean"): Tensor {
  oneOf({ reduction }, ["mean", "sum", "none"]);
  return reduction === "none" ? rows : reduction === "sum" ? tf.sum(rows) : tf.mean(rows);
}

export interface SoftmaxCrossEntropyOptions {
  /** Share of each row that is spread evenly over the classes (Szegedy et al. 2016); 0 to 1, default 0. */
  labelSmoothing?: number;
  /** Over rows: "mean" (default), "sum", "none". */
  reduction?: Reduction;
}

/**
 * Cross entropy of softmax: -sum_k t_k log softmax(logits)_k, in float32 through the log of the sum of exponentials, so that logits of 1000 are no trouble. As PyTorch's
 * `cross_entropy`. A class number outside 0 .. classes - 1 counts as no class: its row costs 0.
 *
 * @param truth class numbers [...rows], or shares of classes [...rows, classes]
 * @param logits [...rows, classes], before softmax
 * @returns a scalar, or with `reduction: "none"` a value a row; in nats
 * @throws `expected truth of shape [4] (class numbers) or [4,3] (shares) for logits of shape [4,3], got [3]`
 * @example
 * nn.softmaxCrossEntropy(tf.tensor1d([0]), tf.tensor2d([[0, 0]])).dataSync()[0] // 0.6931
 */
export function softmaxCrossEntropy(truth: Tensor, logits: Tensor, options: SoftmaxCrossEntropyOptions = {}): Tensor {
  known(options, ["labelSmoothing", "reduction"]);
  const labelSmoothing = fraction({ labelSmoothing: options.labelSmoothing ?? 0 });
  return tf.tidy(() => {
    const classes = logits.shape.at(-1)!;
    const labels = shares(truth, logits);
    const smooth = labelSmoothing > 0 ? tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / classes) : labels;
    return reduced(tf.losses.softmaxCrossEntropy(smooth as never, logits as never, undefined, 0, tf.Reduction.NONE), options.reduction);
  });
}

export interface FocalLossOptions {
  /** How much less what is already right counts; 0 or more, default 2. 0 is cross entropy. */
  gamma?: number;
  /** Weight of each class; for "sigmoid" one number, the weight of 1 (0 gets 1 - alpha). Default: none. */
  alpha?: number | readonly number[];
  /** "softmax" (default): one class of many; "sigmoid": each output on its own, 0 or 1. */
  kind?: "softmax" | "sigmoid";
  reduction?: Reduction;
}

/**
 * Focal loss: -alpha (1 - p)^gamma log p of the true class (Lin et al. 2017). For "sigmoid" as torchvision's `sigmoid_focal_loss`.
 *
 * @param truth class numbers or shares for "softmax"; 0 and 1 in the shape of the logits for "sigmoid"
 * @throws `expected alpha for 3 classes, got an array of 2`
 * @example
 * nn.focalLoss(tf.tensor1d([1]), tf.tensor2d([[0, 0]]), { gamma: 2 }).dataSync()[0] // 0.1733
 */
export function focalLoss(truth: Tensor, logits: Tensor, options: FocalLossOptions = {}): Tensor {
  known(options, ["gamma", "alpha", "kind", "reduction"]);
  const gamma = nonNegative({ gamma: options.gamma ?? 2 });
  const kind = oneOf({ kind: options.kind ?? "softmax" }, ["softmax", "sigmoid"]);
  const { alpha } = options;
  return tf.tidy(() => {
    if (kind === "sigmoid") {
      if (truth.shape.join() !== logits.shape.join()) throw new RangeError(`expected truth of shape [${logits.shape}] like logits, got [${truth.shape}]`);
      if (alpha !== undefined) fraction({ alpha });
      const labels = tf.cast(truth, "float32");
      const cost = tf.losses.sigmoidCrossEntropy(labels as never, logits as never, undefined, 0, tf.Reduction.NONE);
      const p = tf.sigmoid(logits);
      const wrong = tf.add(tf.mul(p, tf.sub(1, labels)), tf.mul(tf.sub(1, p), labels));
      const scaled = tf.mul(power(wrong, gamma), cost);
      return reduced(alpha === undefined ? scaled : tf.mul(scaled, tf.add(tf.mul(labels, alpha as number), tf.mul(tf.sub(1, labels), 1 - (alpha as number)))), options.reduction);
    }
    const classes = logits.shape.at(-1)!;
    if (alpha !== undefined && (typeof alpha === "number" || alpha.length !== classes)) throw new RangeError(`expected alpha for ${classes} classes, got ${shown(alpha)}`);
    const labels = shares(truth, logits);
    const logP = tf.logSoftmax(logits);
    const each = tf.mul(tf.mul(power(tf.sub(1, tf.exp(logP)), gamma), logP), labels);
    return reduced(tf.neg(tf.sum(alpha === undefined ? each : tf.mul(each, tf.tensor1d([...(alpha as readonly number[])])), -1)), options.reduction);
  });
}

/** tfjs's power has no gradient at 0 ** gamma that is a number. */
const power = (x: Tensor, gamma: number): Tensor => (gamma === 0 ? tf.onesLike(x) : gamma === 1 ? x : gamma === 2 ? tf.square(x) : tf.pow(tf.maximum(x, 1e-12), gamma));

const flat = (rows: Tensor): Tensor => (rows.rank <= 1 ? rows : tf.mean(tf.reshape(rows, [rows.shape[0]!, -1]), 1));
const none = tf.Reduction.NONE;

/** Losses by name: a value for each row. */
export const losses = {
  softmaxCrossEntropy: (truth: Tensor, logits: Tensor) => flat(softmaxCrossEntropy(truth, logits, { reduction: "none" })),
  sigmoidCrossEntropy: (truth: Tensor, logits: Tensor) => flat(tf.losses.sigmoidCrossEntropy(tf.cast(truth, "float32") as never, logits as never, undefined, 0, none)),
  meanSquaredError: (truth: Tensor, predicted: Tensor) => flat(tf.losses.meanSquaredError(truth as never, predicted as never, undefined, none)),
  meanAbsoluteError: (truth: Tensor, predicted: Tensor) => flat(tf.losses.absoluteDifference(truth as never, predicted as never, undefined, none)),
  huber: (truth: Tensor, predicted: Tensor) => flat(tf.losses.huberLoss(truth as never, predicted as never, undefined, 1, none)),
} as const;

export type LossName = keyof typeof losses;
export type Loss = LossName | ((truth: Tensor, predicted: Tensor) => Tensor);

/** @throws `unknown loss: mse (known: softmaxCrossEntropy, ...)`; `expected loss to be a function of truth and prediction, got 3` */
export function lossOf(loss: Loss): (truth: Tensor, predicted: Tensor) => Tensor {
  if (typeof loss === "function") return loss;
  if (typeof loss !== "string") throw new TypeError(`expected loss to be a function of truth and prediction, got ${shown(loss)}`);
  return losses[oneOf({ loss }, Object.keys(losses) as LossName[])];
}

/**
 * Share of rows whose largest output is the true class; with one output a row, of rows on the right side of 0 (a logit). A metric for `nn.fit`.
 *
 * @example nn.batchAccuracy(tf.tensor1d([1, 0]), tf.tensor2d([[0.1, 2], [0.3, 1]])).dataSync()[0] // 0.5
 */
export function batchAccuracy(truth: Tensor, logits: Tensor): Tensor {
  return tf.tidy(() => {
    const classes = logits.shape.at(-1)!;
    if (classes === 1 || logits.rank === 1) return tf.mean(tf.cast(tf.equal(tf.greater(tf.reshape(logits, [-1]), 0), tf.greater(tf.reshape(truth, [-1]), 0.5)), "float32"));
    const labels = truth.shape.join() === logits.shape.join() ? tf.argMax(truth, -1) : tf.cast(truth, "int32");
    return tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), labels), "float32"));
  });
}
