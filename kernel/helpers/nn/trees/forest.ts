import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Examples, Label, LabelOf } from "../examples/contract.js";
import { argmaxRows } from "../examples/labels.js";
import { shownBy } from "../show.js";
import { classifier, treeOptionNames, type DecisionTreeOptions } from "./classify.js";
import type { RandomForest, RegressionForest, TreeLimits } from "./contract.js";
import { addPredictions, importances, plainTree, type FlatTree } from "./flat.js";
import { forestView } from "./forest-view.js";
import { grow } from "./grow.js";
import { limitNames, readLimits, readMaxFeatures, type MaxFeatures } from "./options.js";
import { classProblem, meanProblem, rowsWithWeight, type ClassProblem, type MeanProblem } from "./problem.js";
import { pruned } from "./prune.js";
import { regressor } from "./regress.js";

export interface ForestSettings {
  /** Default 100. */
  trees?: number;
  /** Same seed, same forest; tree i does not depend on how many there are. Default 1. */
  seed?: number;
  /** Each tree grows on n rows drawn with replacement; default true. Without, all trees see all rows. */
  bootstrap?: boolean;
  /** Features that a node chooses from. Default "sqrt" for classes, "all" for numbers. */
  maxFeatures?: MaxFeatures;
}

export interface RandomForestOptions extends DecisionTreeOptions, ForestSettings {}
export interface RegressionForestOptions extends TreeLimits, ForestSettings {}

const settings = ["trees", "seed", "bootstrap", "maxFeatures"] as const;

/**
 * A random forest for classes: many trees, each on a bootstrap of the rows and with few features to choose from at each node; their mean shares decide.
 * Rows that a tree did not draw judge it: `outOfBagScore` is an honest accuracy without a test set.
 *
 * Source: Breiman (2001), averaging probabilities as scikit-learn's `RandomForestClassifier` does. The draws are our own, so that a forest equals scikit-learn's in kind, not tree by tree.
 *
 * @throws as `decisionTree`; `expected maxFeatures to be "sqrt", "log2", "all" or from 1 to 4, got 9`
 * @example
 * const x = Array.from({ length: 40 }, (_, i) => [i, (i * 7) % 40]);
 * const forest = nn.randomForest({ x, y: x.map(([a]) => (a < 20 ? "low" : "high")) }, { trees: 10, seed: 1 });
 * forest.predict([[3, 0], [35, 0]]) // ["low", "high"]
 * forest.trees.length // 10
 */
export function randomForest<const D extends Examples>(data: D, options: RandomForestOptions = {}): RandomForest<LabelOf<D>> {
  known(options, [...treeOptionNames, ...settings]);
  const problem = classProblem<LabelOf<D>>(data, options);
  const { classes, codes, examples } = problem;
  const { trees, unseen, importance } = plant(problem, options, "sqrt");
  const { sums, votes } = outOfBag(trees, unseen, problem, classes.length);
  const best = argmaxRows(sums, examples.rows, classes.length);
  let [judged, right] = [0, 0];
  for (let row = 0; row < examples.rows; row++) {
    if (votes[row] === 0) continue;
    judged++;
    if (best[row] === codes[row]) right++;
  }
  let plain: RandomForest["trees"] | undefined;
  const model: RandomForest<LabelOf<D>> = {
    ...classifier(trees, classes, examples.features), importances: importance, ...(judged > 0 && { outOfBagScore: right / judged }), outOfBagRows: judged,
    // Plain data cost more than the trees themselves: made when asked for.
    get trees() { return (plain ??= Object.freeze(trees.map((tree) => plainTree(tree, "shares")))); },
  };
  return shownBy(model, () => forestView(model, trees, "accuracy"));
}

/**
 * A random forest for numbers: the mean of regression trees on bootstraps. `outOfBagScore` is R2. Otherwise as `randomForest`; every feature is tried at each node unless `maxFeatures` says less.
 *
 * @throws as `regressionTree`
 * @example
 * const x = Array.from({ length: 40 }, (_, i) => [i]);
 * const forest = nn.regressionForest({ x, y: x.map(([a]) => 2 * a) }, { trees: 20, seed: 1 });
 * Math.abs(forest.predict([[10]])[0] - 20) < 2 // true
 */
