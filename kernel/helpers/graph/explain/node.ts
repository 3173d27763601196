import * as tf from "@tensorflow/tfjs";
import { known, oneOf, whole } from "../../arguments.js";
import type { NodeModel } from "../models/contract.js";
import type { NodeRef } from "../structure/contract.js";
import { edgeList, neighborhood, nodeIndex, subgraph, withoutEdges } from "../structure/read.js";
import { showAs } from "../../label/show.js";

export interface EdgeImportance {
  readonly source: number;
  readonly target: number;
  /** Above 0: the edge speaks for the class. */
  readonly importance: number;
}

export interface NodeExplanation {
  readonly node: number;
  /** The class explained: an index of scores. */
  readonly class: number;
  /** Its probability at the node. */
  readonly probability: number;
  /** Edges that the answer can see, the most important (by size) first. */
  readonly edges: readonly EdgeImportance[];
}

/**
 * Which edges a network's answer for one node rests on.
 *
 * "occlusion": by how much the class's probability falls when the edge is taken away, degrees and all; one answer an edge, around the node only.
 * "gradient": the derivative of the probability when the edge counts a little more, degrees as they are; one step for all edges.
 *
 * @param data `x`: nodes x features; `node`; `class`: index of the class, default the predicted one.
 * @param options `method`: default "occlusion".
 * @throws unknown nodes; `expected class from 0 to 1, got 2`; `expected a model with entries for method gradient, got mlp`.
 * @example
 * const g = graph.fromEdges([[0, 1], [2, 3]]);
 * const model = graph.gcn(g, { features: 1, classes: 2 });
 * graph.explainNode(model, { x: tf.ones([4, 1]), node: 0 }).edges.length // 1
 */
export function explainNode(model: NodeModel, data: { readonly x: tf.Tensor; readonly node: NodeRef; readonly class?: number }, options: { method?: "occlusion" | "gradient" } = {}): NodeExplanation {
  known(options, ["method"]);
  known(data, ["x", "node", "class"]);
  const method = oneOf({ method: options.method ?? "occlusion" }, ["occlusion", "gradient"]);
  const g = model.graph;
  const node = nodeIndex(g, data.node);
  const answer = Array.from(tf.tidy(() => tf.softmax(tf.slice(model.predict(data.x, false), node, 1)).dataSync()));
  const chosen = whole({ class: data.class ?? answer.reduce((best, p, at) => (p > answer[best] ? at : best), 0) });
  if (chosen >= model.classes) throw new RangeError(`expected class from 0 to ${model.classes - 1}, got ${chosen}`);
  const found = method === "gradient" ? byGradient(model, data.x, node, chosen) : byOcclusion(model, data.x, node, chosen);
  const edges = found.sort((a, b) => Math.abs(b.importance) - Math.abs(a.importance) || a.source - b.source || a.target - b.target);
  return showAs({ node, class: chosen, probability: answer[chosen], edges }, () => edges.slice(0, 20).map(({ source, target, importance }) => ({ source: g.names[source], target: g.names[target], importance })),
    () => `Node ${g.names[node]}, class ${chosen} with probability ${answer[chosen].toFixed(3)}: its edges`);
}

function byGradient(model: NodeModel, x: tf.Tensor, node: number, chosen: number): EdgeImportance[] {
  const { entries, graph: g } = model;
  if (!entries) throw new TypeError(`expected a model with entries for method gradient, got ${model.kind}: use occlusion`);
  const slopes = tf.tidy(() => tf.grad((scale) => tf.slice(tf.softmax(model.predict(x, false, scale)), [node, chosen], [1, 1]).asScalar())(tf.ones([entries.rowOf.length])).dataSync());
  const sums = new Map<number, number>();
  slopes.forEach((slope, at) => {
    const [a, b] = [entries.rowOf[at], entries.columnOf[at]];
    const key = !g.directed && b < a ? b * g.nodes + a : a * g.nodes + b;
    sums.set(key, (sums.get(key) ?? 0) + slope);
  });
  const near = new Set(neighborhood(g, node, model.hops));
  return edgeList(g).flatMap(([source, target]) => (source !== target && (near.has(source) || near.has(target)) ? [{ source, target, importance: sums.get(source * g.nodes + target) ?? 0 }] : []));
}

/** Answers on the part of the graph that the node can see, one step wider so that its degrees are right. */
function byOcclusion(model: NodeModel, x: tf.Tensor, node: number, chosen: number): EdgeImportance[] {
  const nodes = neighborhood(model.graph, node, model.hops + 1);
  const inner = new Set(neighborhood(model.graph, node, model.hops).map((at) => nodes.indexOf(at)));
  const around = subgraph(model.graph, nodes);
  const rows = tf.tidy(() => tf.gather(x, tf.tensor1d(nodes, "int32")));
  const probability = (on: NodeModel): number => tf.tidy(() => tf.softmax(tf.slice(on.predict(rows, false), 0, 1)).dataSync())[chosen];
  try {
    const before = probability(model.on(around));
    return edgeList(around).flatMap(([a, b]) => {
      if (a === b || !(inner.has(a) || inner.has(b))) return [];
      const importance = before - probability(model.on(withoutEdges(around, [[a, b]])));
      const [source, target] = [nodes[a], nodes[b]];
      return [model.graph.directed || source < target ? { source, target, importance } : { source: target, target: source, importance }];
    });
  } finally {
    rows.dispose();
  }
}
