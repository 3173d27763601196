import * as tf from "@tensorflow/tfjs";
import type { NamedTensorMap, Optimizer, Tensor, Variable } from "@tensorflow/tfjs";
import { inside, known, nonNegative, positive } from "../../arguments.js";

export interface AdamWOptions {
  /** Default 0.9 and 0.999. */
  beta1?: number;
  beta2?: number;
  /** Beside the root of the corrected second moment; default 1e-8, as PyTorch's. */
  epsilon?: number;
  /** Each update also takes learningRate x weightDecay of each weight away; default 0.01. */
  weightDecay?: number;
}

interface Slot {
  originalName: string;
  variable: Variable;
}

/** Its state is in tfjs variables, the learning rate too: a compiled step reads them at every call. */
class AdamW extends tf.Optimizer {
  static readonly className = "AdamW";
  readonly accBeta1 = tf.tidy(() => tf.variable(tf.scalar(1), false));
  readonly accBeta2 = tf.tidy(() => tf.variable(tf.scalar(1), false));
  private readonly rate = tf.tidy(() => tf.variable(tf.scalar(0), false));
  private accumulatedFirstMoment: Slot[] = [];
  private accumulatedSecondMoment: Slot[] = [];
  private current = 0;

  constructor(learningRate: number, private readonly options: Required<AdamWOptions>) {
    super();
    this.learningRate = learningRate;
  }

  get learningRate(): number {
    return this.current;
  }

  set learningRate(rate: number) {
    this.current = nonNegative({ learningRate: rate });
    tf.tidy(() => this.rate.assign(tf.scalar(rate)));
  }

  override applyGradients(gradients: NamedTensorMap | { name: string; tensor: Tensor }[]): void {
    const { beta1, beta2, epsilon, weightDecay } = this.options;
    const list = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    tf.tidy(() => {
      this.accBeta1.assign(tf.mul(this.accBeta1, beta1));
      this.accBeta2.assign(tf.mul(this.accBeta2, beta2));
      const size = tf.div(this.rate, tf.sub(1, this.accBeta1));
      const root = tf.sqrt(tf.sub(1, this.accBeta2));
      const kept = tf.sub(1, tf.mul(this.rate, weightDecay));
      list.forEach(({ name, tensor: gradient }, at) => {
        const variable = tf.engine().registeredVariables[name] as Variable;
        const first = (this.accumulatedFirstMoment[at] ??= slot(variable, `${name}/m`)).variable;
        const second = (this.accumulatedSecondMoment[at] ??= slot(variable, `${name}/v`)).variable;
        if (gradient === undefined || gradient === null) return;
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const change = tf.div(first, tf.add(tf.div(tf.sqrt(second), root), epsilon));
        variable.assign(tf.sub(tf.mul(variable, kept), tf.mul(change, size)) as never);
      });
    });
    this.incrementIterations();
  }

  override dispose(): void {
    tf.dispose([this.accBeta1, this.accBeta2, this.rate, ...[...this.accumulatedFirstMoment, ...this.accumulatedSecondMoment].map(({ variable }) => variable)] as never);
  }

  override getConfig(): never {
    return { learningRate: this.current, ...this.options } as never;
  }
}

const slot = (variable: Variable, originalName: string): Slot => ({ originalName, variable: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)) });

/**
 * AdamW: Adam whose weight decay acts on the weights themselves and not through the gradients (Loshchilov & Hutter 2019), as PyTorch's `AdamW`. Epsilon stands beside the
 * root of the bias-corrected second moment: weight -= rate (m^ / (sqrt(v^) + epsilon) + weightDecay weight); `tf.train.adam` has the same rule with epsilon 1e-7.
 *
 * @param learningRate above 0, default 0.001. `optimizer.learningRate = 0.01` changes it, in a compiled step too.
 * @throws `expected weightDecay >= 0, got -1`
 * @example
 * const w = tf.variable(tf.tensor1d([1]));
 * nn.adamw(0.1, { weightDecay: 0.5 }).applyGradients({ [w.name]: tf.tensor1d([2]) });
 * w.dataSync()[0] // 0.85
 */
export function adamw(learningRate = 0.001, options: AdamWOptions = {}): Optimizer & { learningRate: number } {
  known(options, ["beta1", "beta2", "epsilon", "weightDecay"]);
  positive({ learningRate });
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options;
  return new AdamW(learningRate, { beta1: inside({ beta1 }), beta2: inside({ beta2 }), epsilon: positive({ epsilon }), weightDecay: nonNegative({ weightDecay }) });
}
