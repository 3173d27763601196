import * as nn from "../../../../kernel/helpers/nn/index.js";
import type { OracleCase } from "../../contract.js";

type Input = any;
type Options = Record<string, unknown>;

const proba = (model: nn.Classifier, rows: number[][]) => model.predictProba(rows);

/** A tree in scikit-learn's names. */
const layout = ({ left, right, feature, threshold, value, cover, impurity }: nn.GrownTree) => ({
  childrenLeft: left, childrenRight: right, feature, threshold: threshold.map((one, node) => (left[node] < 0 ? 0 : one)), value, nodeSamples: cover, impurity,
});

/** Signs of components mean nothing. */
const signed = (rows: readonly (readonly number[])[], like: number[][]) => rows.map((row, k) => (row.reduce((sum, value, j) => sum + value * like[k]![j]!, 0) < 0 ? row.map((value) => -value) : row));

const scores = ({ precision, recall, f1, support }: nn.Scores) => ({ precision, recall, f1, "f1-score": f1, support });

function tree(input: Input, expected: any) {
  const { x, y, query, criterion, maxDepth, minSamplesLeaf, minSamplesSplit, ccpAlpha, weights, classWeight, regression } = input;
  const options = Object.fromEntries(Object.entries({ criterion, maxDepth, minSamplesLeaf, minSamplesSplit, ccpAlpha, classWeight }).filter(([, value]) => value !== undefined));
  const data = { x, y, ...(weights && { weights }) };
  const model = regression ? nn.regressionTree(data, options) : nn.decisionTree(data, options);
  const { impurity, cover, left, right, feature, threshold } = model.tree;
  const share = (node: number) => (impurity[node]! * cover[node]!) / cover[0]!;
  const { ccpAlpha: _, ...grown } = options as Options;
  const path = !expected.pruningPath ? undefined : regression ? nn.regressionPruningPath(data, grown) : nn.pruningPath(data, grown);
  return {
    rootImpurity: impurity[0], rootFeature: feature[0], rootThreshold: threshold[0], rootGain: share(0) - share(left[0]!) - share(right[0]!), nodeCount: left.length,
    trainAccuracy: nn.accuracy({ truth: y, predicted: model.predict(x) }), queryPredictions: query && model.predict(query), queryProbabilities: query && !regression ? proba(model as nn.DecisionTree, query) : undefined,
    importances: model.importances, depth: model.depth, leaves: model.leaves, tree: layout(model.tree), pruningPath: path && { alphas: path.alphas, impurities: path.impurities },
  };
}

