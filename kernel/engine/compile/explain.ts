import { displaySymbol, type MimeBundle } from "../../display/contract.js";
import type { TensorFlowJs } from "../contract.js";
import type { Mode, NodeBackend, Outside, Recording } from "./contract.js";
import type { Inside } from "./index.js";
import { buildGraph } from "./graph.js";
import { learnersLine } from "./line.js";
import { readProfile } from "./profile.js";
import { ways } from "./trial.js";
import { explanationBundle } from "./explain-view.js";

/** A compiled step, seen from inside. Plain data that shows itself. */
export interface Explanation {
  readonly name: string;
  /** One entry for each kind of arguments the step has met. */
  readonly variants: readonly ExplainedVariant[];
}

export interface ExplainedVariant {
  readonly mode: Mode;
  readonly calls: number;
  readonly xla: boolean;
  /** Why there is no graph. */
  readonly why?: string;
  readonly inputs: readonly { readonly what: "argument" | "variable" | "number" | "captured"; readonly name: string; readonly shape: readonly number[] }[];
  readonly constants: { readonly count: number; readonly values: number };
  /** Variables that a call gives new values. */
  readonly updates: readonly string[];
  /** Operations as the step calls them. */
  readonly operations: readonly ExplainedOperation[];
  /** How many operations are left after TensorFlow has rewritten the graph, and those it made by fusing others. */
  readonly rewritten: { readonly operations: number; readonly fused: readonly string[] };
  /** Milliseconds of the operations one by one, and of one call of the graph; medians of a few runs. */
  readonly milliseconds: { readonly oneByOne: number; readonly graph: number };
}

export interface ExplainedOperation {
  readonly op: string;
  readonly shape: readonly number[];
  readonly line?: string;
  /** Executed alone, median of a few runs; in a graph neighbours run together, so the sum is more than the whole. */
  readonly microseconds: number;
  /** What it takes, constants left out: 0, 1, ... an operation of this list, -1, -2, ... the first, second, ... of `inputs`. */
  readonly takes: readonly number[];
  /** The variable whose new value it makes. */
  readonly updates?: string;
}

const runs = 5;

/** Look into a compiled step: what its graph holds, what it takes, and where the time goes. Variables keep their values. */
export function explainCompiled(tf: TensorFlowJs, backend: NodeBackend, { name, variants }: Inside): Explanation {
  const explained = [...variants.values()].map((variant): ExplainedVariant => {
    const { mode, calls, way, refusal, callable } = variant;
    const rest = { mode, calls, xla: way === ways.xla, ...(refusal && { why: refusal.reason }) };
    if (!callable) return { ...rest, inputs: [], constants: { count: 0, values: 0 }, updates: [], operations: [], rewritten: { operations: 0, fused: [] }, milliseconds: { oneByOne: 0, graph: 0 } };
    const { recording, used, inputs, given } = callable.graph;
    const constants = used.filter((at) => recording.nodes[at]!.constant && !given.includes(at)).map((at) => recording.nodes[at]!.constant!.values.length);
    return {
      ...rest,
      inputs: [...inputs.map(describeInput), ...given.map((at) => ({ what: "number" as const, name: recording.nodes[at]!.constant!.read ? "learning rate" : "number", shape: recording.nodes[at]!.constant!.shape }))],
      constants: { count: constants.length, values: constants.reduce((sum, count) => sum + count, 0) },
      updates: recording.updates.map(({ variable }) => variable.name),
      ...measure(backend, recording, used, inputs, given),
    };
  });
  const explanation: Explanation = { name, variants: explained };
  return Object.freeze(Object.defineProperty(explanation, displaySymbol, { value: (): MimeBundle => explanationBundle(explanation) }));
}

function describeInput(input: Outside): ExplainedVariant["inputs"][number] {
  const { shape } = input;
  if (input.kind === "argument") return { what: "argument", name: `tensor ${input.index}`, shape };
  if (input.kind === "variable") return { what: "variable", name: input.variable.name, shape };
  if (input.kind === "property") return { what: "number", name: input.key === "c" ? "learning rate" : input.key, shape };
  return { what: "captured", name: "a tensor from outside", shape };
}

