import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { known } from "../../arguments.js";
import { treeRules as intervals } from "../../explain/tree/rules.js";
import type { Label } from "../examples/contract.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { checkTree, isClassTree, largest, leafText, walk, type AnyTree, type Example } from "./walk.js";

export interface TreeRule {
  /** `if age <= 30 and 2 < visits <= 5 then yes (90% of 20)`. */
  readonly text: string;
  /** One interval a feature that is asked: low < x <= high. */
  readonly conditions: readonly { readonly feature: number; readonly name: string; readonly low: number; readonly high: number }[];
  /** The class, or the mean. */
  readonly predicts: Label;
  /** Shares of the classes, in the order of `classes`; for numbers the mean. */
  readonly value: number | readonly number[];
  /** Training rows under the rule. */
  readonly samples: number;
}

/**
 * A tree as rules in words, one a leaf, from left to right: each example falls under exactly one. Questions about one feature are drawn together.
 *
 * @throws `expected a model of decisionTree or regressionTree, got ...`
 * @example
 * const tree = nn.decisionTree({ x: [[1], [2], [3], [4]], y: ["no", "no", "yes", "yes"], features: ["age"] });
 * nn.treeRules(tree).map(({ text }) => text) // ["if age <= 2.5 then no (100% of 2)", "if age > 2.5 then yes (100% of 2)"]
 */
export function treeRules(model: AnyTree): readonly TreeRule[] {
  checkTree(model);
  const { tree, features } = model;
  // Both go left first.
  const leaves = tree.left.flatMap((left, node) => (left < 0 ? [node] : []));
  const rules = intervals(tree, { names: features }).map(({ text, conditions, value }, at): TreeRule => ({
    text: `${text === "always" ? "always" : `if ${text} then`} ${leafText(model, leaves[at])}`, conditions, value, samples: tree.samples[leaves[at]],
    predicts: isClassTree(model) ? model.classes[largest(value as readonly number[])] : (value as number),
  }));
  const list = frozen(rules.slice()) as readonly TreeRule[];
  return shownBy([...list], () => tableUnder(say(`${list.length} rules`, `${list.length} 条规则`), list.map(({ text, samples }) => ({ rule: text, samples })))) as readonly TreeRule[];
}

export interface DecisionStep {
  readonly node: number;
  readonly feature: string;
  /** The example's value. */
  readonly value: number;
  readonly threshold: number;
  /** Whether value <= threshold, so that the way goes left. */
  readonly yes: boolean;
  readonly text: string;
}

export interface DecisionPath {
  /** Node numbers, root first. */
  readonly nodes: readonly number[];
  readonly steps: readonly DecisionStep[];
  readonly predicts: Label;
  /** The whole way as one sentence. */
  readonly text: string;
}

/**
 * The questions that a tree asks about one example, and what it concludes.
 *
 * @param x a row of numbers, or a record with the tree's features
 * @throws `expected 1 numbers in row 0 of rows, got 2`
 * @example
 * const tree = nn.decisionTree({ x: [[1], [2], [3], [4]], y: ["no", "no", "yes", "yes"], features: ["age"] });
 * nn.decisionPath(tree, { x: [3.2] }).text // "age = 3.2 > 2.5: yes (100% of 2)"
 */
export function decisionPath(model: AnyTree, options: { x: Example }): DecisionPath {
  checkTree(model);
  known(options, ["x"]);
  const { nodes, values } = walk(model, options.x);
  const { tree, features } = model;
  const steps = nodes.slice(0, -1).map((node): DecisionStep => {
    const [feature, value, threshold] = [features[tree.feature[node]], values[tree.feature[node]], tree.threshold[node]];
    const yes = value <= threshold;
    return { node, feature, value, threshold, yes, text: `${feature} = ${number(value)} ${yes ? "<=" : ">"} ${number(threshold)}` };
  });
  const leaf = nodes.at(-1)!;
  const predicts = isClassTree(model) ? model.classes[largest(model.tree.value[leaf])] : model.tree.value[leaf];
  const text = `${steps.map((step) => step.text).join(", ") || "always"}: ${leafText(model, leaf)}`;
  const path: DecisionPath = frozen({ nodes, steps, predicts, text });
  return shownBy({ ...path }, () => tableUnder(text, steps.map(({ feature, value, threshold, yes }) => ({ feature, value, question: `<= ${number(threshold)}`, answer: yes ? "yes" : "no" }))));
}
