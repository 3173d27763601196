import type { DataType, KernelConfig, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** An attribute of a TensorFlow operation, as tfjs-node writes it. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** What is used of tfjs-node's backend. All operations go through these two, so that a tracer sees them. */
export interface NodeBackend {
  isUsingGpuDevice: boolean;
  binding: { TF_ATTR_TYPE: number; TF_ATTR_FLOAT: number; TF_ATTR_INT: number };
  getDTypeInteger(dtype: DataType): number;
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: TensorInfo[], outputs: number): Tensor[];
  incRef(dataId: object): void;
}

export type Inputs = Record<string, Tensor>;

type Compute = (inputs: Inputs, backend: NodeBackend, attrs: Record<string, unknown>) => TensorInfo | TensorInfo[];

export function typeAttribute(backend: NodeBackend, name: string, dtype: DataType): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(dtype) };
}

/** One TensorFlow operation on tensors of one type. */
export function execute(backend: NodeBackend, name: string, ...inputs: TensorInfo[]): Tensor {
  return backend.executeSingleOutput(name, [typeAttribute(backend, "T", inputs[0]!.dtype)], inputs);
}

/** A kernel that only the `tensorflow` backend has. What it makes on the way is disposed. */
export function addTensorFlowKernel(tf: TensorFlowJs, kernelName: string, compute: Compute): void {
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => tf.tidy((() => compute(inputs as unknown as Inputs, backend as NodeBackend, (attrs ?? {}) as Record<string, unknown>)) as () => Tensor),
  });
}

/** Answer with the input itself, which costs nothing, where `keeps` says that the kernel would change neither numbers nor shape. */
export function skipWhere(tf: TensorFlowJs, kernelName: string, keeps: (x: Tensor, attrs: Record<string, unknown>) => boolean): void {
  const before = tf.getKernel(kernelName, "tensorflow") as KernelConfig;
  tf.unregisterKernel(kernelName, "tensorflow");
  tf.registerKernel({
    ...before,
    kernelFunc: (args) => {
      const x = args.inputs["x"] as Tensor;
      if (!keeps(x, (args.attrs ?? {}) as Record<string, unknown>)) return before.kernelFunc(args);
      (args.backend as NodeBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
}

/** True where the current backend has the kernel: gradients are shared by all backends, these kernels are not. */
export function hasKernel(tf: TensorFlowJs, kernelName: string): boolean {
  return tf.getKernel(kernelName, tf.getBackend()) !== undefined;
}

/** Run a kernel so that it is differentiable: recorded on tfjs's tape. */
export function run(tf: TensorFlowJs, kernelName: string, inputs: Inputs, attrs: object = {}): Tensor {
  return tf.engine().runKernel(kernelName, inputs, attrs as never) as Tensor;
}
