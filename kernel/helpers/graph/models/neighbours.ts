import { known, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import type { Graph, NodeRef } from "../structure/contract.js";
import { nodeIndex } from "../structure/read.js";

/** Nodes to answer for, and for each further level the level before followed by the neighbours drawn for it. */
export interface NeighborSample {
  /** Level 0: the nodes asked for. Level k + 1: level k, then `sizes[k]` places for each of its nodes; -1 where a node has fewer neighbours. */
  readonly levels: readonly Int32Array[];
  readonly sizes: readonly number[];
}

/**
 * Some neighbours of each node, and some of theirs: what a mini-batch of GraphSAGE looks at. Without replacement; a node with fewer neighbours than
 * asked gives all of them.
 *
 * @param options `sizes`: how many at the first step away, at the second, ...; `seed`: default 1.
 * @throws unknown nodes; `expected at least one of sizes, got none`.
 * Source: Hamilton et al. 2017, which fills up with repeats where we leave places empty.
 * @example graph.sampleNeighbors(graph.fromEdges([[0, 1], [1, 2]]), [0], { sizes: [2] }).levels[1] // [0, 1, -1]
 */
export function sampleNeighbors(g: Graph, nodes: readonly NodeRef[], options: { sizes: readonly number[]; seed?: number }): NeighborSample {
  known(options, ["sizes", "seed"]);
  if (!options.sizes?.length) throw new RangeError("expected at least one of sizes, got none");
  for (const size of options.sizes) whole({ size }, 1);
  return drawNeighbors(g, Int32Array.from(nodes, (node) => nodeIndex(g, node)), options.sizes, random(options.seed ?? 1));
}

export function drawNeighbors(g: Graph, nodes: Int32Array, sizes: readonly number[], draw: Random): NeighborSample {
  const levels = [nodes];
  for (const size of sizes) {
    const from = levels.at(-1)!;
    const to = new Int32Array(from.length * (1 + size)).fill(-1);
    to.set(from);
    from.forEach((node, at) => {
      if (node >= 0) fill(g, node, to, from.length + at * size, size, draw);
    });
    levels.push(to);
  }
  return Object.freeze({ levels, sizes: [...sizes] });
}

/** The first `size` of a random order of the neighbours (Floyd's way of drawing without replacement). */
function fill({ offsets, targets }: Graph, node: number, to: Int32Array, place: number, size: number, draw: Random): void {
  const [from, count] = [offsets[node], offsets[node + 1] - offsets[node]];
  if (count <= size) return to.set(targets.subarray(from, from + count), place);
  const chosen = new Set<number>();
  for (let top = count - size; top < count; top++) {
    const at = draw.integer(0, top);
    chosen.add(chosen.has(at) ? top : at);
  }
  let next = place;
  for (const at of chosen) to[next++] = targets[from + at];
}