export function regressionForest(data: Examples<number>, options: RegressionForestOptions = {}): RegressionForest {
  known(options, [...limitNames, ...settings]);
  const problem = meanProblem(data);
  const { targets, examples } = problem;
  const { trees, unseen, importance } = plant(problem, options, "all");
  const { sums, votes } = outOfBag(trees, unseen, problem, 1);
  const judged = Array.from(votes.keys()).filter((row) => votes[row] > 0);
  const mean = judged.reduce((sum, row) => sum + targets[row], 0) / judged.length;
  let [wrong, around] = [0, 0];
  for (const row of judged) {
    wrong += (targets[row] - sums[row] / votes[row]) ** 2;
    around += (targets[row] - mean) ** 2;
  }
  let plain: RegressionForest["trees"] | undefined;
  const model: RegressionForest = {
    ...regressor(trees, examples.features), importances: importance, ...(around > 0 && { outOfBagScore: 1 - wrong / around }), outOfBagRows: judged.length,
    get trees() { return (plain ??= Object.freeze(trees.map((tree) => plainTree(tree, "means")))); },
  };
  return shownBy(model, () => forestView(model, trees, "R2"));
}

interface Planted {
  trees: FlatTree[];
  /** Of each tree, the rows it did not draw; none without bootstrap. */
  unseen: Int32Array[];
  importance: readonly number[];
}

function plant(problem: ClassProblem<Label> | MeanProblem, options: TreeLimits & ForestSettings, fewest: MaxFeatures): Planted {
  const { examples: { rows, width }, columns, weight, criterion } = problem;
  const limits = readLimits(options, width);
  const maxFeatures = readMaxFeatures(options.maxFeatures ?? fewest, width);
  const count = whole({ trees: options.trees ?? 100 }, 1);
  const seeds = random(options.seed ?? 1);
  const trees: FlatTree[] = [];
  const unseen: Int32Array[] = [];
  const sum = new Float64Array(width);
  const counting = rowsWithWeight(weight);
  for (let tree = 0; tree < count; tree++) {
    const draw = random(seeds.integer(0, 0x7fffffff));
    let own = weight;
    if (options.bootstrap ?? true) {
      own = new Float64Array(rows);
      for (let n = 0; n < counting.length; n++) {
        const row = counting[draw.integer(0, counting.length - 1)];
        own[row] += weight[row];
      }
      unseen.push(counting.filter((row) => own[row] === 0));
    }
    const flat = pruned(grow(columns, rowsWithWeight(own), criterion(own), { ...limits, maxFeatures, random: draw }), limits.ccpAlpha);
    trees.push(flat);
    importances(flat, width).forEach((value, feature) => (sum[feature] += value));
  }
  const all = sum.reduce((a, b) => a + b, 0);
  return { trees, unseen, importance: Object.freeze(Array.from(sum, (value) => (all > 0 ? value / all : 0))) };
}

/** Sums of what the trees say of the rows that they did not draw, and how many trees that were. */
function outOfBag(trees: readonly FlatTree[], unseen: readonly Int32Array[], { examples: { values, rows, width } }: ClassProblem<Label> | MeanProblem, outputs: number): { sums: Float64Array; votes: Int32Array } {
  const sums = new Float64Array(rows * outputs);
  const votes = new Int32Array(rows);
  unseen.forEach((left, tree) => {
    const part = new Float64Array(left.length * width);
    left.forEach((row, at) => part.set(values.subarray(row * width, (row + 1) * width), at * width));
    const said = new Float64Array(left.length * outputs);
    addPredictions(trees[tree], part, left.length, width, said);
    left.forEach((row, at) => {
      votes[row]++;
      for (let k = 0; k < outputs; k++) sums[row * outputs + k] += said[at * outputs + k];
    });
  });
  return { sums, votes };
}
