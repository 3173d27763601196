import * as tf from "@tensorflow/tfjs";
import type { Adapter } from "./adapter.js";
import type { BudgetTable } from "./schedule.js";

/** Running means of how much each value of an adapter matters, and of how unsure that is. */
interface Watched {
  adapter: Adapter;
  importance: Record<string, tf.Variable>;
  uncertainty: Record<string, tf.Variable>;
  /** 1 for each rank that stays. */
  mask: tf.Variable;
}

export interface Allocator {
  /** After an optimiser's step: with its gradients by variable name. */
  update(gradients: ReadonlyMap<string, tf.Tensor>): void;
  readonly step: tf.Variable;
  dispose(): void;
}

const zeros = (shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(shape), false));

/**
 * Decides which ranks stay. All in tensor operations and variables, so that a compiled training step contains it.
 *
 * The importance of a value is |value · gradient|, smoothed (beta1), times its smoothed uncertainty (beta2); that of a rank is that of its
 * lambda, plus the means over its column of p and its row of q.
 */
export function allocator(adapters: readonly Adapter[], { budgets, actions }: BudgetTable, { beta1, beta2 }: { beta1: number; beta2: number }): Allocator {
  const each = adapters.map((adapter): Watched => {
    const state = (): Record<string, tf.Variable> => Object.fromEntries(Object.entries(adapter.parts).map(([part, { shape }]) => [part, zeros(shape)]));
    return { adapter, importance: state(), uncertainty: state(), mask: tf.tidy(() => tf.variable(tf.onesLike(adapter.parts["lambda"]!), false)) };
  });
  const step = tf.tidy(() => tf.variable(tf.scalar(0, "int32"), false));
  const last = budgets.length - 1;
  const sizes = each.map(({ mask }) => mask.size);
  const total = sizes.reduce((a, b) => a + b, 0);

  function update(gradients: ReadonlyMap<string, tf.Tensor>): void {
    tf.tidy(() => {
      const now = tf.minimum(tf.add(step, tf.scalar(1, "int32")), tf.scalar(last, "int32"));
      step.assign(now as tf.Scalar);
      const read = (table: Int32Array): tf.Tensor => tf.gather(tf.tensor1d(table, "int32"), now.reshape([1]) as tf.Tensor1D);
      const action = read(actions);
      // From the moment of the last choice nothing is learnt about importance.
      const learning = tf.cast(read(actions.map((_, at) => Number(at < firstLast(actions)))), "float32");
      const mix = (state: tf.Variable, beta: number, value: tf.Tensor): tf.Tensor => {
        const mixed = tf.add(tf.mul(state, beta), tf.mul(value, 1 - beta));
        const next = tf.add(state, tf.mul(tf.sub(mixed, state), learning));
        state.assign(next);
        return next;
      };
      const scores = each.map(({ adapter, importance, uncertainty }) => {
        const score = (part: string): tf.Tensor => {
          const value = adapter.parts[part]!;
          const gradient = gradients.get(value.name);
          if (!gradient) throw new Error(`expected a gradient of ${adapter.name}.${part}, got none: train tuned.variables`);
          const matter = tf.abs(tf.mul(value, gradient));
          const smooth = mix(importance[part]!, beta1, matter);
          const unsure = mix(uncertainty[part]!, beta2, tf.abs(tf.sub(matter, smooth)));
          return tf.mul(smooth, unsure);
        };
        return tf.add(tf.add(score("lambda"), tf.mean(score("p"), 0)), tf.mean(score("q"), 1)) as tf.Tensor1D;
      });
      // The first that must go: after as many as the budget has.
      const sorted = tf.concat([tf.topk(tf.concat1d(scores), total).values as tf.Tensor1D, tf.tensor1d([-1])]);
      const border = tf.gather(sorted, read(budgets).as1D().toInt());
      const choosing = tf.cast(tf.equal(action, 1), "float32");
      const cutting = tf.cast(tf.greater(action, 0), "float32");
      each.forEach(({ adapter, mask }, at) => {
        const kept = tf.cast(tf.greater(scores[at]!, border), "float32");
        const next = tf.add(mask, tf.mul(tf.sub(kept, mask), choosing));
        mask.assign(next);
        const lambda = adapter.parts["lambda"]!;
        lambda.assign(tf.mul(lambda, tf.add(1, tf.mul(tf.sub(next, 1), cutting))));
      });
    });
  }
  return {
    update, step,
    dispose: () => tf.dispose([step, ...each.flatMap(({ importance, uncertainty, mask }) => [mask, ...Object.values(importance), ...Object.values(uncertainty)])]),
  };
}

/** The step of the last choice: the last with action 1, after which the choice stays. */
const firstLast = (actions: Int32Array): number => actions.lastIndexOf(1);

/** An optimiser that, after each step of the one inside, lets the budget be shared out anew. */
export class BudgetOptimizer extends tf.Optimizer {
  static get className(): string {
    return "BudgetOptimizer";
  }

  constructor(
    readonly inner: tf.Optimizer,
    readonly after: Allocator,
  ) {
    super();
  }

  override applyGradients(gradients: Parameters<tf.Optimizer["applyGradients"]>[0]): void {
    this.inner.applyGradients(gradients);
    const list = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    this.after.update(new Map(list.map(({ name, tensor }) => [name, tensor as tf.Tensor])));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return this.inner.getConfig();
  }

  /** The inner optimiser is the caller's and stays. */
  override dispose(): void {}
}
