import type { Tensor, Variable } from "@tensorflow/tfjs";
import { typeAttribute, type NodeBackend } from "./node-backend.js";

/** What is used of tfjs-node below its operations. */
interface Inside extends NodeBackend {
  tensorMap: { get(dataId: object): { id: number; values: unknown; refCount: number } };
  getInputTensorIds(tensors: Tensor[]): number[];
  binding: NodeBackend["binding"] & {
    TF_ATTR_SHAPE: number;
    TF_ATTR_STRING: number;
    TF_ATTR_BOOL: number;
    executeOp(name: string, attributes: object[], inputs: number[], outputs: number): { id: number }[];
    deleteTensor(id: number): void;
  };
}

/** Below this size the operations' own cost hides the gain. */
const smallest = 16_384;

/** Three TensorFlow variables a process, which lend their place to weight, first and second moment in turn. */
const places = new WeakMap<object, number[]>();

/**
 * TensorFlow's ResourceApplyAdam on one large weight: one pass in place of twelve (a 784 x 256 weight: 0.8 ms, not 3). The tensors
 * move into TensorFlow variables, are updated, and move back into the same tfjs variables. TensorFlow itself copies what anybody
 * else still holds. Not done where a clone shares the data, on a GPU (not tried), or where the binding's functions are wrapped: a
 * tracer records operations that give new tensors.
 * @param numbers scalars beta1^t, beta2^t, rate, beta1, beta2, epsilon, in TensorFlow's order.
 * @returns false where nothing was done.
 */
export function applyAdamInPlace(node: NodeBackend, variables: [weight: Variable, first: Variable, second: Variable], numbers: Tensor[], gradient: Tensor): boolean {
  const backend = node as Inside;
  if (variables[0].size < smallest || backend.isUsingGpuDevice || !isNative(backend)) return false;
  const kept = variables.map(({ dataId }) => backend.tensorMap.get(dataId));
  if (kept.some(({ values, refCount }) => values != null || refCount !== 1)) return false;
  const handles = placesOf(backend);
  const inputs = [...handles, ...backend.getInputTensorIds([...numbers, gradient])];
  assign(backend, kept.map(({ id }) => id));
  // Now the variables alone hold the values, so that they are changed in place.
  for (const { id } of kept) backend.binding.deleteTensor(id);
  try {
    const flags = ["use_locking", "use_nesterov"].map((name) => ({ name, type: backend.binding.TF_ATTR_BOOL, value: false }));
    backend.binding.executeOp("ResourceApplyAdam", [typeAttribute(backend, "T", "float32"), ...flags], inputs, 0);
  } finally {
    kept.forEach((info, index) => (info.id = backend.binding.executeOp("ReadVariableOp", [typeAttribute(backend, "dtype", "float32")], [handles[index]!], 1)[0]!.id));
  }
  return true;
}

/** Let go of the last weight, which its owner may dispose. */
export function emptyPlaces(node: NodeBackend, nothing: Tensor): void {
  if (!places.has(node)) return;
  const [id] = (node as Inside).getInputTensorIds([nothing]) as [number];
  assign(node as Inside, [id, id, id]);
}

function assign(backend: Inside, ids: number[]): void {
  const handles = placesOf(backend);
  ids.forEach((id, index) => backend.binding.executeOp("AssignVariableOp", [typeAttribute(backend, "dtype", "float32")], [handles[index]!, id], 0));
}

function placesOf(backend: Inside): number[] {
  const before = places.get(backend);
  if (before) return before;
  const { TF_ATTR_SHAPE, TF_ATTR_STRING } = backend.binding;
  const handles = ["weight", "first", "second"].map((name) => {
    const names = [{ name: "shared_name", type: TF_ATTR_STRING, value: `lyceum_adam_${name}` }, { name: "container", type: TF_ATTR_STRING, value: "" }];
    return backend.binding.executeOp("VarHandleOp", [typeAttribute(backend, "dtype", "float32"), { name: "shape", type: TF_ATTR_SHAPE, value: [] }, ...names], [], 1)[0]!.id;
  });
  places.set(backend, handles);
  return handles;
}

function isNative(backend: Inside): boolean {
  return Function.prototype.toString.call(backend.binding.executeOp).includes("[native code]");
}
