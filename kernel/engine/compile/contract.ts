import type { Trail } from "./line.js";
import type { DataType, Tensor, TypedArray, Variable } from "@tensorflow/tfjs";

export interface CompileOptions {
  /** Let XLA fuse the graph: true, false, or "auto": both are timed for a few calls and the faster one stays. Default false. */
  xla?: boolean | "auto";
  /** Throw where the step cannot become a graph, instead of warning once and running it as it is. Default false. */
  strict?: boolean;
  /** For messages and `compile.explain`; default the function's own name. */
  name?: string;
}

/** How a compiled function runs now: `graph`, one call; `follow`, its JavaScript runs too, for numbers that change; `eager`, as it is. */
export type Mode = "eager" | "graph" | "follow";

/** What tfjs-node's binding offers, with what kernel/engine/binding/graph.cc adds. Tensors are numbers: handles' ids. */
export interface GraphBinding {
  executeOp(op: string, attrs: Attr[], inputs: number[], outputs: number): TensorMeta[];
  createTensor(shape: readonly number[], dtype: number, values: Values): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
  createFunction(name: string, inputs: { dtype: number; shape: readonly number[] }[], nodes: object[], outputs: number[]): void;
  runFunction(name: string, inputs: Int32Array, outputs: Int32Array, updates: Int32Array, way: number): void;
  removeFunction(name: string): void;
  startProfile(): void;
  takeProfile(): ArrayBuffer;
  [constant: string]: unknown;
}

export type Values = TypedArray | Uint8Array[];

export interface Attr {
  name: string;
  type: number;
  value: unknown;
}

export interface TensorMeta {
  id: number;
  shape: number[];
  dtype: number;
}

/** What is used of tfjs-node's backend, and swapped on the instance while a step is recorded. */
export interface NodeBackend {
  binding: GraphBinding;
  tensorMap: { get(dataId: object): TensorData; has(dataId: object): boolean };
  getInputTensorIds(tensors: readonly { dataId: object }[]): number[];
  createOutputTensor(meta: TensorMeta): Tensor;
  readSync(dataId: object): Values;
  write(values: Values, shape: number[], dtype: DataType): object;
}

export interface TensorData {
  shape: number[];
  dtype: number;
  /** -1 as long as the values are still on JavaScript's side. */
  id: number;
  values: Values | null;
  refCount: number;
}

/** Where a value inside the graph comes from: an output of a node, or something from outside the step. */
export type Source = { node: number; output: number } | { outside: number };

/** Something that a step takes from outside itself. */
export type Outside =
  | { kind: "argument"; index: number; shape: number[]; dtype: number }
  | { kind: "variable"; variable: Variable; shape: number[]; dtype: number }
  /** A tensor that an optimiser holds, such as its learning rate: looked up at every call. */
  | { kind: "property"; object: Record<string, Tensor>; key: string; shape: number[]; dtype: number }
  | { kind: "captured"; dataId: object; id: number; shape: number[]; dtype: number };

/** A value that JavaScript made. */
export interface Constant {
  values: Values;
  shape: number[];
  dtype: number;
  /** A number that is looked up at every call: an optimiser's learning rate. */
  read?: () => number;
}

export interface Node {
  op: string;
  attrs: Attr[];
  inputs: Source[];
  outputs: TensorMeta[];
  /** Depends on what comes from outside, or on chance. */
  dependent: boolean;
  /** Where it was called. */
  at: Trail;
  constant?: Constant;
}

/** Everything one run of a step did. */
export interface Recording {
  nodes: Node[];
  outsides: Outside[];
  /** The result with tensors replaced by `Place`. */
  result: unknown;
  places: Place[];
  updates: { variable: Variable; source: Source }[];
  watched: Watched[];
  /** Why it cannot be a graph at all. */
  refusal?: Refusal;
  /** What it did beside computing, so that its JavaScript must run at every call. */
  effect?: Refusal;
  createdVariables: number;
}

export interface Refusal {
  /** In plain words, with the mend. */
  reason: string;
  at: Trail;
}

/** A tensor of the result. */
export type Place = { source: Source; shape: number[]; dtype: number } | { constant: Constant; type: DataType } | { argument: number } | { variable: Variable };

/** An object whose plain properties the graph has baked in: an optimiser, a layer. */
export interface Watched {
  object: Record<string, unknown>;
  properties: [name: string, value: unknown][];
  /** How many steps an optimiser counts in one call. */
  iterations: number;
}
