import type { GraphBinding, NodeBackend, Outside, Recording, Source, TensorMeta, Values } from "../../../../kernel/engine/compile/contract.js";
import { buildGraph } from "../../../../kernel/engine/compile/graph.js";
import { ways } from "../../../../kernel/engine/compile/trial.js";

interface Known {
  shape: readonly number[];
  dtype: number;
  /** Where JavaScript made it: a constant of the graph. */
  values?: Values;
}

/**
 * From now on each operation becomes a graph of its own, as `compile` would build it, and what the graph gives is the result. The
 * operation runs eagerly too, for the shapes of its results, and only eagerly where its values decide on them. Gives the number of graphs run so far.
 */
export function throughGraphs(backend: NodeBackend): () => number {
  const { binding } = backend;
  const real = { executeOp: binding.executeOp, createTensor: binding.createTensor, deleteTensor: binding.deleteTensor };
  const known = new Map<number, Known>();
  let inside = false;
  let count = 0;

  function viaGraph(op: string, attrs: Parameters<GraphBinding["executeOp"]>[1], inputs: readonly number[], metas: readonly TensorMeta[]): number[] {
    const recording: Recording = { nodes: [], outsides: [], result: undefined, places: [], updates: [], watched: [], createdVariables: 0 };
    const ids: number[] = [];
    const sources = inputs.map((id): Source => {
      const { shape, dtype, values } = known.get(id)!;
      if (values) return { node: recording.nodes.push({ op: "Const", attrs: [], inputs: [], outputs: [{ id, shape: [...shape], dtype }], dependent: false, at: {}, constant: { values, shape: [...shape], dtype } }) - 1, output: 0 };
      ids.push(id);
      return { outside: recording.outsides.push({ kind: "captured", dataId: {}, id, shape: [...shape], dtype } satisfies Outside) - 1 };
    });
    const node = recording.nodes.push({ op, attrs, inputs: sources, outputs: metas.map(({ id, shape, dtype }) => ({ id, shape: [...shape], dtype })), dependent: true, at: {} }) - 1;
    const graph = buildGraph(backend, recording, new Set(), metas.map((_, output) => ({ node, output })));
    const outputs = new Int32Array(metas.length);
    graph.run(Int32Array.from(graph.inputs, (input) => (input as { id: number }).id), outputs, new Int32Array(metas.length).fill(-1), ways.plain);
    graph.dispose();
    return [...outputs];
  }

  Object.assign(binding, {
    createTensor(shape: readonly number[], dtype: number, values: Values) {
      const id = real.createTensor.call(binding, shape, dtype, values);
      known.set(id, { shape: [...shape], dtype, values: ArrayBuffer.isView(values) ? (values.slice() as Values) : [...values] });
      return id;
    },
    executeOp(op: string, attrs: never[], inputs: number[], outputs: number) {
      const metas = real.executeOp.call(binding, op, attrs, inputs, outputs);
      if (inside || metas.length === 0) return metas;
      inside = true;
      try {
        const ids = viaGraph(op, attrs, inputs, metas);
        count += 1;
        for (const { id } of metas) real.deleteTensor.call(binding, id);
        const through = metas.map((meta, at) => ({ ...meta, id: ids[at]! }));
        for (const { id, shape, dtype } of through) known.set(id, { shape, dtype });
        return through;
      } catch (error) {
        // `compile` runs such a step as it is, too.
        if (/shape of a result depends on values/.test((error as Error).message)) return metas;
        throw error;
      } finally {
        inside = false;
      }
    },
    deleteTensor(id: number) {
      known.delete(id);
      real.deleteTensor.call(binding, id);
    },
  });
  return () => count;
}
