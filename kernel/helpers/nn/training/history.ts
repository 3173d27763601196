import type { FitModel } from "./model.js";

const histories = new WeakMap<FitModel, Record<string, number[]>>();

/** From now on `historyOf(model)` is this, while it grows. */
export const follow = (model: FitModel, history: Record<string, number[]>): void => void histories.set(model, history);

/**
 * The history of a model's last training, also of one that was interrupted or ended with an error.
 *
 * @returns figures after each epoch, by name; undefined for a model that was never trained by `nn.fit`
 * @example nn.historyOf({ predict: (x: tf.Tensor) => x, variables: [] }) // undefined
 */
export function historyOf(model: FitModel): Readonly<Record<string, readonly number[]>> | undefined {
  const found = histories.get(model);
  return found && Object.freeze(Object.fromEntries(Object.entries(found).map(([name, values]) => [name, Object.freeze([...values])])));
}
