import { known } from "../../arguments.js";
import { checkNodes, neighbours, type Dag } from "./graph.js";

const list = (names: string | readonly string[]): readonly string[] => (typeof names === "string" ? [names] : names);

/**
 * True if the graph says that x and y are independent once `given` is known: no path between them is open. A path is closed by a known node
 * it runs through, and by a collider (-> c <-) where neither c nor anything it causes is known.
 *
 * @throws an unknown node; a node in two of the three groups
 * @see Pearl (1988); reachability after Shachter (1998), "Bayes-Ball"; agrees with networkx.is_d_separator
 * @example
 * const causes = explain.dag([["rain", "wet"], ["sprinkler", "wet"]]);
 * explain.dSeparated(causes, { x: "rain", y: "sprinkler" }) // true
 * explain.dSeparated(causes, { x: "rain", y: "sprinkler", given: ["wet"] }) // false
 */
export function dSeparated(graph: Dag, query: { x: string | readonly string[]; y: string | readonly string[]; given?: readonly string[] }): boolean {
  known(query, ["x", "y", "given"]);
  const [x, y, given] = [list(query.x), list(query.y), query.given ?? []];
  checkNodes(graph, { x, y, given });
  return separated(graph, x, y, given);
}

/** Without the checks, for searches over many sets. */
export function separated(graph: Dag, x: readonly string[], y: readonly string[], given: readonly string[]): boolean {
  const { parents, children } = neighbours(graph);
  const measured = new Set(given);
  const goals = new Set(y);
  // A visit is a node with the way it was entered: "up" from one of its effects, "down" from one of its causes.
  // A collider opened by a known effect of its own needs no rule: the visit goes down to that effect and comes back up.
  const visits: [node: string, way: "up" | "down"][] = x.map((node) => [node, "up"]);
  const seen = new Set(x.map((node) => `up ${node}`));
  const go = (node: string, way: "up" | "down") => {
    const key = `${way} ${node}`;
    if (!seen.has(key)) {
      seen.add(key);
      visits.push([node, way]);
    }
  };
  for (const [node, way] of visits) {
    if (!measured.has(node) && goals.has(node)) return false;
    if (!measured.has(node)) for (const child of children.get(node)!) go(child, "down");
    if ((way === "up") !== measured.has(node)) for (const parent of parents.get(node)!) go(parent, "up");
  }
  return true;
}
