import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Scalar, Tensor } from "@tensorflow/tfjs";
import { compiled, type CompiledStep } from "../../compiled.js";
import { allFinite, clipGradients, type Clip } from "./gradients.js";
import type { Parts } from "./model.js";
import type { Precision } from "./precision/formats.js";
import { roundTo } from "./precision/round.js";
import type { LossScale } from "./precision/scale.js";
import { inPrecision, withRounded } from "./precision/scope.js";

export type Figure = (truth: Tensor, predicted: Tensor) => Tensor;

export interface StepPlan {
  model: Parts;
  optimizer: Optimizer;
  loss: Figure;
  metrics: readonly Figure[];
  clip: Clip;
  weightDecay: number;
  /** Batches to one update. */
  accumulate: number;
  precision?: Precision;
  scale?: LossScale;
  compile: boolean | "xla" | "auto";
}

export interface Steps {
  /** Train on a batch: loss and metrics; the update comes with the last batch of its group. */
  train(x: Tensor, y: Tensor, weights?: Tensor): number[];
  /** Only look. */
  judge(x: Tensor, y: Tensor, weights?: Tensor): number[];
  /** The update of a group that is not full. */
  flush(): void;
  /** Batches since the last update. */
  readonly waiting: number;
  /** Of the last batch. */
  readonly updated: boolean;
  readonly overflowed: boolean;
  dispose(): void;
}

/** Mean over rows of the loss, each row times its weight where there are weights. */
export function weighted(loss: Tensor, weights: Tensor | undefined, rows: number): Scalar {
  if (!weights) return tf.mean(loss) as Scalar;
  if (loss.rank === 0 || loss.shape[0] !== rows) throw new TypeError(`expected loss to give a value for each of ${rows} rows where rows have weights, got shape [${loss.shape}]: give a loss by name, or one without reduction`);
  const each = loss.rank === 1 ? loss : tf.mean(tf.reshape(loss, [rows, -1]), 1);
  return tf.mean(tf.mul(each, weights)) as Scalar;
}

