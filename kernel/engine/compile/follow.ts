import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import type { Attr, NodeBackend, Source, TensorMeta, Values } from "./contract.js";
import { sameAttrs, sameConstant, sameOutside } from "./difference.js";
import type { Graph } from "./graph.js";
import { Recorder, type Hooks } from "./recorder.js";
import { ways } from "./trial.js";

/**
 * A run of the step's JavaScript beside a graph of it: each operation is only compared with the one the graph has at that place, and
 * at the end all of them are run as one call, with this run's numbers. Where the step does something else than before, what was put off
 * is executed one by one, and the run goes on as an ordinary recorded one.
 */
export class Follower extends Recorder {
  /** Set where the run left the graph; what was then recorded is a complete recording. */
  left: string | undefined;
  /** Constants that were other than the graph's own. */
  readonly varying = new Set<number>();
  /** Values beyond results and variables that the step kept. */
  readonly alive: Source[] = [];
  private readonly waiting = new Map<number, { source: Source }>();
  private readonly data = new Map<number, object>();
  private readonly given: Map<number, Values>;
  private real!: Hooks;
  private nextFake = -2;

  constructor(tf: TensorFlowJs, backend: NodeBackend, args: readonly Tensor[], private readonly graph: Graph) {
    super(tf, backend, args);
    this.given = new Map(graph.given.map((at) => [at, new Float32Array()]));
  }

  protected override hooks(real: Hooks): Hooks {
    this.real = real;
    const recorded = super.hooks(real);
    return {
      executeOp: (op, attrs, inputs, count) => (this.left === undefined ? this.postpone(op, attrs, inputs, count, recorded) : recorded.executeOp(op, attrs, inputs, count)),
      createTensor: (shape, dtype, values) => (this.left === undefined ? this.hold(shape, dtype, values, recorded) : recorded.createTensor(shape, dtype, values)),
      // What the step replaces is still needed: the graph has not run yet.
      deleteTensor: (id) => (this.left === undefined && id >= 0 ? void this.putOff.add(id) : recorded.deleteTensor(id)),
    };
  }

  private postpone(op: string, attrs: Attr[], inputs: number[], count: number, recorded: Hooks): TensorMeta[] {
    const at = this.recording.nodes.length;
    const expected = this.graph.recording.nodes[at];
    const fits = expected && !expected.constant && expected.op === op && expected.outputs.length === count && inputs.length === expected.inputs.length && sameAttrs(expected.attrs, attrs) &&
      inputs.every((id, index) => this.fits(id, expected.inputs[index]!));
    if (!fits) {
      this.leave(expected ? `${expected.op}, then ${op}` : `another ${op}`);
      return recorded.executeOp(op, attrs, inputs.map((id) => this.settled(id)), count);
    }
    const outputs = expected.outputs.map(({ shape, dtype }) => ({ id: this.nextFake--, shape: [...shape], dtype }));
    this.logOp(op, attrs, inputs, outputs);
    outputs.forEach(({ id }, output) => this.waiting.set(id, { source: { node: at, output } }));
    return outputs;
  }

  /** The same place in the graph; a captured tensor may be another one, of the same shape. */
  private fits(id: number, expected: Source): boolean {
    const source = this.sources.get(id);
    if (!source) return false;
    if ("node" in expected) return "node" in source && source.node === expected.node && source.output === expected.output;
    if (!("outside" in source) || source.outside !== expected.outside) return false;
    return sameOutside(this.graph.recording.outsides[expected.outside]!, this.recording.outsides[source.outside]!) !== "other";
  }

  private hold(shape: readonly number[], dtype: number, values: Values, recorded: Hooks): number {
    const at = this.recording.nodes.length;
    const expected = this.graph.recording.nodes[at]?.constant;
    const constant = this.constant(shape, dtype, values);
    const isGiven = this.given.has(at);
    const fits = expected && expected.dtype === dtype && expected.shape.length === shape.length && expected.shape.every((size, axis) => size === shape[axis]);
    if (!fits || (!isGiven && !sameConstant(expected, constant))) {
      if (fits) this.varying.add(at);
      this.leave(fits ? "another number" : "another constant");
      return recorded.createTensor(shape, dtype, values);
    }
    if (isGiven) this.given.set(at, constant.read ? Float32Array.of(constant.read()) : constant.values);
    const id = this.nextFake--;
    this.logConstant(constant, id);
    this.waiting.set(id, { source: { node: at, output: 0 } });
    return id;
  }