export const answers: Record<string, (input: OracleCase["input"], expected: any) => unknown> = {
  "linear-regression": ({ x, y, ridgeAlpha, weights }: Input) => {
    const model = nn.linearRegression({ x, y, ...(weights && { weights }) }, { l2: ridgeAlpha });
    return { coef: model.coefficients, intercept: model.intercept, r2: model.r2, mse: model.mse };
  },
  "logistic-regression": ({ x, y, C, weights, classWeight }: Input, expected) => {
    const fit = (solver: "newton" | "lbfgs") => nn.logisticRegression({ x, y, ...(weights && { weights }) }, { l2: 1 / C, solver, ...(classWeight && { classWeight }) });
    const [model, other] = [fit("newton"), fit("lbfgs")];
    const gap = Math.max(...model.coefficients.flatMap((row, k) => row.map((value, j) => Math.abs(value - other.coefficients[k]![j]!))));
    if (gap > 1e-5) return { coef: `Newton and L-BFGS differ by ${gap}` };
    return { coef: model.coefficients, intercept: model.intercepts, probabilities: proba(model, x.slice(0, expected.probabilities.length)), objectiveValue: model.objective };
  },
  "decision-tree": tree,
  "k-means": ({ x, init }: Input) => {
    const { inertia, centers, labels } = nn.kMeans(x, { k: init.length, init });
    return { inertia, centers, labels };
  },
  pca: ({ x, components, whiten }: Input, expected) => {
    const found = nn.pca(x, { ...(components && { components }), ...(whiten && { whiten }) });
    return { ...found, componentsUpToSign: signed(found.components, expected.componentsUpToSign ?? found.components), transformed: found.transform(x) };
  },
  "classification-report": ({ yTrue: truth, yPred: predicted }: Input) => {
    const report = nn.classificationReport({ truth, predicted });
    return {
      report: { ...Object.fromEntries(report.classes.map((one) => [String(one.class), scores(one)])), accuracy: report.accuracy, "macro avg": scores(report.macro), "weighted avg": scores(report.weighted) },
      confusion: nn.confusionMatrix({ truth, predicted }).counts, matthews: nn.matthewsCorrelation({ truth, predicted }), cohenKappa: nn.cohenKappa({ truth, predicted }), balancedAccuracy: nn.balancedAccuracy({ truth, predicted }),
      kappaLinear: nn.cohenKappa({ truth, predicted }, { weights: "linear" }), kappaQuadratic: nn.cohenKappa({ truth, predicted }, { weights: "quadratic" }),
    };
  },
  "binary-scores": ({ y: truth, score, bins, weights }: Input) => {
    const scored = { truth, scores: score, ...(weights && { weights }) };
    const probable = { truth, probabilities: score, ...(weights && { weights }) };
    const [roc, pr, reliability] = [nn.rocCurve(scored), nn.precisionRecallCurve(scored), nn.calibration(probable, { bins })];
    return {
      rocAuc: roc.auc, averagePrecision: pr.averagePrecision, logLoss: nn.logLoss(probable), brier: nn.brierScore(probable), ece: reliability.expectedCalibrationError, mce: reliability.maximumCalibrationError,
      rocCurve: { fpr: roc.falsePositiveRate, tpr: roc.truePositiveRate, thresholds: roc.thresholds }, prCurve: { precision: pr.precision.toReversed(), recall: pr.recall.toReversed(), thresholds: pr.thresholds.slice(1).toReversed() },
      calibrationCurve: { frequency: reliability.bins.map(({ frequency }) => frequency), confidence: reliability.bins.map(({ confidence }) => confidence) },
    };
  },
  "entity-f1": ({ true: truth, pred: predicted }: Input) => {
    const plain = (tags: nn.Tags) => nn.entities(tags).map(({ sentence, type, first, last }) => [sentence, type, first, last]);
    const { micro, perType, macro } = nn.entityF1({ truth, predicted });
    return { entitiesTrue: plain(truth), entitiesPred: plain(predicted), micro, perType, macroF1: macro.f1 };
  },
  "k-nearest": ({ x, y, query, k, distance, weights, regression }: Input) => {
    const both = (algorithm: "brute" | "kd-tree") => {
      const options = { k, distance, weights, algorithm };
      const model = regression ? nn.knnRegression({ x, y }, options) : nn.knn({ x, y }, options);
      const { indices, distances } = model.neighbors(query);
      return { predictions: model.predict(query), ...(!regression && { probabilities: proba(model as nn.KnnClassifier, query) }), indices, distances };
    };
    const brute = both("brute");
    if (distance !== "cosine" && JSON.stringify(brute) !== JSON.stringify(both("kd-tree"))) return { predictions: "brute force and boxes differ" };
    return brute;
  },
  "gaussian-naive-bayes": ({ x, y, query, weights }: Input) => {
    const model = nn.gaussianNaiveBayes({ x, y, ...(weights && { weights }) });
    return { means: model.means, variances: model.variances, priors: model.priors, probabilities: proba(model, query) };
  },
  "multiclass-scores": ({ y: truth, probabilities }: Input) => ({ logLoss: nn.logLoss({ truth, probabilities }), brier: nn.brierScore({ truth, probabilities }) }),
  "regression-scores": ({ yTrue: truth, yPred: predicted, weights }: Input) => {
    const { mse, mae, r2, largestError } = nn.regressionReport({ truth, predicted, ...(weights && { weights }) });
    return { mse, mae, r2, maxError: weights ? undefined : largestError };
  },
};
