import { fairness } from "../../../kernel/index.js";
import type { Adapter } from "../contract.js";
import { measureAnswers } from "./fairness/measure.js";
import { answerMitigation } from "./fairness/mitigation.js";

type Numbers = Record<string, number>;
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** fairlearn's MetricFrame and its named functions; AIF360's metrics and weights; mitigation. */
export const adapter: Adapter = {
  handles: ({ kind }) => kind === "fairlearn" || kind === "aif360" || kind === "threshold" || kind === "exponentiated-gradient" || String(kind).startsWith("fairness-"),
  answer: (input, expected) => (input["kind"] === "fairlearn" ? fairlearn(input) : input["kind"] === "aif360" ? aif360(input) : measureAnswers[String(input["kind"])]?.(input) ?? answerMitigation(input, expected)),
};

function fairlearn(input: Record<string, unknown>): unknown {
  const { yTrue: truth, yPred: predicted, sensitive, sensitive2, sampleWeight: weights, control, metrics } = input as Record<string, number[]> & { metrics: unknown };
  const group = sensitive2 ? { one: sensitive, two: sensitive2 } : sensitive;
  const names = metrics as string[];
  const common = { truth, predicted, group, ...(weights && { weights }) };
  const found = fairness.byGroup({ ...common, ...(control && { control }), metrics: names.map(camel) as fairness.MetricName[] });
  const back = (of: (metric: string) => number): Numbers => Object.fromEntries(names.map((name) => [name, of(camel(name))]));
  const levels = Object.entries(found.strata);
  const each = <T>(of: (stratum: fairness.Stratum) => T): T | Record<string, T> => (control ? Object.fromEntries(levels.map(([level, stratum]) => [level, of(stratum)])) : of(found));
  const groups = (stratum: fairness.Stratum, prefix = "") => Object.entries(stratum.groups).map(([name, values]) => [prefix + name, back((m) => values[m])] as const);
  const odds = (aggregate: "worst" | "mean") => ({ difference: fairness.equalizedOddsDifference({ ...common, aggregate }), ratio: fairness.equalizedOddsRatio({ ...common, aggregate }) });
  return {
    overall: each((s) => back((m) => s.overall[m])),
    byGroup: Object.fromEntries(control ? levels.flatMap(([level, stratum]) => groups(stratum, `${level}|`)) : groups(found)),
    groupMin: each((s) => back((m) => s.spread[m].min)), groupMax: each((s) => back((m) => s.spread[m].max)),
    differenceBetweenGroups: each((s) => back((m) => s.spread[m].difference)), differenceToOverall: each((s) => back((m) => s.spread[m].differenceToOverall)),
    ratioBetweenGroups: each((s) => back((m) => s.spread[m].ratio)), ratioToOverall: each((s) => back((m) => s.spread[m].ratioToOverall)),
    demographicParityDifference: fairness.demographicParityDifference(common), demographicParityRatio: fairness.demographicParityRatio(common),
    equalOpportunityDifference: fairness.equalOpportunityDifference(common), equalOpportunityRatio: fairness.equalOpportunityRatio(common),
    "equalizedOddsDifference.worst_case": odds("worst").difference, "equalizedOddsRatio.worst_case": odds("worst").ratio,
    "equalizedOddsDifference.mean": odds("mean").difference, "equalizedOddsRatio.mean": odds("mean").ratio,
  };
}

function aif360(input: Record<string, unknown>): unknown {
  const { yTrue: truth, yPred: predicted, protected: group, instanceWeights: weights, feature } = input as Record<string, number[]>;
  const [privileged, neighbours] = [input["privileged"] as number, input["neighbours"] as number];
  const rows = feature.map((value, i) => [value, group[i]]);
  const common = { truth, predicted, group, weights, privileged };
  const labels = { predicted: truth, group, weights, privileged };
  const entropy = (alpha: number) => fairness.generalizedEntropyIndex({ truth, predicted, alpha });
  return {
    datasetStatisticalParityDifference: fairness.statisticalParityDifference(labels), datasetDisparateImpact: fairness.disparateImpact(labels),
    statisticalParityDifference: fairness.statisticalParityDifference(common), disparateImpact: fairness.disparateImpact(common),
    averageOddsDifference: fairness.averageOddsDifference(common), averageAbsOddsDifference: fairness.averageAbsoluteOddsDifference(common),
    equalOpportunityDifference: fairness.truePositiveRateDifference(common), falsePositiveRateDifference: fairness.falsePositiveRateDifference(common),
    errorRateDifference: fairness.errorRateDifference(common), theilIndex: fairness.theilIndex({ truth, predicted }),
    generalizedEntropyIndex2: entropy(2), generalizedEntropyIndex1: entropy(1), generalizedEntropyIndex0: entropy(0),
    betweenGroupTheilIndex: fairness.betweenGroupEntropyIndex({ truth, predicted, group, alpha: 1 }),
    consistencyOfPredictions: fairness.consistency({ rows, predicted, neighbours }), consistencyOfLabels: fairness.consistency({ rows, predicted: truth, neighbours }),
    reweighingWeights: fairness.reweighing({ labels: truth, group, weights }).weights,
  };
}
