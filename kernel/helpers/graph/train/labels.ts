import { sameLength } from "../../arguments.js";
import type { Graph, NodeRef } from "../structure/contract.js";
import { nodeIndices } from "../structure/read.js";
import { components } from "../measure/components.js";

export type NodeLabel = string | number;

/** Class names in order and the class of each node, -1 where it is not known. */
export function readLabels(g: Graph, labels: readonly (NodeLabel | null)[], classes: readonly NodeLabel[] | undefined): { classes: readonly NodeLabel[]; of: Int32Array } {
  sameLength({ nodes: { length: g.nodes }, labels });
  const found = classes ?? [...new Set(labels.filter((label) => label !== null))].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
  const place = new Map(found.map((name, at) => [name, at]));
  const of = Int32Array.from(labels, (label, node) => {
    if (label === null) return -1;
    const at = place.get(label);
    if (at === undefined) throw new RangeError(`unknown class: ${JSON.stringify(label)} of node ${g.names[node]} (known: ${found.join(", ")})`);
    return at;
  });
  return { classes: found, of };
}

/** Indices of labelled nodes: a node to learn from or to judge on must have a label. */
export function labelledNodes(g: Graph, of: Int32Array, named: Readonly<Record<string, readonly NodeRef[]>>): Int32Array {
  const [name] = Object.keys(named);
  const chosen = nodeIndices(g, named);
  const bare = chosen.find((node) => of[node] < 0);
  if (bare !== undefined) throw new RangeError(`expected labels of the nodes in ${name}, got null for ${g.names[bare]}`);
  return Int32Array.from(chosen);
}

/** What to know of parts of the graph from which no labelled node can be reached. */
export function unreached(g: Graph, labelled: Int32Array): string[] {
  const { of, sizes, count } = components(g);
  if (count <= 1) return [];
  const reached = new Set(Array.from(labelled, (node) => of[node]));
  const cut = sizes.flatMap((size, part) => (reached.has(part) ? [] : [{ size, first: g.names[of.indexOf(part)] }]));
  if (cut.length === 0) return [];
  const nodes = cut.reduce((sum, { size }) => sum + size, 0);
  const told = cut.slice(0, 3).map(({ size, first }) => (size === 1 ? first : `${size} nodes around ${first}`));
  return [`no labelled node in ${cut.length} of ${count} components (${nodes} nodes: ${told.join("; ")}${cut.length > 3 ? "; ..." : ""}): along edges nothing reaches them`];
}
