import * as tf from "@tensorflow/tfjs";
import { whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { NodeModel } from "../models/contract.js";
import { drawNeighbors } from "../models/neighbours.js";
import { sampleTensors, type SageModel } from "../models/sage.js";

/** The steps of an epoch, and how a step answers for its nodes. */
export interface Batches {
  /** `tensors`: the classes as one-hot rows, then what `scores` is given. Tensors live until the next step. */
  epoch(oneHot: (nodes: Int32Array) => tf.Tensor): Iterable<{ rows: number; tensors: [tf.Tensor, ...tf.Tensor[]] }>;
  scores(x: tf.Tensor, batch: readonly tf.Tensor[]): tf.Tensor;
  dispose(): void;
}

export function batches(model: NodeModel, of: Int32Array, train: Int32Array, options: { batchSize?: number; neighbors?: readonly number[]; seed: number }): Batches {
  return options.batchSize === undefined && options.neighbors === undefined ? allAtOnce(model, train) : sampled(model, train, options);
}

function allAtOnce(model: NodeModel, train: Int32Array): Batches {
  const nodes = tf.tensor1d(train, "int32");
  let y: tf.Tensor | undefined;
  return {
    *epoch(oneHot) {
      y ??= oneHot(train);
      yield { rows: train.length, tensors: [y, nodes] };
    },
    scores: (x, [nodes]) => tf.gather(model.predict(x, true), nodes as tf.Tensor1D),
    dispose: () => tf.dispose([nodes, ...(y ? [y] : [])]),
  };
}

function sampled(model: NodeModel, train: Int32Array, { batchSize, neighbors, seed }: { batchSize?: number; neighbors?: readonly number[]; seed: number }): Batches {
  if (!("predictSample" in model)) throw new TypeError(`expected a model of graph.sage for batchSize and neighbors, got ${model.kind}: leave them out to train on all nodes at once`);
  const size = whole({ batchSize: batchSize ?? 32 }, 1);
  const sizes = neighbors ?? new Array<number>(model.hops).fill(10);
  if (sizes.length !== model.hops) throw new RangeError(`expected neighbors of ${model.hops} numbers, one a layer, got ${sizes.length}`);
  for (const one of sizes) whole({ neighbors: one }, 1);
  const draw = random(seed);
  let open: tf.Tensor[] = [];
  const close = () => {
    tf.dispose(open);
    open = [];
  };
  return {
    *epoch(oneHot) {
      const order = Int32Array.from(draw.shuffle(Array.from(train)));
      for (let from = 0; from < order.length; from += size) {
        close();
        const nodes = order.slice(from, from + size);
        const y = oneHot(nodes);
        const { levels } = sampleTensors(drawNeighbors(model.graph, nodes, sizes, draw));
        open = [y, ...levels];
        yield { rows: nodes.length, tensors: [y, ...levels] };
      }
    },
    scores: (x, levels) => (model as SageModel).predictSample(x, { levels, sizes }, true),
    dispose: close,
  };
}
