import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { isPlace } from "./place.js";
import type { Constant, NodeBackend, Place } from "./contract.js";
import { inputIds, type Graph } from "./graph.js";
import { mapLeaves } from "./tree.js";
import type { Way } from "./trial.js";

/** A graph made ready to be called many times. */
export interface Callable {
  readonly graph: Graph;
  /** Undefined where something that the graph was built on is gone. */
  call(args: readonly Tensor[], way: Way): { result: unknown } | undefined;
  dispose(): void;
}

/** Calls that keep what does not change: arrays of ids, the handle of a learning rate. */
export function makeCallable(tf: TensorFlowJs, backend: NodeBackend, graph: Graph): Callable {
  const { tensorMap } = backend;
  const { recording } = graph;
  const inputs = new Int32Array(graph.inputs.length + graph.given.length);
  const outputs = new Int32Array(graph.outputs.length);
  const updates = new Int32Array(graph.outputs.length).fill(-1);
  const numbers = graph.given.map((at) => createNumber(backend, recording.nodes[at]!.constant!));

  /** Where a variable's data has other owners, the new value goes into data of its own. */
  const assignApart: number[] = [];

  function prepare(args: readonly Tensor[]): boolean {
    if (!inputIds(backend, graph, args, inputs)) return false;
    for (let at = 0; at < numbers.length; at++) inputs[graph.inputs.length + at] = numbers[at]!.id();
    assignApart.length = 0;
    for (let at = 0; at < graph.updates; at++) {
      const { variable } = recording.updates[at]!;
      if (variable.isDisposed) return false;
      const data = tensorMap.get(variable.dataId);
      const mine = data.values === null && data.refCount === 1;
      updates[at] = mine ? data.id : -1;
      if (!mine) assignApart.push(at);
    }
    return true;
  }

  function materialise(place: Place, outputOf: () => number, args: readonly Tensor[]): unknown {
    if ("argument" in place) return args[place.argument];
    if ("variable" in place) return place.variable;
    if ("constant" in place) return fromConstant(tf, place.constant, place.type);
    return backend.createOutputTensor({ id: outputOf(), shape: [...place.shape], dtype: place.dtype });
  }

  return {
    graph,
    call(args, way) {
      if (!prepare(args)) return undefined;
      graph.run(inputs, outputs, updates, way);
      for (const at of assignApart) {
        const { variable } = recording.updates[at]!;
        const fresh = backend.createOutputTensor({ id: outputs[at]!, shape: [...variable.shape], dtype: tensorMap.get(variable.dataId).dtype });
        variable.assign(fresh as never);
        fresh.dispose();
      }
      for (const { object, iterations } of recording.watched) if (iterations > 0) object["iterations_"] = ((object["iterations_"] as number | undefined) ?? 0) + iterations;
      let next = graph.updates;
      return { result: mapLeaves(recording.result, (leaf) => (isPlace(leaf) ? materialise(leaf, () => outputs[next++]!, args) : leaf)) };
    },
    dispose() {
      for (const number of numbers) number.dispose();
      graph.dispose();
    },
  };
}

export function fromConstant(tf: TensorFlowJs, { values, shape }: Constant, type: Tensor["dtype"]): Tensor {
  return tf.tensor((ArrayBuffer.isView(values) ? values.slice() : values) as never, shape, type);
}

/** A number that is looked up at every call and uploaded where it has changed. */
function createNumber({ binding }: NodeBackend, { read, shape, dtype }: Constant): { id(): number; dispose(): void } {
  let last: number | undefined;
  let id = -1;
  const drop = (): void => {
    if (id >= 0) binding.deleteTensor(id);
    id = -1;
  };
  return {
    id() {
      const value = read!();
      if (id < 0 || !Object.is(value, last)) {
        drop();
        id = binding.createTensor(shape, dtype, Float32Array.of(value));
        last = value;
      }
      return id;
    },
    dispose: drop,
  };
}