/** Run the operations one by one on stand-in values, then a copy of the graph, which tells what TensorFlow makes of it. */
function measure(backend: NodeBackend, recording: Recording, used: readonly number[], taken: readonly Outside[], given: readonly number[]): Pick<ExplainedVariant, "operations" | "rewritten" | "milliseconds"> {
  const { binding } = backend;
  const made: number[] = [];
  const keep = (id: number): number => {
    made.push(id);
    return id;
  };
  const zeros = (shape: readonly number[], dtype: number): number => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = dtype === binding["TF_INT32"] ? new Int32Array(size) : dtype === binding["TF_BOOL"] ? new Uint8Array(size) : new Float32Array(size).fill(0.5);
    return keep(binding.createTensor(shape, dtype, values));
  };
  try {
    const outside = recording.outsides.map((input) => (input.kind === "variable" && !input.variable.isDisposed ? backend.getInputTensorIds([input.variable])[0]! : zeros(input.shape, input.dtype)));
    const ids = new Map<string, number>();
    const operations: ExplainedOperation[] = [];
    const id = (source: Recording["nodes"][number]["inputs"][number]): number => ("outside" in source ? outside[source.outside]! : ids.get(`${source.node}:${source.output}`)!);
    const place = new Map(given.map((at, index) => [at, -1 - taken.length - index]));
    const takes = (source: Recording["nodes"][number]["inputs"][number]): number | undefined => ("outside" in source ? -1 - taken.indexOf(recording.outsides[source.outside]!) : place.get(source.node));
    for (const at of used) {
      const node = recording.nodes[at]!;
      if (node.constant) {
        ids.set(`${at}:0`, keep(binding.createTensor(node.constant.shape, node.constant.dtype, node.constant.values)));
        continue;
      }
      const inputs = node.inputs.map(id);
      const times = Array.from({ length: runs }, () => {
        const started = performance.now();
        const outputs = binding.executeOp(node.op, node.attrs, inputs, node.outputs.length);
        const took = performance.now() - started;
        outputs.forEach((output, index) => ids.set(`${at}:${index}`, keep(output.id)));
        return took;
      });
      const line = learnersLine(node.at);
      const update = recording.updates.find(({ source }) => "node" in source && source.node === at);
      place.set(at, operations.length);
      operations.push({
        op: node.op, shape: node.outputs[0]?.shape ?? [], ...(line !== undefined && { line }), microseconds: Math.round(median(times) * 1000),
        takes: [...new Set(node.inputs.flatMap((source) => takes(source) ?? []))], ...(update && { updates: update.variable.name }),
      });
    }
    const graph = buildGraph(backend, recording, new Set(given));
    const inputs = Int32Array.from([...graph.inputs.map((input) => outside[recording.outsides.indexOf(input)]!), ...graph.given.map((at) => ids.get(`${at}:0`)!)]);
    const outputs = new Int32Array(graph.outputs.length);
    const run = (): number => {
      const started = performance.now();
      graph.run(inputs, outputs, new Int32Array(outputs.length).fill(-1), ways.plain);
      const took = performance.now() - started;
      for (const output of outputs) keep(output);
      return took;
    };
    binding.startProfile();
    run();
    const { ops } = readProfile(new Uint8Array(binding.takeProfile()));
    const milliseconds = { oneByOne: operations.reduce((sum, { microseconds }) => sum + microseconds, 0) / 1000, graph: median(Array.from({ length: runs }, run)) };
    graph.dispose();
    const real = ops.filter(({ op }) => !/^_(Arg|Retval)$|^Const$|^NoOp$/.test(op));
    return { operations, rewritten: { operations: real.length, fused: real.flatMap(({ op }) => (/Fused/.test(op) ? [op] : [])) }, milliseconds };
  } finally {
    for (const one of made) binding.deleteTensor(one);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

