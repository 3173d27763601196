import type { Tensor } from "@tensorflow/tfjs";
import { rewrite } from "./rewrite.js";
import type { Attr, Constant, GraphBinding, NodeBackend, Outside, Recording, Source } from "./contract.js";

/** A recorded step as a function of TensorFlow's. */
export interface Graph {
  readonly name: string;
  readonly recording: Recording;
  /** Nodes that became part of it, by their place in the recording. */
  readonly used: readonly number[];
  /** Constants that are given at every call, by node. */
  readonly given: readonly number[];
  /** What it takes, in order: from outside, then the given constants. */
  readonly inputs: readonly Outside[];
  /** What it gives, in order: for each its source in the recording. */
  readonly outputs: readonly Source[];
  /** How many of the outputs are new values of variables; they come first, in the order of `recording.updates`. */
  readonly updates: number;
  dispose(): void;
}

let count = 0;

/** Arrays of one value, longer than this, become `Fill`. */
const splat = 32;

/**
 * Build the function. Call while the recording's constants are still there.
 * @param given constants that change from call to call, by node: they become inputs
 * @param alive further values that the caller wants, by source
 */
export function buildGraph(backend: NodeBackend, recording: Recording, given: ReadonlySet<number>, alive: readonly Source[] = []): Graph {
  const { binding } = backend;
  const { nodes } = recording;
  const wanted = [...recording.updates.map(({ source }) => source), ...recording.places.flatMap((place) => ("source" in place ? [place.source] : [])), ...alive];
  const used = reach(recording, wanted);
  const varying = used.filter((at) => nodes[at]!.constant && (nodes[at]!.constant!.read || given.has(at)));
  const outside = [...new Set([...used.flatMap((at) => nodes[at]!.inputs), ...wanted].flatMap((source) => ("outside" in source ? [source.outside] : [])))];

  const inputs = [...outside.map((at) => recording.outsides[at]!), ...varying.map((at) => nodes[at]!.constant!)].map(({ dtype, shape }) => ({ dtype, shape }));
  const inputOf = new Map<string, number>([...outside.map((at, index) => [`o${at}`, index] as const), ...varying.map((at, index) => [`n${at}`, outside.length + index] as const)]);
  const givenNodes = new Set(varying);
  const placeOf = new Map<number, number>();
  const list: object[] = [];
  const temporary: number[] = [];
  const find = (source: Source): [number, number] => {
    const input = inputOf.get("outside" in source ? `o${source.outside}` : `n${source.node}`);
    if (input !== undefined) return [-1 - input, 0];
    const { node, output } = source as { node: number; output: number };
    return [placeOf.get(node)!, output];
  };
  const type = (name: string, value: number): Attr => ({ name, type: binding["TF_ATTR_TYPE"] as number, value });
  const makeConstant = (constant: Constant): number => {
    const make = (shape: readonly number[], dtype: number, values: Constant["values"]): number => {
      const id = binding.createTensor(shape, dtype, values);
      temporary.push(id);
      return list.push({ op: "Const", constant: id }) - 1;
    };
    const { values, shape, dtype } = constant;
    if (!isSplat(values)) return make(shape, dtype, values);
    const size = make([shape.length], binding["TF_INT32"] as number, Int32Array.from(shape));
    const value = make([], dtype, values.slice(0, 1) as Constant["values"]);
    return list.push({ op: "Fill", attrs: [type("T", dtype), type("index_type", binding["TF_INT32"] as number)], inputs: [size, 0, value, 0] }) - 1;
  };
  try {
    for (const at of used) {
      const node = nodes[at]!;
      if (inputOf.has(`n${at}`)) continue;
      if (node.constant) placeOf.set(at, makeConstant(node.constant));
      else {
        const { op, attrs, inputs: taken } = rewrite(recording, node, givenNodes, binding);
        placeOf.set(at, list.push({ op, attrs, inputs: taken.flatMap(find) }) - 1);
      }
    }
    // A function's output must be a node's: what is only handed through goes through an Identity.
    const outputs = wanted.flatMap((source) => {
      const [from, output] = find(source);
      if (from >= 0) return [from, output];
      return [list.push({ op: "Identity", attrs: [type("T", inputs[-1 - from]!.dtype)], inputs: [from, output] }) - 1, 0];
    });
    const name = `lyceum_step_${count++}`;
    binding.createFunction(name, inputs, list, outputs);
    const names = new Map([...placeOf].map(([at, place]) => [place, at]));
    return {
      name, recording, used, given: varying, inputs: outside.map((at) => recording.outsides[at]!), outputs: wanted, updates: recording.updates.length,
      dispose: once(() => binding.removeFunction(name)),
      ...{ names },
    };
  } finally {
    for (const id of temporary) binding.deleteTensor(id);
  }
}

function isSplat(values: Constant["values"]): boolean {
  return ArrayBuffer.isView(values) && values.length > splat && (values as Float32Array).every((value) => Object.is(value, values[0]));
}

/** The nodes that the wanted values depend on, in order. */
function reach({ nodes }: Recording, wanted: readonly Source[]): number[] {
  const seen = new Set<number>();
  const open = wanted.flatMap((source) => ("node" in source ? [source.node] : []));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const source of nodes[at]!.inputs) if ("node" in source) open.push(source.node);
  }
  return [...seen].sort((a, b) => a - b);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

/** Ids of handles for a graph's inputs; undefined where something it was built on is gone. */
export function inputIds(backend: NodeBackend, graph: Graph, args: readonly Tensor[], ids: Int32Array): boolean {
  const { tensorMap } = backend;
  for (let at = 0; at < graph.inputs.length; at++) {
    const input = graph.inputs[at]!;
    let dataId: object;
    if (input.kind === "argument") dataId = args[input.index]!.dataId;
    else if (input.kind === "variable") {
      if (input.variable.isDisposed) return false;
      dataId = input.variable.dataId;
    } else if (input.kind === "property") {
      const tensor = input.object[input.key];
      if (!tensor || tensor.isDisposed) return false;
      dataId = tensor.dataId;
    } else dataId = input.dataId;
    let data = tensorMap.get(dataId);
    if (!data) return false;
    if (data.values !== null) {
      backend.getInputTensorIds([{ dataId }]);
      data = tensorMap.get(dataId);
    }
    if (input.kind === "captured" && data.id !== input.id) return false;
    ids[at] = data.id;
  }
  return true;
}

/** Words of TensorFlow's error in the learner's terms: the operation, and where it was called. */
export function explainError(graph: Graph, error: unknown, at: (node: number) => string | undefined): Error {
  const message = (error as Error).message.replace(/^run: /, "");
  const found = /\{\{node n(\d+)\}\}/.exec(message);
  const { names } = graph as Graph & { names: Map<number, number> };
  const node = found ? names.get(Number(found[1])) : undefined;
  const words = message.replace(/\{\{function_node [^}]*\}\}|\{\{node [^}]*\}\}|\[\[[^\]]*\]\]|\[Op:[^\]]*\]/g, "").replace(/\s+/g, " ").trim();
  if (node === undefined) return new Error(words, { cause: error });
  const line = at(node);
  return new Error(`${graph.recording.nodes[node]!.op}: ${words}${line ? ` (${line})` : ""}`, { cause: error });
}

/** For tests and `explain`: bindings count handles. */
export const handles = (binding: GraphBinding): number => (binding["getNumOfTensors"] as () => number)();
