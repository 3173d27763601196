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
export { knn, knnRegression, type KnnClassifier, type KnnOptions, type KnnRegressor, type Neighbors } from "./neighbours/knn.js";
export type { Distance } from "./neighbours/distance.js";
export type { NeighborOptions } from "./neighbours/search.js";
export { linearRegression, type LinearRegression, type LinearRegressionOptions } from "./linear/linear.js";
export { logisticRegression, type LogisticRegression, type LogisticRegressionOptions } from "./linear/logistic.js";
export { gaussianNaiveBayes, type GaussianNaiveBayes, type GaussianNaiveBayesOptions } from "./bayes/gaussian.js";
export { kMeans, type KMeans, type KMeansOptions } from "./unsupervised/k-means.js";
export { pca, type Pca, type PcaOptions } from "./unsupervised/pca.js";
export { confusionMatrix, type ConfusionMatrix, type Predicted } from "./metrics/confusion.js";
export { classificationReport, type ClassificationReport, type ClassScores, type ReportOptions, type Scores } from "./metrics/report.js";
export { accuracy, balancedAccuracy, cohenKappa, matthewsCorrelation } from "./metrics/single.js";
export { precisionRecallCurve, rocCurve, type PrecisionRecallCurve, type RocCurve } from "./metrics/curves.js";
export type { PositiveOption, Scored } from "./metrics/binary.js";
export { brierScore, logLoss, type ProbabilityOptions, type WithProbabilities } from "./metrics/probability.js";
export { calibration, type Calibration, type CalibrationOptions, type ReliabilityBin } from "./metrics/calibration.js";
export { entities, entityF1, type Entity, type EntityReport, type Tags } from "./metrics/entities.js";
export { perplexity, type TokenScores } from "./metrics/perplexity.js";
export { regressionReport, type RegressionReport } from "./metrics/regression.js";
