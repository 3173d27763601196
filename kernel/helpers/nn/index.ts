/** `nn` in a notebook: train a model that you wrote yourself. */
export { fit, type FitModel, type FitOptions, type FitResult } from "./fit.js";

export { decisionTree, type DecisionTreeOptions } from "./trees/classify.js";
export { regressionTree } from "./trees/regress.js";
export { pruningPath, regressionPruningPath, type PruningPath } from "./trees/pruning-path.js";
export { randomForest, regressionForest, type RandomForestOptions, type RegressionForestOptions } from "./trees/forest.js";
export { plotTree, type PlotTreeOptions } from "./trees/draw.js";
export { decisionPath, treeRules, type DecisionPath, type DecisionStep, type TreeRule } from "./trees/explain.js";
export type { ClassTree, DecisionTree, GrownTree, MeanTree, RandomForest, RegressionForest, RegressionTree, TreeLimits } from "./trees/contract.js";
export type { Classifier, Examples, Label, LabelOf, MatrixExamples, Points, Regressor, Rows, TableExamples } from "./examples/contract.js";
