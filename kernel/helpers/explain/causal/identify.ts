import { known } from "../../arguments.js";
import { frozen } from "../table.js";
import { checkNodes, closure, neighbours, type Dag } from "./graph.js";
import { separated } from "./separation.js";

export interface EffectQuery {
  treatment: string;
  outcome: string;
  /** Nodes that were measured; default: all. */
  observed?: readonly string[];
}

/**
 * True if adjusting for the set removes all confounding: it holds no effect of the treatment and closes every path into the treatment.
 *
 * @throws an unknown node; treatment or outcome in the set
 * @see Pearl (1993), back-door criterion
 * @example explain.isBackdoorSet(explain.dag([["z", "t"], ["z", "y"], ["t", "y"]]), { treatment: "t", outcome: "y", set: ["z"] }) // true
 */
export function isBackdoorSet(graph: Dag, query: { treatment: string; outcome: string; set: readonly string[] }): boolean {
  known(query, ["treatment", "outcome", "set"]);
  const { treatment, outcome, set } = query;
  checkNodes(graph, { treatment: [treatment], outcome: [outcome], set });
  return backdoor(graph, treatment, outcome, set);
}

function backdoor(graph: Dag, treatment: string, outcome: string, set: readonly string[]): boolean {
  const effects = closure([treatment], neighbours(graph).children);
  if (set.some((node) => effects.has(node))) return false;
  return separated({ nodes: graph.nodes, edges: graph.edges.filter(([from]) => from !== treatment) }, [treatment], [outcome], set);
}

/**
 * All smallest sets that satisfy the back-door criterion: from none of them can a node be left out. `[[]]` if nothing confounds,
 * `[]` if no measured set will do.
 *
 * @throws an unknown node; more than 16 candidates (the search tries subsets)
 * @example explain.backdoorSets(explain.dag([["z", "t"], ["z", "w"], ["w", "y"], ["t", "y"]]), { treatment: "t", outcome: "y" }) // [["z"], ["w"]]
 */
export function backdoorSets(graph: Dag, query: EffectQuery): readonly (readonly string[])[] {
  const { treatment, outcome } = checkQuery(graph, query);
  const effects = closure([treatment], neighbours(graph).children);
  return minimalSets(candidates(graph, query).filter((node) => !effects.has(node)), (set) => backdoor(graph, treatment, outcome, set));
}

/**
 * All smallest sets that satisfy the front-door criterion: they catch every directed path from treatment to outcome, nothing confounds
 * treatment and set, and the treatment closes every back door from set to outcome. Works where the confounder was never measured.
 * `[]` where no set will do, or where no path leads from treatment to outcome: then there is no effect to measure.
 *
 * @see Pearl (1995), front-door criterion
 * @throws as `backdoorSets`
 * @example
 * const causes = explain.dag([["u", "t"], ["u", "y"], ["t", "m"], ["m", "y"]]);
 * explain.frontdoorSets(causes, { treatment: "t", outcome: "y", observed: ["t", "m", "y"] }) // [["m"]]
 */
export function frontdoorSets(graph: Dag, query: EffectQuery): readonly (readonly string[])[] {
  const { treatment, outcome } = checkQuery(graph, query);
  const without = (nodes: readonly string[]): Dag => ({ nodes: graph.nodes, edges: graph.edges.filter(([from]) => !nodes.includes(from)) });
  if (!closure([treatment], neighbours(graph).children).has(outcome)) return [];
  return minimalSets(candidates(graph, query), (set) => {
    if (set.length === 0) return false;
    const { children } = neighbours({ nodes: graph.nodes, edges: graph.edges.filter(([from, to]) => !set.includes(from) && !set.includes(to)) });
    if (closure([treatment], children).has(outcome)) return false;
    if (!separated(without([treatment]), [treatment], set, [])) return false;
    return separated(without(set), set, [outcome], [treatment]);
  });
}

function checkQuery(graph: Dag, query: EffectQuery): EffectQuery {
  known(query, ["treatment", "outcome", "observed"]);
  checkNodes(graph, { treatment: [query.treatment], outcome: [query.outcome] });
  checkNodes(graph, { observed: query.observed ?? [] });
  return query;
}

const candidates = (graph: Dag, { treatment, outcome, observed }: EffectQuery): string[] => (observed ?? graph.nodes).filter((node) => node !== treatment && node !== outcome);

/** By growing size; a set that holds a found one is not minimal. */
function minimalSets(nodes: readonly string[], holds: (set: readonly string[]) => boolean): readonly (readonly string[])[] {
  if (nodes.length > 16) throw new RangeError(`expected at most 16 candidates, got ${nodes.length}: name fewer in observed`);
  const found: number[] = [];
  const all = Array.from({ length: 2 ** nodes.length }, (_, bits) => bits).sort((a, b) => ones(a) - ones(b) || a - b);
  const members = (bits: number) => nodes.filter((_, at) => (bits >> at) & 1);
  for (const bits of all) if (!found.some((less) => (bits & less) === less) && holds(members(bits))) found.push(bits);
  return frozen(found.map(members));
}

const ones = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + ones(bits >> 1));
