import { explain } from "../../../kernel/index.js";
import type { Adapter, OracleCase } from "../contract.js";
import { causalAnswers } from "./explain/causal.js";
import { pictureAnswers } from "./explain/pictures.js";

type Input = OracleCase["input"];
type Answer = (input: Input, expected: never) => unknown;

/** The analytic models of the oracles: link(bias + sum of coef * prod x^exponent), with its gradient. */
export interface Analytic {
  link: "identity" | "sigmoid";
  bias?: number;
  terms: { coef: number; exponents: number[] }[];
}

const sigmoid = (s: number) => 1 / (1 + Math.exp(-s));
const score = ({ bias = 0, terms }: Analytic, x: number[]) => terms.reduce((sum, { coef, exponents }) => sum + coef * exponents.reduce((p, e, j) => p * x[j] ** e, 1), bias);
const predictOf = (model: Analytic) => (rows: number[][]) => rows.map((x) => (model.link === "sigmoid" ? sigmoid(score(model, x)) : score(model, x)));

const gradientOf = (model: Analytic) => (rows: number[][]) => rows.map((x) => {
  const p = sigmoid(score(model, x));
  const outer = model.link === "sigmoid" ? p * (1 - p) : 1;
  return x.map((_, k) => outer * model.terms.reduce((sum, { coef, exponents: e }) => sum + (e[k] === 0 ? 0 : coef * e[k]! * x[k]! ** (e[k]! - 1) * e.reduce((q, power, j) => (j === k ? q : q * x[j]! ** power), 1)), 0));
});

