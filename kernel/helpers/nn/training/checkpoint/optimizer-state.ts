import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor, Variable } from "@tensorflow/tfjs";

interface Slot {
  originalName: string;
  variable: Variable;
}

const isVariable = (value: unknown): value is Variable => value instanceof tf.Variable;
const isSlot = (value: unknown): value is Slot => typeof value === "object" && value !== null && isVariable((value as Slot).variable);

/**
 * Everything that an optimiser remembers, by the place it has in it: `accumulatedFirstMoment.0`. tfjs's own `getWeights` leaves the powers of beta out and
 * computes them anew, which costs the last digit.
 */
export function optimizerState(optimizer: Optimizer): { tensors: { name: string; tensor: Tensor }[]; iterations: number } {
  const tensors = Object.entries(optimizer).flatMap(([name, value]: [string, unknown]) => {
    if (isVariable(value)) return [{ name, tensor: value as Tensor }];
    if (Array.isArray(value)) return value.flatMap((item: unknown, at) => (isSlot(item) ? [{ name: `${name}.${at}`, tensor: item.variable as Tensor }] : []));
    return [];
  });
  return { tensors, iterations: (optimizer as unknown as { iterations: number }).iterations };
}

/** @throws `expected an optimizer with accBeta1 as in the checkpoint, got SGDOptimizer` */
export function restoreOptimizer(optimizer: Optimizer, saved: readonly { name: string; tensor: Tensor }[], iterations: number): void {
  const own = optimizer as unknown as Record<string, unknown> & { iterations_: number };
  for (const { name, tensor } of saved) {
    const [property, at] = name.split(".") as [string, string | undefined];
    const value = own[property];
    const wrong = (): never => {
      throw new RangeError(`expected an optimizer with ${name} of shape [${tensor.shape}] as in the checkpoint, got ${optimizer.constructor.name}`);
    };
    if (at === undefined) {
      if (!isVariable(value) || value.shape.join() !== tensor.shape.join()) return wrong();
      value.assign(tensor as never);
    } else {
      if (!Array.isArray(value)) return wrong();
      const slot = value[Number(at)] as Slot | undefined;
      if (slot && slot.variable.shape.join() !== tensor.shape.join()) return wrong();
      if (slot) slot.variable.assign(tensor as never);
      else value[Number(at)] = { originalName: name, variable: tf.tidy(() => tf.variable(tf.clone(tensor), false)) } satisfies Slot;
    }
  }
  own.iterations_ = iterations;
}
