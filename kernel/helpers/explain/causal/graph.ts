import { shown } from "../../arguments.js";
import { frozen } from "../table.js";

/** Who causes whom: a directed graph without loops. */
export interface Dag {
  readonly nodes: readonly string[];
  readonly edges: readonly (readonly [cause: string, effect: string])[];
}

/**
 * A causal graph from its arrows.
 *
 * @param edges pairs [cause, effect]
 * @param options `nodes` names nodes that no arrow touches, too
 * @throws `expected a graph without cycles, got a -> b -> a`; an arrow given twice; a name that is no string
 * @see Pearl (2009), "Causality"
 * @example explain.dag([["smoking", "tar"], ["tar", "cancer"]]).nodes // ["smoking", "tar", "cancer"]
 */
export function dag(edges: readonly (readonly [string, string])[], options: { nodes?: readonly string[] } = {}): Dag {
  const seen = new Set<string>();
  for (const edge of edges) {
    if (!Array.isArray(edge) || edge.length !== 2 || edge.some((name) => typeof name !== "string" || name === "")) throw new TypeError(`expected edges as [cause, effect], got ${shown(edge)}`);
    const key = JSON.stringify(edge);
    if (seen.has(key)) throw new RangeError(`expected each edge once, got ${edge[0]} -> ${edge[1]} twice`);
    seen.add(key);
  }
  const graph = frozen({ nodes: [...new Set([...(options.nodes ?? []), ...edges.flat()])], edges: edges.map(([from, to]) => [from, to] as const) });
  const cycle = findCycle(graph);
  if (cycle) throw new RangeError(`expected a graph without cycles, got ${cycle.join(" -> ")}`);
  return graph;
}

function findCycle(graph: Dag): string[] | undefined {
  const { children } = neighbours(graph);
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (node: string): string[] | undefined => {
    if (state.get(node) === "done") return undefined;
    if (state.get(node) === "open") return [...path.slice(path.indexOf(node)), node];
    state.set(node, "open");
    path.push(node);
    for (const child of children.get(node)!) {
      const cycle = visit(child);
      if (cycle) return cycle;
    }
    path.pop();
    state.set(node, "done");
    return undefined;
  };
  for (const node of graph.nodes) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}

export function neighbours({ nodes, edges }: Dag): { parents: Map<string, string[]>; children: Map<string, string[]> } {
  const parents = new Map(nodes.map((node) => [node, [] as string[]]));
  const children = new Map(nodes.map((node) => [node, [] as string[]]));
  for (const [from, to] of edges) {
    children.get(from)!.push(to);
    parents.get(to)!.push(from);
  }
  return { parents, children };
}

/** The nodes themselves and all that the steps reach from them. */
export function closure(from: Iterable<string>, steps: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(from);
  for (const node of found) for (const next of steps.get(node)!) found.add(next);
  return found;
}

/** Names that the graph knows, no two groups sharing one. */
export function checkNodes(graph: Dag, groups: Readonly<Record<string, readonly string[]>>): void {
  const owner = new Map<string, string>();
  for (const [group, names] of Object.entries(groups)) {
    for (const name of names) {
      if (!graph.nodes.includes(name)) throw new RangeError(`unknown node: ${name} in ${group} (known: ${graph.nodes.join(", ")})`);
      if (owner.has(name) && owner.get(name) !== group) throw new RangeError(`expected ${group} apart from ${owner.get(name)}, got ${name} in both`);
      owner.set(name, group);
    }
  }
}