const answers: Record<string, Answer> = {
  shapley: async (input) => {
    const { model, x, background } = input as unknown as { model: Analytic; x: number[][]; background: number[][] };
    const { values, baseValue, predictions } = await explain.shapley(predictOf(model), x, { background });
    return { shapley: values, baseValue, prediction: predictions };
  },
  "kernel-shap": async (input, { kernelWeights }: { kernelWeights: unknown }) => {
    const { model, x, background } = input as unknown as { model: Analytic; x: number[][]; background: number[][] };
    const { values, baseValue } = await explain.kernelShap(predictOf(model), x, { background });
    return { shapValues: values, expectedValue: baseValue, exactShapley: (await explain.shapley(predictOf(model), x, { background })).values, kernelWeights };
  },
  "tree-shap": (input) => {
    const { trees: given, x, background, aggregate, output } = input as unknown as { trees: Record<string, number[]>[]; x: number[][]; background: number[][]; aggregate: "mean" | "sum"; output: string };
    const shares = output.startsWith("class 1");
    const trees = given.map((tree) => ({
      feature: tree["feature"]!, threshold: tree["threshold"]!, left: tree["childrenLeft"]!, right: tree["childrenRight"]!, cover: tree["nodeSamples"]!,
      value: shares ? (tree["value"] as unknown as number[][]).map((row) => row.map((v) => v / row.reduce((a, b) => a + b, 0))) : tree["value"]!,
    }));
    const options = { aggregate, ...(shares && { output: 1 }) };
    const shape = ({ values, baseValue }: { values: unknown; baseValue: number }) => ({ shapValues: values, expectedValue: baseValue });
    return {
      pathDependent: shape(explain.treeShap(trees, x, options)),
      interventional: shape(explain.treeShap(trees, x, { ...options, background })),
      prediction: explain.predictTree(trees, x, options),
    };
  },
  "permutation-importance": async (input) => {
    const { model, x, y, metric, decisionThreshold, permutations } = input as unknown as { model: Analytic; x: number[][]; y: number[]; metric: string; decisionThreshold: number; permutations: number[][][] };
    const name = metric === "accuracy" || metric === "r2" ? metric : "negativeMeanSquaredError";
    return explain.permutationImportance(predictOf(model), { x, y }, { metric: name, threshold: decisionThreshold, permutations });
  },
  lime: (input) => {
    const { samples, labels, distanceMetric, kernelWidth, ridgeAlpha, numFeatures, featureSelection } = input as unknown as {
      samples: number[][]; labels: number[]; distanceMetric: string; kernelWidth: number; ridgeAlpha: number; numFeatures: number; featureSelection: string;
    };
    const selection = ({ none: "none", highest_weights: "highestWeights", forward_selection: "forward" } as const)[featureSelection as "none"];
    return explain.limeFit({ samples, labels }, { kernelWidth, distance: distanceMetric === "euclidean" ? "euclidean" : "cosine", ridge: ridgeAlpha, features: numFeatures, selection });
  },
  "integrated-gradients": async (input, { exact }: { exact: unknown }) => {
    const { model, x, baseline, steps } = input as unknown as { model: Analytic; x: number[]; baseline: number[]; steps: number };
    const both = { predict: predictOf(model), gradient: gradientOf(model) };
    const by = async (rule: "gaussLegendre" | "middle" | "trapezoid" | "right", n = steps) => (await explain.integratedGradients(both, [x], { baseline, steps: n, rule })).values[0];
    const [start, end] = predictOf(model)([baseline, x]);
    const [gradientAtX] = (await explain.saliency(both, [x], { absolute: false })).values;
    return {
      exact: exact && (await by("gaussLegendre", 100)), outputDifference: end! - start!, gradientAtX, gaussLegendre: await by("gaussLegendre"),
      riemannMiddle: await by("middle"), riemannTrapezoid: await by("trapezoid"), riemannRight: await by("right"),
    };
  },
  "kernel-shap-logit": (input) => {
    const { model, x, background } = input as unknown as { model: Analytic; x: number[][]; background: number[][] };
    return explain.kernelShap(predictOf(model), x, { background, link: "logit" });
  },
  "tree-shap-plain": (input) => {
    const { trees, x, background, aggregate, output } = input as unknown as { trees: explain.Tree[]; x: number[][]; background?: number[][]; aggregate: "mean" | "sum"; output?: number };
    const options = { aggregate, ...(output !== undefined && { output }) };
    return {
      pathDependent: explain.treeShap(trees, x, options).values, prediction: explain.predictTree(trees, x, options),
      interventional: background && explain.treeShap(trees, x, { ...options, background }).values,
    };
  },
  "partial-dependence": (input) => {
    const { tree, x, feature, grid } = input as unknown as { tree: explain.Tree; x: number[][]; feature: number; grid: number[] };
    return explain.partialDependence((rows) => explain.predictTree(tree, rows), x, { feature, grid });
  },
  cart: async (input) => {
    const { task, depth, leaf, x, y } = input as unknown as { task: "regression" | "classification"; depth: number; leaf: number; x: number[][]; y: number[] };
    const { tree } = await explain.surrogateTree(() => y, x, { task, depth, leaf });
    const prediction = explain.predictTree(tree, x, task === "classification" ? { output: 1 } : {});
    return { ...tree, prediction: task === "classification" ? prediction.map((share) => Number(share > 0.5)) : prediction };
  },
  "d-separation": (input, expected: Record<string, boolean>) => {
    const { nodes, edges, given } = input as unknown as { nodes: string[]; edges: [string, string][]; given: string[] };
    const graph = explain.dag(edges, { nodes });
    return Object.fromEntries(Object.keys(expected).map((key) => {
      const [x, y] = key.split(",") as [string, string];
      return [key, explain.dSeparated(graph, { x, y, given })];
    }));
  },
  adjustment: (input) => {
    const { data } = input as unknown as { data: explain.CausalData };
    const by = (method: "regression" | "weighting" | "doublyRobust" | "stratification", covariates = ["a", "b"]) => explain.causalEffect(data, { treatment: "t", outcome: "y", covariates, method });
    return { naive: by("regression").naive, regression: by("regression").effect, weighting: by("weighting").effect, doublyRobust: by("doublyRobust").effect, stratificationOnB: by("stratification", ["b"]).effect };
  },
};

Object.assign(answers, pictureAnswers, causalAnswers);

export const adapter: Adapter = {
  handles: ({ kind }) => typeof kind === "string" && kind in answers,
  answer: (input, expected) => answers[input["kind"] as string]!(input, expected as never),
};
