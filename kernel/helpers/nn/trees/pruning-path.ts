import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import type { Examples } from "../examples/contract.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { treeOptionNames, type DecisionTreeOptions } from "./classify.js";
import type { TreeLimits } from "./contract.js";
import { grow } from "./grow.js";
import { limitNames, readLimits } from "./options.js";
import { classProblem, meanProblem, rowsWithWeight } from "./problem.js";
import { stages } from "./prune.js";

/** One entry a stage, from the whole tree to the root alone. */
export interface PruningPath {
  /** `ccpAlpha` from which on the tree of this stage is the one that is left. */
  readonly alphas: readonly number[];
  /** Impurity of its leaves, weighted by their rows. */
  readonly impurities: readonly number[];
  readonly leaves: readonly number[];
}

/**
 * The trees that cost-complexity pruning leaves as `ccpAlpha` grows: choose one by held-out rows, then give its alpha to `decisionTree`.
 *
 * Source: Breiman et al. (1984), chapter 3; as scikit-learn's `cost_complexity_pruning_path`.
 *
 * @throws as `decisionTree`
 * @example
 * const path = nn.pruningPath({ x: [[1], [2], [3], [4], [5]], y: ["a", "a", "b", "a", "b"] });
 * path.alphas // [0, 0.13, 0.21]
 * path.leaves // [4, 2, 1]
 */
export function pruningPath(data: Examples, options: Omit<DecisionTreeOptions, "ccpAlpha"> = {}): PruningPath {
  known(options, treeOptionNames.filter((name) => name !== "ccpAlpha"));
  return path(classProblem(data, options), options);
}

/**
 * As `pruningPath`, for `regressionTree`.
 *
 * @example nn.regressionPruningPath({ x: [[1], [2], [3]], y: [0, 0, 3] }).alphas // [0, 2]
 */
export function regressionPruningPath(data: Examples<number>, options: Omit<TreeLimits, "ccpAlpha"> = {}): PruningPath {
  known(options, limitNames.filter((name) => name !== "ccpAlpha"));
  return path(meanProblem(data), options);
}

function path({ columns, weight, criterion, examples }: ReturnType<typeof meanProblem> | ReturnType<typeof classProblem>, options: TreeLimits): PruningPath {
  const all = stages(grow(columns, rowsWithWeight(weight), criterion(weight), readLimits(options, examples.width)));
  const result: PruningPath = frozen({ alphas: all.map(({ alpha }) => alpha), impurities: all.map(({ impurity }) => impurity), leaves: all.map(({ leaves }) => leaves) });
  return shownBy({ ...result }, () => tableUnder(say(`Pruning path: ${all.length} trees`, `剪枝路径：${all.length} 棵树`), all));
}