  /** Execute what was put off, in order, and give the tensors that wait for it their real handles. */
  private leave(why: string): void {
    this.left = why;
    const { real, backend } = this;
    const realIds = new Map<number, number>();
    for (const node of this.recording.nodes) {
      if (node.constant) {
        const id = real.createTensor(node.constant.shape, node.constant.dtype, node.constant.read ? Float32Array.of(node.constant.read()) : node.constant.values);
        this.kept.add(id);
        realIds.set(node.outputs[0]!.id, id);
        node.outputs[0]!.id = id;
        continue;
      }
      const inputs = node.inputs.map((source) => ("node" in source ? this.recording.nodes[source.node]!.outputs[source.output]!.id : this.idOf(source.outside)));
      const outputs = real.executeOp(node.op, node.attrs, inputs, node.outputs.length);
      outputs.forEach(({ id }, output) => {
        realIds.set(node.outputs[output]!.id, id);
        node.outputs[output]!.id = id;
      });
    }
    for (const [fake, id] of realIds) {
      const source = this.sources.get(fake)!;
      this.sources.delete(fake);
      this.sources.set(id, source);
      this.realIds.set(fake, id);
      const dataId = this.data.get(fake);
      if (dataId && backend.tensorMap.has(dataId)) backend.tensorMap.get(dataId).id = id;
      else if (this.kept.has(id)) this.orphans.add(id);
      else real.deleteTensor(id);
    }
    this.flush();
  }

  private readonly putOff = new Set<number>();

  private flush(): void {
    for (const id of this.putOff) this.real.deleteTensor(id);
    this.putOff.clear();
  }

  private readonly realIds = new Map<number, number>();
  private readonly orphans = new Set<number>();

  private settled(id: number): number {
    return this.realIds.get(id) ?? id;
  }

  private idOf(outside: number): number {
    for (const [id, source] of this.sources) if ("outside" in source && source.outside === outside) return id;
    throw new Error("an input of the step is gone");
  }

  protected override reading(dataId: object): void {
    const data = this.backend.tensorMap.get(dataId);
    if (this.left === undefined && data && data.values === null && data.id < -1) this.leave("a tensor's values were read");
    super.reading(dataId);
  }

  /** Which tensor's data waits for a handle that does not exist yet. */
  adopt(id: number, dataId: object): void {
    this.data.set(id, dataId);
  }

  protected override inside(step: () => unknown, before: readonly Variable[]): unknown {
    const { backend } = this;
    const { getInputTensorIds: getIds, createOutputTensor } = backend;
    backend.createOutputTensor = (meta) => {
      const tensor = createOutputTensor.call(backend, meta);
      if (meta.id < -1) this.adopt(meta.id, tensor.dataId);
      return tensor;
    };
    backend.getInputTensorIds = (tensors) => {
      const ids = getIds(tensors);
      tensors.forEach((tensor, index) => {
        if (ids[index]! < -1 && "dataId" in tensor) this.adopt(ids[index]!, tensor.dataId);
      });
      return ids;
    };
    return super.inside(step, before);
  }

  /** Run the graph for a run that stayed on it, and give every tensor that still waits its value. */
  settle(): void {
    const { graph, backend, recording } = this;
    const waiting = [...this.data].filter(([, dataId]) => backend.tensorMap.has(dataId));
    const position = new Map<string, number>();
    graph.outputs.forEach((source, index) => position.set("node" in source ? `${source.node}:${source.output}` : `o${source.outside}`, index));
    const places = waiting.map(([fake]) => {
      const { source } = this.waiting.get(fake)!;
      return position.get("node" in source ? `${source.node}:${source.output}` : `o${source.outside}`);
    });
    if (places.some((place) => place === undefined)) {
      for (const [fake] of waiting) this.alive.push(this.waiting.get(fake)!.source);
      return this.leave("it kept another tensor");
    }
    const inputs = new Int32Array(graph.inputs.length + graph.given.length);
    graph.inputs.forEach((input, index) => (inputs[index] = this.idOf(graph.recording.outsides.indexOf(input))));
    const uploads: number[] = [];
    graph.given.forEach((at, index) => {
      const { shape, dtype } = recording.nodes[at]!.constant!;
      uploads.push((inputs[graph.inputs.length + index] = this.real.createTensor(shape, dtype, this.given.get(at)!)));
    });
    const outputs = new Int32Array(graph.outputs.length);
    try {
      graph.run(inputs, outputs, new Int32Array(graph.outputs.length).fill(-1), ways.plain);
    } catch (error) {
      this.undo();
      this.finished = true;
      throw error;
    } finally {
      for (const id of uploads) backend.binding.deleteTensor(id);
    }
    const taken = new Set<number>();
    waiting.forEach(([, dataId], index) => {
      const place = places[index]!;
      taken.add(place);
      backend.tensorMap.get(dataId).id = outputs[place]!;
    });
    outputs.forEach((id, place) => {
      if (!taken.has(place)) backend.binding.deleteTensor(id);
    });
    this.flush();
    this.finished = true;
  }

  private finished = false;

  /** The graph failed: variables keep the values they had. */
  private undo(): void {
    for (const [variable, id] of this.startIds) {
      if (variable.isDisposed || !this.backend.tensorMap.has(variable.dataId)) continue;
      const data = this.backend.tensorMap.get(variable.dataId);
      if (data.id >= -1) continue;
      data.id = id;
      this.putOff.delete(id);
    }
    this.flush();
  }

  override run(step: () => unknown): unknown {
    try {
      return super.run(step);
    } catch (error) {
      if (this.left === undefined) this.leave("the step threw an error");
      throw error;
    }
  }

  override release(): void {
    // Cut off before its graph ran: variables keep the values they had.
    if (this.left === undefined && !this.finished) this.undo();
    for (const id of this.orphans) this.deleted.add(id);
    super.release();
  }
}
