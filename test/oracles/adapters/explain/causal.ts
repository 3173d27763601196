import { explain } from "../../../../kernel/index.js";
import type { OracleCase } from "../../contract.js";

/** Adjustment sets and the front-door estimate. */
export const causalAnswers: Record<string, (input: OracleCase["input"], expected: never) => unknown> = {
  "causal-sets": (input, expected: { isBackdoorSet: Record<string, boolean> }) => {
    const { nodes, edges, observed } = input as unknown as { nodes: string[]; edges: [string, string][]; observed: string[] };
    const graph = explain.dag(edges, { nodes });
    const query = { treatment: "t", outcome: "y" };
    const set = (text: string) => (text === "" ? [] : text.split(","));
    return {
      isBackdoorSet: Object.fromEntries(Object.keys(expected.isBackdoorSet).map((text) => [text, explain.isBackdoorSet(graph, { ...query, set: set(text) })])),
      frontdoorSets: explain.frontdoorSets(graph, { ...query, observed }).map((one) => one.toSorted()).toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
    };
  },
  "causal-frontdoor": (input) => {
    const { data, mediators } = input as unknown as { data: explain.CausalData; mediators: string[] };
    return explain.frontdoorEffect(data, { treatment: "t", outcome: "y", mediators });
  },
};
