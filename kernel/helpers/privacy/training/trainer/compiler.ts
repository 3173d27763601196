import * as tf from "@tensorflow/tfjs";
import { compiled } from "../../../compiled.js";

/** Makes a function of tensors faster: `compile` of the engine. */
export type Compiler = <F extends (...args: never[]) => unknown>(step: F) => F;

/** The given one; by default the engine's where there is one; false: the step runs as it is. */
export function compiler(given: Compiler | false | undefined): Compiler {
  if (typeof given === "function") return given;
  return ((step: (...args: unknown[]) => unknown) => {
    const inTidy = (...args: unknown[]): unknown => tf.tidy(() => step(...args) as tf.TensorContainer);
    return given === false ? inTidy : compiled(inTidy, { name: "privacy.fit" });
  }) as unknown as Compiler;
}
