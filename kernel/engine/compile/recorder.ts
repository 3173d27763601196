import type { DataType, Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { uploaded } from "./backend.js";
import type { Attr, Constant, NodeBackend, Outside, Place, Recording, Source, TensorMeta, Values } from "./contract.js";
import { markPlace } from "./place.js";
import { randomOps } from "./random.js";
import { trail } from "./line.js";
import { endScope } from "./scope.js";
import { isTensor, mapLeaves } from "./tree.js";
import { withUndo } from "./unwind.js";
import { snapshot, watching, type Listener } from "./watch.js";

/** What is swapped on the backend while a step runs. */
export interface Hooks {
  executeOp(op: string, attrs: Attr[], inputs: number[], outputs: number): TensorMeta[];
  createTensor(shape: readonly number[], dtype: number, values: Values): number;
  deleteTensor(id: number): void;
}

/**
 * One run of a step, with everything it does written down. The operations are executed as always (`real`); the log is what a graph is
 * made of. Ids of handles are never used twice, so each names one value.
 */
export class Recorder {
  readonly recording: Recording = { nodes: [], outsides: [], result: undefined, places: [], updates: [], watched: [], createdVariables: 0 };
  /** Where each handle's value comes from. */
  protected readonly sources = new Map<number, Source>();
  /** Handles of constants, kept until a graph is made of them. */
  protected readonly kept = new Set<number>();
  /** Constants that no operation has taken yet are known only by their data. */
  private readonly written = new WeakSet<object>();
  /** Data that the operations made. */
  private readonly made: object[] = [];
  private readonly touched = new Map<Record<string, unknown>, number>();
  private readonly tracked = new Set<Record<string, unknown>>();
  private stand: { value: number; rate: number; optimizer: Record<string, unknown> } | undefined;
  /** Handles of the variables as the step found them. */
  protected readonly startIds = new Map<Variable, number>();

  constructor(
    protected readonly tf: TensorFlowJs,
    protected readonly backend: NodeBackend,
    private readonly args: readonly Tensor[],
  ) {}

  /** Run the step and complete the recording. The result is the real one; what the step left over is disposed. */
  run(step: () => unknown): unknown {
    const { backend } = this;
    for (const [index, tensor] of this.args.entries()) {
      if ("assign" in tensor) continue;
      const { id, shape, dtype } = uploaded(backend, tensor);
      if (!this.sources.has(id)) this.sources.set(id, this.outside({ kind: "argument", index, shape, dtype }));
    }
    const before = this.variables();
    for (const variable of before) this.startIds.set(variable, uploaded(backend, variable).id);
    const limit = Error.stackTraceLimit;
    return withUndo(() => (Error.stackTraceLimit = limit), () => {
      Error.stackTraceLimit = 100;
      return this.recorded(step, before);
    });
  }

  private recorded(step: () => unknown, before: readonly Variable[]): unknown {
    const { tf } = this;
    const engine = tf.engine();
    engine.startScope();
    try {
      const result = this.intercept(() => watching(this.listener(), () => this.inside(step, before)));
      endScope(tf, result);
      this.finish(before, result);
      return result;
    } catch (error) {
      engine.endScope();
      throw error;
    }
  }

  /** The part that runs while the backend is intercepted. */
  protected inside(step: () => unknown, before: readonly Variable[]): unknown {
    const result = step();
    for (const variable of before) if (!variable.isDisposed) uploaded(this.backend, variable);
    if (result instanceof Promise) this.refuse("it is asynchronous; await outside of it and let it return tensors");
    else this.recording.result = mapLeaves(result, (leaf) => (isTensor(leaf) ? this.place(leaf) : leaf));
    return result;
  }

  private listener(): Listener {
    const touch = (object: Record<string, unknown>): void => {
      if (!this.touched.has(object)) this.touched.set(object, (object["iterations_"] as number | undefined) ?? 0);
    };
    return {
      touched: touch,
      effect: (reason) => {
        this.recording.effect ??= { reason, at: trail() };
      },
      applying: (optimizer, work) => {
        touch(optimizer);
        const rate = optimizer["learningRate"];
        if (typeof rate !== "number" || !Number.isFinite(rate) || rate === 0 || "c" in optimizer) return work();
        // A rate a few steps of the last digit away stands in for the real one, so that it is known again where it becomes a constant.
        const value = Math.fround(rate) * (1 + 11 * 2 ** -23);
        const undo = (): void => {
          optimizer["learningRate"] = rate;
          this.stand = undefined;
        };
        return withUndo(undo, () => {
          optimizer["learningRate"] = value;
          this.stand = { value: Math.fround(value), rate, optimizer };
          return work();
        });
      },
    };
  }

  private intercept<T>(work: () => T): T {
    const { backend, written } = this;
    const { binding } = backend;
    const real = { executeOp: binding.executeOp, createTensor: binding.createTensor, deleteTensor: binding.deleteTensor };
    const prototype = Object.getPrototypeOf(backend) as NodeBackend;
    const own: Pick<NodeBackend, "write" | "getInputTensorIds" | "createOutputTensor" | "readSync"> = {
      write: (values, shape, dtype) => {
        const dataId = prototype.write.call(backend, values, shape, dtype);
        written.add(dataId);
        return dataId;
      },
      getInputTensorIds: (tensors) => {
        for (const tensor of tensors) {
          if (!("dataId" in tensor)) continue;
          const data = backend.tensorMap.get(tensor.dataId);
          if (data?.values && !written.has(tensor.dataId)) {
            data.id = real.createTensor.call(binding, data.shape, data.dtype, data.values);
            data.values = null;
          }
          if (data && data.values === null && !this.sources.has(data.id)) this.sources.set(data.id, this.fromOutside(tensor.dataId, data.id));
        }
        return prototype.getInputTensorIds.call(backend, tensors);
      },
      createOutputTensor: (meta) => {
        const tensor = prototype.createOutputTensor.call(backend, meta);
        this.made.push(tensor.dataId);
        return tensor;
      },
      readSync: (dataId) => {
        this.reading(dataId);
        return prototype.readSync.call(backend, dataId);
      },
    };
    const undo = (): void => {
      Object.assign(binding, real);
      for (const name of Object.keys(own) as (keyof typeof own)[]) delete (backend as Partial<NodeBackend>)[name];
    };
    return withUndo(undo, () => {
      Object.assign(binding, this.hooks(real));
      Object.assign(backend, own);
      return randomOps(this.tf, backend, work);
    });
  }

  protected hooks(real: Hooks): Hooks {
    return {
      executeOp: (op, attrs, inputs, count) => {
        const outputs = real.executeOp(op, attrs, inputs, count);
        this.logOp(op, attrs, inputs, outputs);
        return outputs;
      },
      createTensor: (shape, dtype, values) => {
        const constant = this.constant(shape, dtype, values);
        const id = real.createTensor(shape, dtype, constant.read ? Float32Array.of(constant.read()) : values);
        this.kept.add(id);
        this.logConstant(constant, id);
        return id;
      },
      deleteTensor: (id) => {
        if (this.kept.has(id)) this.deleted.add(id);
        else real.deleteTensor(id);
      },
    };
  }

  /** Kept handles that the step has let go. */
  protected readonly deleted = new Set<number>();

  protected constant(shape: readonly number[], dtype: number, values: Values): Constant {
    const copy = ArrayBuffer.isView(values) ? (values.slice() as Values) : [...values];
    const constant: Constant = { values: copy, shape: [...shape], dtype };
    const { stand } = this;
    if (stand && values instanceof Float32Array && values.length === 1 && Math.abs(values[0]!) === stand.value) {
      const sign = Math.sign(values[0]!);
      const { optimizer, rate } = stand;
      // While the stand-in is in place the property itself is not the rate.
      constant.read = () => sign * (this.stand?.optimizer === optimizer ? rate : (optimizer["learningRate"] as number));
      this.tracked.add(optimizer);
    }
    return constant;
  }

  protected logOp(op: string, attrs: Attr[], inputs: number[], outputs: TensorMeta[]): void {
    const { nodes } = this.recording;
    const from = inputs.map((id) => this.sources.get(id) ?? this.outside({ kind: "captured", dataId: {}, id, shape: [], dtype: 0 }));
    const dependent = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncated|Stateful)/.test(op) || from.some((source) => "outside" in source || nodes[source.node]!.dependent);
    outputs.forEach(({ id }, output) => this.sources.set(id, { node: nodes.length, output }));
    nodes.push({ op, attrs, inputs: from, outputs: outputs.map(({ id, shape, dtype }) => ({ id, shape: [...shape], dtype })), dependent, at: trail() });
  }

  protected logConstant(constant: Constant, id: number): void {
    const { nodes } = this.recording;
    this.sources.set(id, { node: nodes.length, output: 0 });
    nodes.push({ op: "Const", attrs: [], inputs: [], outputs: [{ id, shape: constant.shape, dtype: constant.dtype }], dependent: constant.read !== undefined, at: trail(), constant });
  }

  /** Values are about to be read: harmless where they depend on nothing from outside. */
  protected reading(dataId: object): void {
    const data = this.backend.tensorMap.get(dataId);
    if (!data) return;
    const source = data.values === null ? (this.sources.get(data.id) ?? { outside: -1 }) : this.written.has(dataId) ? undefined : { outside: -1 };
    if (source === undefined || ("node" in source && !this.recording.nodes[source.node]!.dependent)) return;
    this.refuse("it reads a tensor's values (dataSync, arraySync, print, data); return the tensor and read it outside");
  }

  refuse(reason: string): void {
    this.recording.refusal ??= { reason, at: trail() };
  }

  protected outside(outside: Outside): Source {
    this.recording.outsides.push(outside);
    return { outside: this.recording.outsides.length - 1 };
  }

  private fromOutside(dataId: object, id: number): Source {
    const { shape, dtype } = this.backend.tensorMap.get(dataId);
    for (const [variable, start] of this.startIds) if (start === id) return this.outside({ kind: "variable", variable, shape, dtype });
    for (const object of this.touched.keys()) {
      for (const [key, value] of Object.entries(object)) {
        if (isTensor(value) && !value.isDisposed && value.dataId === dataId) return this.outside({ kind: "property", object: object as Record<string, Tensor>, key, shape, dtype });
      }
    }
    return this.outside({ kind: "captured", dataId, id, shape, dtype });
  }

  protected variables(): Variable[] {
    return Object.values((this.tf.engine() as unknown as { state: { registeredVariables: Record<string, Variable> } }).state.registeredVariables);
  }

  private place(tensor: Tensor): Place {
    const { shape, dtype, values, id } = this.backend.tensorMap.get(tensor.dataId);
    if ("assign" in tensor) return this.add({ variable: tensor as Variable });
    const argument = this.args.indexOf(tensor);
    if (argument >= 0) return this.add({ argument });
    if (values !== null) return this.add({ constant: { values: ArrayBuffer.isView(values) ? (values.slice() as Values) : [...values], shape, dtype }, type: tensor.dtype as DataType });
    return this.add({ source: this.sources.get(id) ?? this.fromOutside(tensor.dataId, id), shape, dtype });
  }

  private add(place: Place): Place {
    this.recording.places.push(markPlace(place));
    return place;
  }

  private finish(before: readonly Variable[], result: unknown): void {
    const { recording, backend } = this;
    const known = new Set(before);
    recording.createdVariables = this.variables().filter((variable) => !known.has(variable)).length;
    for (const variable of before) {
      if (variable.isDisposed) continue;
      const { id, values, shape, dtype } = backend.tensorMap.get(variable.dataId);
      if (id === this.startIds.get(variable) && values === null) continue;
      const source = values === null ? (this.sources.get(id) ?? this.outside({ kind: "captured", dataId: variable.dataId, id, shape, dtype })) : undefined;
      if (source) recording.updates.push({ variable, source });
      else throw new Error("a variable's new values were not uploaded");
    }
    this.lookForLeftovers(result);
    for (const [object, start] of this.touched) {
      const iterations = ((object["iterations_"] as number | undefined) ?? 0) - start;
      const except = ["iterations_", ...(this.tracked.has(object) || "c" in object ? ["learningRate"] : [])];
      recording.watched.push({ object, properties: snapshot(object, except), iterations });
    }
  }

  /** A tensor that outlives the step without being returned is held somewhere: its JavaScript must run. */
  private lookForLeftovers(result: unknown): void {
    const expected = new Set<object>(this.variables().map(({ dataId }) => dataId));
    mapLeaves(result, (leaf) => isTensor(leaf) && expected.add(leaf.dataId));
    if (!(result instanceof Promise) && this.made.some((dataId) => !expected.has(dataId) && this.backend.tensorMap.has(dataId)))
      this.recording.effect ??= { reason: "it keeps a tensor that it does not return", at: {} };
  }

  /** Let go of what was kept for a graph. */
  release(): void {
    for (const id of this.kept) {
      // Taken out first: a cut here may lose one tensor, and never deletes one twice.
      this.kept.delete(id);
      if (this.deleted.has(id)) this.backend.binding.deleteTensor(id);
    }
  }
}
