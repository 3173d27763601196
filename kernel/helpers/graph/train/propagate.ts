import { say } from "../../../display/language.js";
import { known, positive, whole } from "../../arguments.js";
import { multiplyRows } from "../sparse/rows.js";
import { normalizedAdjacency } from "../sparse/normalize.js";
import type { Graph } from "../structure/contract.js";
import { showLine } from "../structure/show.js";
import { readLabels, unreached, type NodeLabel } from "./labels.js";

export interface LabelPropagation<L extends NodeLabel = NodeLabel> {
  readonly classes: readonly L[];
  /** By node; null where no label reaches. */
  readonly labels: readonly (L | null)[];
  readonly probabilities: readonly (readonly number[])[];
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
}

/**
 * Labels flow along edges: each node takes the mean of its neighbours' beliefs (by edge weight), nodes with a label keep it. A baseline without
 * features: strong where neighbours are alike. Directed graphs: a node listens to those that it points to.
 *
 * @param labels one a node; null: not known.
 * @param options `iterations`: at most, default 1000; `tolerance`: end when no belief moves by more, default 1e-4.
 * @returns in components without any label: null, and a warning that names them.
 * @throws `expected labels of at least 2 classes, got 1`; `expected labels of length 4 like nodes, got 3`.
 * Source: Zhu and Ghahramani 2002.
 * @example graph.propagateLabels(graph.fromEdges([[0, 1], [1, 2], [2, 3]]), ["a", null, null, "b"]).labels // ["a", "a", "b", "b"]
 */
export function propagateLabels<L extends NodeLabel>(g: Graph, labels: readonly (L | null)[], options: { iterations?: number; tolerance?: number } = {}): LabelPropagation<L> {
  known(options, ["iterations", "tolerance"]);
  const iterations = whole({ iterations: options.iterations ?? 1000 }, 1);
  const tolerance = positive({ tolerance: options.tolerance ?? 1e-4 });
  const { classes, of } = readLabels(g, labels, undefined);
  if (classes.length < 2) throw new RangeError(`expected labels of at least 2 classes, got ${classes.length}`);
  const size = classes.length;
  const mean = normalizedAdjacency(g, { kind: "row", selfLoops: false });
  const given = new Float64Array(g.nodes * size);
  of.forEach((at, node) => {
    if (at >= 0) given[node * size + at] = 1;
  });
  let belief: Float64Array = given.slice();
  let [round, converged] = [0, false];
  while (round < iterations && !converged) {
    const next = multiplyRows(mean, belief, size);
    let moved = 0;
    for (let node = 0; node < g.nodes; node++) {
      const at = node * size;
      if (of[node] >= 0) next.set(given.subarray(at, at + size), at);
      else spread(next, at, size);
      for (let k = at; k < at + size; k++) moved = Math.max(moved, Math.abs(next[k] - belief[k]));
    }
    belief = next;
    round += 1;
    converged = moved <= tolerance;
  }
  const probabilities = Array.from({ length: g.nodes }, (_, node) => Array.from(belief.subarray(node * size, (node + 1) * size)));
  const told = probabilities.map((row) => (row.every((p) => p === 0) ? null : (classes[row.indexOf(Math.max(...row))] as L)));
  const warnings = unreached(g, Int32Array.from(of.keys()).filter((node) => of[node] >= 0));
  const result = { classes: classes as readonly L[], labels: told, probabilities, iterations: round, converged, warnings };
  return showLine(result, () => [say(`Label propagation: ${told.filter((label) => label !== null).length} of ${g.nodes} nodes have a class after ${round} rounds${converged ? "" : " (not converged)"}.`, `标签传播：${round} 轮之后，${g.nodes} 个节点中 ${told.filter((label) => label !== null).length} 个有了类别${converged ? "" : "（未收敛）"}。`), ...warnings].join("\n"));
}

/** A row that adds up to 1, or stays 0. */
function spread(values: Float64Array, from: number, size: number): void {
  let sum = 0;
  for (let k = from; k < from + size; k++) sum += values[k];
  if (sum > 0) for (let k = from; k < from + size; k++) values[k] /= sum;
}
