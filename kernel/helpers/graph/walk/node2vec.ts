import { say } from "../../../display/language.js";
import { known, positive, whole } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";
import { showLine } from "../structure/show.js";
import { skipGram } from "./skip-gram.js";
import { randomWalks, walkOptions, type WalkOptions } from "./walks.js";

export interface Node2VecOptions extends WalkOptions {
  /** Length of the vectors; default 32. */
  dimensions?: number;
  /** How far apart in a walk two nodes may be to count as near; default 5. */
  window?: number;
  /** Nodes drawn against each near one; default 5. */
  negatives?: number;
  /** Passes over the walks; default 1. */
  epochs?: number;
  /** At the start; default 0.025. */
  learningRate?: number;
}

export interface Node2Vec {
  /** By node. */
  readonly vectors: readonly Float32Array[];
  /** Mean over the pairs of every eighth walk, by epoch. */
  readonly loss: readonly number[];
  /** Nodes in all walks together. */
  readonly walked: number;
}

/**
 * A vector for each node, so that nodes that meet in random walks are alike: skip-gram with negative sampling over `graph.randomWalks`. It sees
 * edges only; a node without any keeps a vector near 0.
 *
 * @throws `expected window >= 1 ...`; `expected a graph with edges, got none`.
 * Source: Grover and Leskovec 2016; word2vec's sampling (Mikolov et al. 2013).
 * @example graph.node2vec(graph.karateClub().graph, { dimensions: 8, perNode: 2, length: 10 }).vectors[0].length // 8
 */
export function node2vec(g: Graph, options: Node2VecOptions = {}): Node2Vec {
  const { dimensions = 32, window = 5, negatives = 5, epochs = 1, learningRate = 0.025, ...walking } = options;
  known(options, [...walkOptions, "dimensions", "window", "negatives", "epochs", "learningRate"]);
  for (const one of [{ dimensions }, { window }, { negatives }, { epochs }]) whole(one, 1);
  positive({ learningRate });
  if (g.edges === 0) throw new RangeError("expected a graph with edges, got none");
  const walks = randomWalks(g, walking);
  const { vectors, loss } = skipGram(walks, g.nodes, { dimensions, window, negatives, epochs, learningRate, seed: (options.seed ?? 1) + 1 });
  const walked = walks.reduce((sum, walk) => sum + walk.length, 0);
  return showLine({ vectors, loss, walked }, () => say(`Vectors of ${dimensions} numbers for ${g.nodes} nodes from ${walks.length} walks; loss ${loss.at(-1)!.toFixed(3)}.`, `${walks.length} 次游走得到 ${g.nodes} 个节点的 ${dimensions} 维向量；损失 ${loss.at(-1)!.toFixed(3)}。`));
}
