import * as tf from "@tensorflow/tfjs";

/** Makes a function of tensors faster: `compile` of the engine. */
export type Compiler = <F extends (...args: never[]) => unknown>(step: F) => F;

/** In a notebook the host's `compile` is a global; elsewhere it is given, or the step runs as it is. */
export function compiler(given: Compiler | false | undefined): Compiler {
  if (typeof given === "function") return given;
  const { compile } = globalThis as { compile?: Compiler & { explain?: unknown } };
  if (given === undefined && typeof compile === "function" && typeof compile.explain === "function") return compile;
  return ((step: (...args: unknown[]) => unknown) => (...args: unknown[]) => tf.tidy(() => step(...args) as tf.TensorContainer)) as unknown as Compiler;
}
