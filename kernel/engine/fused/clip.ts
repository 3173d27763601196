import type { KernelConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { addTensorFlowKernel, execute, hasKernel, run, typeAttribute } from "./node-backend.js";
import type { Gradient } from "../gradients/extend.js";

/** Clipping itself in one operation for two. */
export function fuseClip(tf: TensorFlowJs): void {
  const before = tf.getKernel("ClipByValue", "tensorflow") as KernelConfig;
  tf.unregisterKernel("ClipByValue", "tensorflow");
  addTensorFlowKernel(tf, "ClipByValue", (inputs, backend, attrs) => {
    const { x } = inputs as { x: Tensor };
    if (x.dtype !== "float32") return before.kernelFunc({ inputs, attrs: attrs as never, backend });
    const { clipValueMin, clipValueMax } = attrs as { clipValueMin: number; clipValueMax: number };
    return execute(backend, "ClipByValue", x, tf.scalar(clipValueMin), tf.scalar(clipValueMax));
  });
}

/** dy where clipping left the number as it was, 0 elsewhere. Unlike tfjs's `where`, `SelectV2` repeats a scalar by itself. */
export function addClipKernel(tf: TensorFlowJs): void {
  addTensorFlowKernel(tf, "ClipByValueGrad", ({ dy, x, y }, backend) =>
    backend.executeSingleOutput("SelectV2", [typeAttribute(backend, "T", dy!.dtype)], [execute(backend, "Equal", x!, y!), dy!, tf.scalar(0, dy!.dtype)]));
}

/**
 * The gradient of clipping, which every cross-entropy of tfjs's layers and every hard sigmoid of its recurrent layers takes: two
 * operations for five. The output is saved too; a number lies between the bounds where the two are equal (NaN never is).
 */
export function fuseClipGradient(tf: TensorFlowJs): void {
  const before = tf.getGradient("ClipByValue");
  const original = before.gradFunc as Gradient;
  tf.unregisterGradient("ClipByValue");
  tf.registerGradient({
    kernelName: "ClipByValue",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: ((dy: Tensor, saved: [Tensor, Tensor], attrs: object) => {
      const [x, y] = saved;
      if (!hasKernel(tf, "ClipByValueGrad") || x.dtype !== "float32") return original(dy, [x], attrs);
      return { x: () => run(tf, "ClipByValueGrad", { dy, x, y }) };
    }) as never,
  });
  tf.registerGradient({
    kernelName: "ClipByValueGrad",
    inputsToSave: ["x", "y"],
    gradFunc: (ddx, saved) => {
      const [x, y] = saved as [Tensor, Tensor];
      return { dy: () => run(tf, "ClipByValueGrad", { dy: ddx as Tensor, x, y }), x: () => tf.zerosLike(x), y: () => tf.zerosLike(y) };
    },
  });
}
