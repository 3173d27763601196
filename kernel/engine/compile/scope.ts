import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** Run as in `tf.tidy`; of an asynchronous function nothing is disposed, since it still runs. */
export function scoped<T>(tf: TensorFlowJs, work: () => T): T {
  const engine = tf.engine();
  engine.startScope();
  let result: T;
  try {
    result = work();
  } catch (error) {
    engine.endScope();
    throw error;
  }
  endScope(tf, result);
  return result;
}

/** End the scope; what the result holds outlives it. */
export function endScope(tf: TensorFlowJs, result: unknown): void {
  const engine = tf.engine();
  const { track } = (engine as unknown as { state: { activeScope: { track: Tensor[] } } }).state.activeScope;
  engine.endScope((result instanceof Promise ? [...track] : result) as Tensor);
}