export function createSteps(plan: StepPlan): Steps {
  const { model, optimizer, precision, scale } = plan;
  const { variables } = model;
  const predict = (x: Tensor, training: boolean): Tensor => (precision ? inPrecision(precision, () => model.predict(roundTo(x, precision), training)) : model.predict(x, training));
  const figuresOf = (y: Tensor, predicted: Tensor): Tensor[] => plan.metrics.map((metric) => tf.mean(metric(y, predicted)));
  const rounded = <T>(work: () => T): T => (precision ? withRounded(precision, variables, work) : work());

  let taking = variables;

  /** Loss, metrics and gradients of a batch. */
  function gradientsOf(x: Tensor, y: Tensor, weights: Tensor | undefined, factor: Tensor | undefined): { figures: Tensor[]; gradients: Tensor[] } {
    let figures: Tensor[] = [];
    let cost: Tensor | undefined;
    const { value, grads } = rounded(() => tf.variableGrads(() => {
      const predicted = predict(x, true);
      const mean = weighted(plan.loss(y, predicted), weights, x.shape[0]!);
      // Kept past the gradient's scope.
      figures = figuresOf(y, predicted).map((figure) => tf.keep(figure));
      if (!factor) return mean;
      cost = tf.keep(tf.clone(mean));
      return tf.mul(mean, factor) as Scalar;
    }, variables));
    // A variable that the loss does not depend on has no gradient, and stays.
    taking = variables.filter(({ name }) => grads[name]);
    let gradients = taking.map(({ name }) => grads[name]!);
    if (precision) gradients = gradients.map((gradient) => roundTo(gradient, precision));
    if (factor) gradients = gradients.map((gradient) => tf.div(gradient, factor));
    return { figures: [cost ?? value, ...figures], gradients };
  }

  function update(gradients: readonly Tensor[]): void {
    const decayed = clipGradients(gradients, plan.clip).map((gradient, at) => (plan.weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(taking[at]!, plan.weightDecay))));
    optimizer.applyGradients(taking.map(({ name }, at) => ({ name, tensor: decayed[at]! })));
  }

  const wrap = <F extends (...args: never[]) => unknown>(work: F, name: string): CompiledStep<F> =>
    plan.compile === false ? work : compiled(work, { name, xla: plan.compile === "xla" ? true : plan.compile === "auto" ? "auto" : false });
  const whole = wrap((x: Tensor, y: Tensor, weights: Tensor | null): Tensor[] => {
    const { figures, gradients } = gradientsOf(x, y, weights ?? undefined, undefined);
    update(gradients);
    return figures;
  }, "nn.fit");
  const partial = wrap((x: Tensor, y: Tensor, weights: Tensor | null, factor: Tensor | null): { figures: Tensor[]; gradients: Tensor[]; finite: Tensor } => {
    const { figures, gradients } = gradientsOf(x, y, weights ?? undefined, factor ?? undefined);
    return { figures, gradients, finite: allFinite(gradients) };
  }, "nn.fit, gradients");
  const add = wrap((sums: Tensor[] | null, gradients: Tensor[], rows: Tensor): Tensor[] => gradients.map((gradient, at) => (sums ? tf.add(sums[at]!, tf.mul(gradient, rows)) : tf.mul(gradient, rows))), "nn.fit, accumulation");
  const apply = wrap((sums: Tensor[], rows: Tensor): void => update(sums.map((sum) => tf.div(sum, rows))), "nn.fit, update");
  const look = wrap((x: Tensor, y: Tensor, weights: Tensor | null): Tensor[] => {
    const predicted = rounded(() => predict(x, false));
    return [weighted(plan.loss(y, predicted), weights ?? undefined, x.shape[0]!), ...figuresOf(y, predicted)];
  }, "nn.fit, validation");

  const split = plan.accumulate > 1 || scale !== undefined;
  let group: { sums: Tensor[] | null; rows: number; batches: number; finite: boolean } = { sums: null, rows: 0, batches: 0, finite: true };
  let [updated, overflowed] = [true, false];

  const read = (tensors: readonly Tensor[]): number[] => {
    const values = tensors.map((tensor) => tensor.dataSync()[0]!);
    tf.dispose(tensors as never);
    return values;
  };

  function accumulate(x: Tensor, y: Tensor, weights: Tensor | undefined): number[] {
    return tf.tidy(() => {
      const factor = scale ? tf.scalar(scale.value) : null;
      const { figures, gradients, finite } = partial(x, y, weights ?? null, factor);
      const sums = add(group.sums, gradients, tf.scalar(x.shape[0]!)).map((sum) => tf.keep(sum));
      tf.dispose([...(group.sums ?? []), ...gradients] as never);
      group = { sums, rows: group.rows + x.shape[0]!, batches: group.batches + 1, finite: group.finite && finite.dataSync()[0] === 1 };
      return read(figures) as never;
    }) as unknown as number[];
  }

  function flush(): void {
    const { sums, rows, finite, batches } = group;
    group = { sums: null, rows: 0, batches: 0, finite: true };
    if (batches === 0) return;
    overflowed = scale !== undefined && !finite;
    // Without a scale a gradient that is not finite is for the loss to tell.
    if (!overflowed) tf.tidy(() => apply(sums!, tf.scalar(rows)) as void);
    scale?.update(overflowed);
    tf.dispose(sums as never);
    updated = true;
  }

  return {
    train(x, y, weights) {
      if (!split) return tf.tidy(() => read(whole(x, y, weights ?? null)) as never) as unknown as number[];
      updated = false;
      const figures = accumulate(x, y, weights);
      if (group.batches === plan.accumulate) flush();
      return figures;
    },
    judge: (x, y, weights) => tf.tidy(() => read(look(x, y, weights ?? null)) as never) as unknown as number[],
    flush,
    get waiting() {
      return group.batches;
    },
    get updated() {
      return updated;
    },
    get overflowed() {
      return overflowed;
    },
    dispose() {
      tf.dispose((group.sums ?? []) as never);
      for (const one of [whole, partial, add, apply, look]) (one as { dispose?(): void }).dispose?.();
    },
  };
}

/** A rate that a compiled step looks up at every call. */
export function setRate(optimizer: Optimizer, rate: number): void {
  const own = optimizer as unknown as { learningRate?: unknown; setLearningRate?(rate: number): void };
  if (own.learningRate === rate) return;
  if (typeof own.setLearningRate === "function") own.setLearningRate(rate);
  else if (typeof own.learningRate === "number") own.learningRate = rate;
  else throw new TypeError("expected an optimizer with a learningRate to follow a schedule");
}

export const rateOf = (optimizer: Optimizer): number | undefined => {
  const { learningRate } = optimizer as unknown as { learningRate?: unknown };
  return typeof learningRate === "number" ? learningRate : undefined;
};

