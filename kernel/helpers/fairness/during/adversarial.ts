import * as tf from "@tensorflow/tfjs";
import { known, nonNegative, oneOf, positive as above0, sameLength, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import { checkRows, type Rows } from "../rows.js";

export interface AdversarialInput {
  /** Features, standardised. */
  rows: Rows;
  labels: Labels;
  group: Groups;
  positive?: Label;
  /** "demographicParity": the adversary sees the prediction. "equalizedOdds": also the label. Default "demographicParity". */
  constraint?: "demographicParity" | "equalizedOdds";
  /** How hard the predictor works against the adversary; 0 trains a plain model. Default 1. */
  strength?: number;
  /** Units of the hidden layer of the predictor; 0 is logistic regression. Default 0. */
  hidden?: number;
  /** Default 100. */
  epochs?: number;
  /** Default 128. */
  batchSize?: number;
  /** First step size of the predictor (Adam); it falls to a twentieth. The adversary's is five times as great, and stays. Default 0.03. */
  learningRate?: number;
  /** An integer: the same seed gives the same start and order of rows. */
  seed: number;
}

export interface AdversarialModel {
  /** Cross-entropy of each epoch. An adversary at the entropy of the groups has learned nothing. */
  readonly loss: readonly number[];
  readonly adversaryLoss: readonly number[];
  predictProba(rows: Rows): number[];
  /** 0 or 1 a row, at 0.5. */
  predict(rows: Rows): number[];
}

/**
 * Adversarial debiasing: a predictor learns the label while an adversary tries to tell the group from its prediction. The predictor's gradient loses its part along the adversary's, and goes
 * against it by `strength`. No guarantee: training may not converge; watch `adversaryLoss`, and measure the result by group.
 *
 * The model keeps its weights as plain numbers; no tensor outlives the call.
 * Source: Zhang, Lemoine, Mitchell 2018; AIF360 `AdversarialDebiasing`, fairlearn `AdversarialFairnessClassifier`.
 *
 * @throws `expected both classes in labels, got only 1`; `expected at least 2 groups, got 1`.
 * @example
 * const rows = Array.from({ length: 40 }, (_, i) => [i % 2 ? 1 : -1])
 * const model = await fairness.adversarialDebiasing({ rows, labels: rows.map(([x]) => Number(x > 0)), group: rows.map((_, i) => (i % 4 < 2 ? "a" : "b")), epochs: 60, seed: 1, learningRate: 0.05 })
 * model.predict([[1], [-1]]) // [1, 0]
 */
export async function adversarialDebiasing(input: AdversarialInput): Promise<AdversarialModel> {
  known(input, ["rows", "labels", "group", "positive", "constraint", "strength", "hidden", "epochs", "batchSize", "learningRate", "seed"]);
  const rows = checkRows("rows", input.rows);
  const { codes, names } = encodeGroups("group", input.group);
  const n = sameLength({ rows, labels: input.labels, group: codes });
  if (names.length < 2) throw new RangeError(`expected at least 2 groups, got ${names.length}`);
  const encoded = encodeLabels({ truth: input.labels }, input.positive);
  const code = needPositive(encoded, "labels");
  const y = Float32Array.from({ length: n }, (_, i) => Number(encoded.truth![i] === code));
  for (const one of [0, 1]) if (!y.includes(one)) throw new RangeError(`expected both classes in labels, got only ${1 - one}`);
  const odds = oneOf({ constraint: input.constraint ?? "demographicParity" }, ["demographicParity", "equalizedOdds"]) === "equalizedOdds";
  const strength = nonNegative({ strength: input.strength ?? 1 });
  const hidden = whole({ hidden: input.hidden ?? 0 });
  const epochs = whole({ epochs: input.epochs ?? 100 }, 1);
  const batchSize = Math.min(n, whole({ batchSize: input.batchSize ?? 128 }, 1));
  const rate = above0({ learningRate: input.learningRate ?? 0.03 });
  const generator = random(input.seed);

  const start = (...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.variable(tf.tensor(Float32Array.from({ length: size }, () => (generator.normal() * Math.sqrt(1 / shape[0]))), shape));
  };
  const zero = (...shape: number[]) => tf.variable(tf.zeros(shape));
  const { predictor, adversary } = tf.tidy(() => ({
    predictor: hidden ? [start(rows[0].length, hidden), zero(hidden), start(hidden, 1), zero(1)] : [start(rows[0].length, 1), zero(1)],
    adversary: [start(odds ? 3 : 1, names.length), zero(names.length)],
  }));
  // The adversary moves faster, and the predictor ever slower: else they chase each other and the difference swings past 0.
  const optimizers = [tf.train.adam(rate), tf.train.adam(5 * rate)];
  const logits = (x: tf.Tensor2D): tf.Tensor2D => {
    const [w1, b1, w2, b2] = predictor as tf.Tensor2D[];
    return (hidden ? x.matMul(w1).add(b1).relu().matMul(w2 as never).add(b2) : x.matMul(w1).add(b1)) as tf.Tensor2D;
  };
  const seen = (z: tf.Tensor2D, label: tf.Tensor2D): tf.Tensor2D => {
    // The adversary sees the log-odds, bounded, so that a sure predictor does not blind it.
    const shownToIt = z.sigmoid();
    return odds ? (tf.concat([shownToIt, shownToIt.mul(label), shownToIt.mul(label.neg().add(1))], 1) as tf.Tensor2D) : shownToIt;
  };
  const guess = (z: tf.Tensor2D, label: tf.Tensor2D, group: tf.Tensor2D) =>
    tf.losses.softmaxCrossEntropy(group, seen(z, label).matMul(adversary[0] as unknown as tf.Tensor2D).add(adversary[1])) as tf.Scalar;
  const [loss, adversaryLoss]: [number[], number[]] = [[], []];
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = generator.shuffle(Array.from({ length: n }, (_, i) => i));
      const sums = [0, 0];
      (optimizers[0] as unknown as { learningRate: number }).learningRate = rate * (1 - 0.95 * (epoch / epochs));
      for (let from = 0; from < n; from += batchSize) {
        const batch = order.slice(from, from + batchSize);
        const values = tf.tidy(() => {
          const x = tf.tensor2d(batch.map((i) => Array.from(rows[i])));
          const label = tf.tensor2d(batch.map((i) => y[i]), [batch.length, 1]);
          const group = tf.oneHot(tf.tensor1d(batch.map((i) => codes[i]), "int32"), names.length).toFloat() as tf.Tensor2D;
          const own = tf.variableGrads(() => tf.losses.sigmoidCrossEntropy(label, logits(x)) as tf.Scalar, predictor);
          const against = tf.variableGrads(() => guess(logits(x), label, group), predictor);
          const adversarys = tf.variableGrads(() => guess(logits(x), label, group), adversary);
          const gradients: tf.NamedTensorMap = {};
          for (const [name, g] of Object.entries(own.grads)) {
            const direction = against.grads[name].div(against.grads[name].norm().add(1e-8));
            gradients[name] = g.sub(direction.mul(g.mul(direction).sum())).sub(against.grads[name].mul(strength));
          }
          optimizers[0].applyGradients((strength === 0 ? own.grads : gradients) as never);
          optimizers[1].applyGradients(adversarys.grads as never);
          return tf.stack([own.value, adversarys.value]);
        });
        const [a, b] = await values.data();
        values.dispose();
        sums[0] += a * batch.length;
        sums[1] += b * batch.length;
      }
      if (!Number.isFinite(sums[0])) throw new RangeError(`training diverged in epoch ${epoch}: lower learningRate (${rate}) or strength (${strength})`);
      loss.push(sums[0] / n);
      adversaryLoss.push(sums[1] / n);
    }
    const weights = await Promise.all(predictor.map(async (one) => ({ shape: one.shape, values: await one.data() })));
    const predictProba = (table: Rows): number[] => checkRows("rows", table).map((row) => 1 / (1 + Math.exp(-forward(weights, row))));
    return Object.freeze({ loss, adversaryLoss, predictProba, predict: (table: Rows) => predictProba(table).map((p) => Number(p > 0.5)) });
  } finally {
    tf.dispose([...predictor, ...adversary]);
    for (const optimizer of optimizers) optimizer.dispose();
  }
}

function forward(weights: readonly { shape: number[]; values: ArrayLike<number> }[], row: ArrayLike<number>): number {
  let layer: ArrayLike<number> = row;
  for (let k = 0; k < weights.length; k += 2) {
    const [inputs, units] = weights[k].shape;
    const out = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      out[u] = weights[k + 1].values[u];
      for (let j = 0; j < inputs; j++) out[u] += layer[j] * weights[k].values[j * units + u];
      if (k + 2 < weights.length) out[u] = Math.max(0, out[u]);
    }
    layer = out;
  }
  return layer[0];
}
