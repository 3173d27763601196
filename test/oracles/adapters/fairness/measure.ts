import { fairness } from "../../../../kernel/index.js";

type Columns = { truth: number[]; predicted: number[]; scores: number[]; group: (string | number)[]; weights: number[] };

/** Measures of test/oracles/make/fairness.py, each by its kind. */
export const measureAnswers: Record<string, (input: Record<string, unknown>) => unknown> = {
  "fairness-parity": (input) => {
    const { truth, predicted, group, weights } = input as Columns;
    const found = (["betweenGroups", "toOverall"] as const).flatMap((method) => {
      const common = { truth, predicted, group, weights, method };
      return [
        [`predictiveParityDifference.${method}`, fairness.predictiveParityDifference(common)], [`predictiveParityRatio.${method}`, fairness.predictiveParityRatio(common)],
        [`errorRateParityDifference.${method}`, fairness.errorRateParityDifference(common)], [`errorRateParityRatio.${method}`, fairness.errorRateParityRatio(common)],
      ] as const;
    });
    return Object.fromEntries(found);
  },
  "fairness-distribution": (input) => {
    const { predicted, group } = input as Columns;
    return { difference: fairness.distributionParityDifference({ predicted, group }) };
  },
  "fairness-false-negatives": (input) => {
    const { truth, predicted, group } = input as Columns;
    return { difference: fairness.falseNegativeRateDifference({ truth, predicted, group, privileged: input["privileged"] as number }) };
  },
  "fairness-calibration": (input) => {
    const { truth, scores, group } = input as Columns;
    const found = fairness.calibration({ truth, scores, group, bins: input["bins"] as number });
    return Object.fromEntries(Object.entries(found).map(([name, { bins }]) => {
      const full = bins.filter(({ rows }) => rows > 0); // scikit-learn leaves empty bins out
      return [name, { positiveShare: full.map((bin) => bin.positiveShare), meanScore: full.map((bin) => bin.meanScore) }];
    }));
  },
  "fairness-multiclass": (input) => {
    const { truth, predicted, group } = input as Columns;
    return fairness.multiclass({ truth, predicted, group }).worst;
  },
};
