import type { TensorFlowJs } from "../contract.js";

interface CountedMemory {
  incRef(dataId: object): void;
}

/** A clone shares its values, as on the other backends: training clones every tensor it saves for the gradient. */
export function repairIdentity(tf: TensorFlowJs): void {
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs["x"]!;
      (backend as CountedMemory).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
