import type { Tensor } from "@tensorflow/tfjs";
import { assemble, type Assembled, type Plan } from "./assemble.js";
import type { GraphBinding, NodeBackend, Outside, Recording, Source } from "./contract.js";
import { learnersLine } from "./line.js";
import { ways, type Way } from "./trial.js";

/** A recorded step as a function of TensorFlow's. */
export interface Graph {
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
  /** Handles in, handles out; a value that updates a variable takes the place of handle `updates[i]` where that is not negative. */
  run(inputs: Int32Array, outputs: Int32Array, updates: Int32Array, way: Way): void;
  dispose(): void;
}

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
  const inputOf = new Map<string, number>([...outside.map((at, index) => [`o${at}`, index] as const), ...varying.map((at, index) => [`n${at}`, outside.length + index] as const)]);
  const plan: Plan = {
    recording, used, outputs: wanted, given: new Set(varying),
    inputs: [...outside.map((at) => recording.outsides[at]!), ...varying.map((at) => nodes[at]!.constant!)].map(({ dtype, shape }) => ({ dtype, shape })),
    inputOf: (source) => inputOf.get("outside" in source ? `o${source.outside}` : `n${source.node}`),
  };
  const branching = assemble(backend, plan, true);
  // Only the usual executor knows branches.
  const straight = branching.branches ? assemble(backend, plan, false) : branching;
  return {
    recording, used, given: varying, inputs: outside.map((at) => recording.outsides[at]!), outputs: wanted, updates: recording.updates.length,
    run(inputs, outputs, updates, way) {
      const { name, nodes: behind } = way === ways.plain ? branching : straight;
      try {
        binding.runFunction(name, inputs, outputs, updates, way);
      } catch (error) {
        throw explainError(recording, behind, error);
      }
    },
    dispose: once(() => new Set([branching.name, straight.name]).forEach((name) => binding.removeFunction(name))),
  };
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
function explainError({ nodes }: Recording, behind: Assembled["nodes"], error: unknown): Error {
  const message = (error as Error).message.replace(/^run: /, "");
  const found = /\{\{node n(\d+)\}\}/.exec(message);
  const node = found ? nodes[behind.get(Number(found[1])) ?? -1] : undefined;
  const words = message.replace(/\{\{function_node [^}]*\}\}|\{\{node [^}]*\}\}|\[\[[^\]]*\]\]|\[Op:[^\]]*\]/g, "").replace(/\s+/g, " ").trim();
  if (!node) return new Error(words, { cause: error });
  const line = learnersLine(node.at);
  return new Error(`${node.op}: ${words}${line ? ` (${line})` : ""}`, { cause: error });
}

/** For tests and `explain`: bindings count handles. */
export const handles = (binding: GraphBinding): number => (binding["getNumOfTensors"] as () => number)();
