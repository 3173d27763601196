import type { Tensor } from "@tensorflow/tfjs";
import { unwind } from "./compile/unwind.js";
import type { TensorFlowJs } from "./contract.js";

interface EngineState {
  gradientDepth: number;
  kernelDepth: number;
  activeTape: { saved?: Tensor[] }[] | null;
  scopeStack: unknown[];
}

/**
 * After an interrupt that cut tfjs off in the middle: V8 runs no `finally` then, so that the engine still counts itself inside a kernel or a
 * gradient. Every later gradient would be wrong or missing, and every tensor recorded for ever. Call at the top level only.
 */
export function recoverEngine(tf: TensorFlowJs): void {
  unwind();
  const engine = tf.engine();
  const { state } = engine as unknown as { state: EngineState };
  for (const { saved } of state.activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
  state.activeTape = null;
  state.gradientDepth = 0;
  state.kernelDepth = 0;
  while (state.scopeStack.length > 0) engine.endScope();
}
