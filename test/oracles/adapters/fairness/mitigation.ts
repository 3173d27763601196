import { fairness } from "../../../../kernel/index.js";

const constraints: Record<string, string> = { demographic_parity: "demographicParity", equalized_odds: "equalizedOdds", true_positive_rate_parity: "truePositiveRateParity" };
const objectives: Record<string, string> = { accuracy_score: "accuracy", balanced_accuracy_score: "balancedAccuracy" };

/** Mitigation cases: ThresholdOptimizer and ExponentiatedGradient of fairlearn, and what test/oracles/make/fairness.py recorded. */
export function answerMitigation(input: Record<string, unknown>): unknown {
  switch (input["kind"]) {
    case "threshold": return threshold(input);
    case "exponentiated-gradient": return reduction(input);
    default: throw new Error(`unknown kind: ${String(input["kind"])}`);
  }
}

function threshold(input: Record<string, unknown>): unknown {
  const { scores, y: truth, sensitive: group } = input as Record<string, number[]>;
  const policy = fairness.thresholdOptimizer({
    scores, truth, group, constraint: constraints[input["constraint"] as string] as "equalizedOdds", objective: objectives[input["objective"] as string] as "accuracy",
    gridSize: input["gridSize"] as number, flip: input["flip"] as boolean,
  });
  const chance = policy.predictProba({ scores, group });
  const mean = (rows: number[], of: (i: number) => number) => rows.reduce((sum, i) => sum + of(i), 0) / rows.length;
  const rows = (name: string, label?: number) => scores.flatMap((_, i) => (String(group[i]) === name && (label === undefined || truth[i] === label) ? [i] : []));
  return {
    interpolation: policy.groups, positiveProbability: chance, expectedAccuracy: mean([...scores.keys()], (i) => (truth[i] === 1 ? chance[i] : 1 - chance[i])),
    byGroup: Object.fromEntries(Object.keys(policy.groups).map((name) => [name, { selectionRate: mean(rows(name), (i) => chance[i]), tpr: mean(rows(name, 1), (i) => chance[i]), fpr: mean(rows(name, 0), (i) => chance[i]) }])),
  };
}

/** For every cell value x predicts 1 if the weight of y = 1 there is above that of y = 0. */
const tableLearner: fairness.Learner = {
  fit(rows, labels, weights) {
    const balance = new Map<number, number>();
    rows.forEach(([x], i) => balance.set(x, (balance.get(x) ?? 0) + (labels[i] === 1 ? weights[i] : -weights[i])));
    return (table) => table.map(([x]) => Number((balance.get(x) ?? 0) > 0));
  },
};

async function reduction(input: Record<string, unknown>): Promise<unknown> {
  const { x, y: labels, sensitive: group } = input as Record<string, number[]>;
  const train = (differenceBound: number) => fairness.exponentiatedGradient({
    rows: x.map((value) => [value]), labels, group, learner: tableLearner, constraint: constraints[input["constraint"] as string] as "equalizedOdds",
    differenceBound, eps: input["eps"] as number, iterations: input["maxIter"] as number,
  });
  const found = await train(input["differenceBound"] as number);
  const free = await train(1); // a bound that nothing can pass
  const cells = Array.from({ length: input["cells"] as number }, (_, cell) => [cell]);
  const positiveProbabilityByCell = await found.predictProba(cells);
  const { error, violation: maxViolation, gap: bestGap } = found;
  return { fairlearn: { error, maxViolation, bestGap, lastIter: found.iterations - 1, positiveProbabilityByCell }, lpOptimum: { error, positiveProbabilityByCell }, unconstrained: { error: free.error, maxViolation: free.violation } };
}
