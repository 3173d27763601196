import { known } from "../../arguments.js";
import type { NamesOption } from "../model/contract.js";
import { columnNames, frozen } from "../table.js";
import type { Tree } from "./contract.js";
import { flatten } from "./flat.js";

export interface Rule {
  /** In words: `age <= 30 and income > 1000`; "always" for a tree that asks nothing. */
  readonly text: string;
  /** One interval a feature: low < x <= high. */
  readonly conditions: readonly { readonly feature: number; readonly name: string; readonly low: number; readonly high: number }[];
  readonly value: number | readonly number[];
  /** Training rows that the rule speaks for. */
  readonly cover: number;
}

/**
 * A tree as rules, one a leaf, from left to right: each row falls under exactly one. Questions about one feature are drawn together.
 *
 * @throws broken trees as in `predictTree`
 * @example
 * const tree = { feature: [0, -2, -2], threshold: [0.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, 10, 20], cover: [4, 3, 1] };
 * explain.treeRules(tree, { names: ["age"] }).map(({ text }) => text) // ["age <= 0.5", "age > 0.5"]
 */
export function treeRules(tree: Tree, options: NamesOption = {}): readonly Rule[] {
  known(options, ["names"]);
  flatten(tree, typeof tree?.value?.[0] === "object" ? { output: 0 } : {});
  const width = tree.feature.reduce((most, feature, node) => (tree.left[node] === -1 ? most : Math.max(most, feature + 1)), 0);
  const names = columnNames(options.names, options.names?.length ?? width);
  if (names.length < width) throw new RangeError(`expected at least ${width} names, got ${names.length}`);
  const rules: Rule[] = [];
  visit(0, new Map());
  return frozen(rules);

  function visit(node: number, bounds: ReadonlyMap<number, readonly [number, number]>): void {
    const [left, right, feature, threshold] = [tree.left[node], tree.right[node], tree.feature[node], tree.threshold[node]];
    if (left === -1) {
      const conditions = Array.from(bounds, ([index, [low, high]]) => ({ feature: index, name: names[index], low, high }));
      rules.push({ text: conditions.map(inWords).join(" and ") || "always", conditions, value: tree.value[node], cover: tree.cover[node] });
      return;
    }
    const [low, high] = bounds.get(feature) ?? [-Infinity, Infinity];
    visit(left, new Map(bounds).set(feature, [low, Math.min(high, threshold)]));
    visit(right, new Map(bounds).set(feature, [Math.max(low, threshold), high]));
  }
}

function inWords({ name, low, high }: Rule["conditions"][number]): string {
  const [from, to] = [low, high].map((value) => String(Number(value.toPrecision(6))));
  if (low === -Infinity) return `${name} <= ${to}`;
  return high === Infinity ? `${name} > ${from}` : `${from} < ${name} <= ${to}`;
}
