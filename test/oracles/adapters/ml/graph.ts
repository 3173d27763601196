import * as tf from "@tensorflow/tfjs";
import * as graph from "../../../../kernel/helpers/graph/index.js";
import { difference } from "../../compare.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const read = ({ nodes, edges, directed = false }: Input) => graph.fromEdges(edges, { nodes, directed });
const close = (pairs: [number, number][]) => pairs.sort(([a, b], [c, d]) => a - c || b - d);

/** Sets a model's variables, in their order. */
const set = (model: graph.NodeModel, values: number[][][] | number[][]) => tf.tidy(() => model.variables.forEach((variable, at) => variable.assign(tf.tensor(values[at] as number[]))));

/** The model's answer and the gradients of the sum of its squares for x and the variables. */
function layer(model: graph.NodeModel, input: Input, names: string[], more: string[] = []): Input {
  const keys = [...names, ...more];
  set(model, keys.map((name) => input[name]));
  const result = tf.tidy(() => {
    const x = tf.tensor(input["x"]);
    const cost = (x: tf.Tensor) => tf.sum(tf.square(model.predict(x))) as tf.Scalar;
    const { grads } = tf.variableGrads(() => cost(x), model.variables);
    const gradients = model.variables.map((variable, at) => [`grad${keys[at]![0]!.toUpperCase()}${keys[at]!.slice(1)}`, grads[variable.name]!.arraySync()]);
    return { output: model.predict(x).arraySync(), gradX: tf.grad(cost)(x).arraySync(), ...Object.fromEntries(gradients) } as never;
  }) as Input;
  model.dispose();
  return result;
}

const largest = (value: unknown): number => (typeof value === "number" ? Math.abs(value) : value && typeof value === "object" ? Math.max(0, ...Object.values(value).map(largest)) : 0);

/** TensorFlow.js computes in float32 and the cases are float64: what agrees to 1e-6 of the largest entry of its list counts as equal, anything else stays as it is. */
const asFloat32 = (actual: Input, expected: Input): Input =>
  Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, difference(value, expected[key], { abs: 1e-6 * Math.max(1, largest(expected[key])), rel: 0 }) === undefined ? expected[key] : value]));

function gcn(input: Input): Input {
  const a = graph.normalizedAdjacency(read(input));
  const numbers = tf.tidy(() => {
    const [x, w1, w2] = [tf.tensor(input["x"]), tf.tensor(input["w1"]), tf.tensor(input["w2"])];
    const hidden = (x: tf.Tensor, w1: tf.Tensor) => tf.relu(graph.convolve(a, x, { kernel: w1 }));
    const logits = (x: tf.Tensor, w1: tf.Tensor, w2: tf.Tensor) => graph.convolve(a, hidden(x, w1), { kernel: w2 });
    const nodes = tf.tensor1d(input["trainNodes"], "int32");
    const y = tf.oneHot(tf.tensor1d((input["trainNodes"] as number[]).map((node) => input["y"][node]), "int32"), input["w2"][0].length).toFloat();
    const loss = (x: tf.Tensor, w1: tf.Tensor, w2: tf.Tensor) => tf.losses.softmaxCrossEntropy(y, tf.gather(logits(x, w1, w2), nodes)) as tf.Scalar;
    const [gradX, gradW1, gradW2] = tf.grads(loss)([x, w1, w2]).map((gradient) => gradient.arraySync());
    return { hidden: hidden(x, w1).arraySync(), logits: logits(x, w1, w2).arraySync(), loss: loss(x, w1, w2).arraySync(), gradX, gradW1, gradW2 } as never;
  }) as Input;
  return { normalisedAdjacency: graph.dense(a), ...numbers };
}

export const answers: Record<string, (input: Input, expected: any) => unknown> = { // oxlint-disable-line no-explicit-any
  gcn: (input, expected) => asFloat32(gcn(input), expected),
  "karate-club": () => {
    const { graph: club, clubs } = graph.karateClub();
    return { edges: close(graph.edgeList(club).map(([a, b]) => [a, b])), clubs };
  },
  "graph-measures": (input) => {
    const g = read(input);
    const { sizes } = graph.components(g);
    return {
      degree: graph.degree(g), weightedDegree: graph.degree(g, { weighted: true }), componentSizes: sizes, distances: graph.distances(g, 0),
      modularity: graph.modularity(g, input["groups"]), modularityResolution: graph.modularity(g, input["groups"], { resolution: 1.7 }),
      ...(g.directed
        ? { strongSizes: graph.components(g, { kind: "strong" }).sizes, inDegree: graph.degree(g, { direction: "in" }), outWeight: graph.degree(g, { direction: "out", weighted: true }) }
        : { ...measures(g, input["groups"]) }),
    };
  },
  "path-lengths": (input) => graph.pathLengths(read(input)),
  "normalized-adjacency": (input) => ({ matrix: graph.dense(graph.normalizedAdjacency(read(input), { kind: input["normalization"], selfLoops: input["selfLoops"] })) }),
  "sage-layer": (input) => {
    const pool = input["aggregator"] === "pool";
    const model = graph.sage(read(input), { features: 3, classes: 4, hidden: [], aggregator: input["aggregator"] });
    return layer(model, input, ["own", "neighbors", "bias"], pool ? ["poolKernel", "poolBias"] : []);
  },
  "gat-layer": (input) => layer(graph.gat(read(input), { features: 3, classes: 4, hidden: [] }), input, ["kernel", "source", "target", "bias"]),
  "link-quality": (input) => graph.judgeLinks({ positive: input["positive"], negative: input["negative"] }),
};

function measures(g: graph.Graph, groups: number[]): Input {
  const { local, average, transitivity } = graph.clustering(g);
  const { edge, node, adjusted } = graph.homophily(g, groups);
  return { clustering: local, average, transitivity, edgeHomophily: edge, nodeHomophily: node, adjustedHomophily: adjusted };
}
