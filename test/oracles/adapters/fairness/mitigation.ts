import { fairness } from "../../../../kernel/index.js";

const constraints: Record<string, string> = { demographic_parity: "demographicParity", equalized_odds: "equalizedOdds", true_positive_rate_parity: "truePositiveRateParity" };
const objectives: Record<string, string> = { accuracy_score: "accuracy", balanced_accuracy_score: "balancedAccuracy" };

/** Mitigation cases: ThresholdOptimizer and ExponentiatedGradient of fairlearn, and what test/oracles/make/fairness.py recorded. */
export function answerMitigation(input: Record<string, unknown>, expected: unknown): unknown {
  switch (input["kind"]) {
    case "threshold": return threshold(input);
    case "exponentiated-gradient": return reduction(input);
    case "fairness-correlation": return correlation(input);
    case "fairness-logistic": return logistic(input);
    case "fairness-reject-option": return rejectOption(input);
    case "fairness-equalized-odds": return fairness.equalizedOdds({ truth: input["truth"], predicted: input["predicted"], group: input["group"] } as never);
    case "fairness-repair": return fairness.disparateImpactRepair({ rows: input["rows"] as number[][], group: input["group"] as number[], level: input["level"] as number, method: "combinatorial" });
    case "fairness-grid-search": return gridSearch(input);
    case "fairness-by-group": return byGroup(input, expected);
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
    return (table) => table.map(([x]) => Number((balance.get(x) ?? 0) > 1e-9)); // rounding breaks no tie
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

async function gridSearch(input: Record<string, unknown>): Promise<unknown> {
  const { rows, labels, group, gridSize, gridLimit } = input as { rows: number[][]; labels: number[]; group: string[]; gridSize: number; gridLimit: number };
  const { points } = await fairness.gridSearch({ rows, labels, group, learner: tableLearner, constraint: "demographicParity", gridSize, gridLimit });
  const predicted = await Promise.all(points.map(({ model }) => (model as (table: number[][]) => number[])(rows)));
  return { multipliers: points.map(({ multipliers }) => multipliers), predicted, error: points.map(({ error }) => error), violation: points.map(({ violation }) => violation) };
}

function correlation(input: Record<string, unknown>): unknown {
  const { rows, sensitive, alpha, newRows } = input as { rows: number[][]; sensitive: number[]; alpha: number; newRows: number[][] };
  const found = fairness.correlationRemover({ rows, sensitive, alpha });
  return { rows: found.rows, transformed: found.transform(newRows) };
}

function logistic(input: Record<string, unknown>): unknown {
  const { rows, labels, weights, penalty } = input as { rows: number[][]; labels: number[]; weights: number[]; penalty: number };
  const { coefficients, intercept, predictProba } = fairness.logistic({ penalty }).fit(rows, labels, weights);
  return { coefficients, intercept, proba: predictProba(rows.slice(0, 5)) };
}

const withoutKind = (input: Record<string, unknown>) => Object.fromEntries(Object.entries(input).filter(([name]) => name !== "kind"));

function rejectOption(given: Record<string, unknown>): unknown {
  const input = withoutKind(given);
  const found = fairness.rejectOption(input as never);
  return { ...found, predicted: found.predict(input as never) };
}

/** Expected: for each metric, its value in each group. */
function byGroup(input: Record<string, unknown>, expected: unknown): unknown {
  const metrics = Object.keys(expected as object) as fairness.MetricName[];
  const { groups } = fairness.byGroup({ ...(withoutKind(input) as unknown as fairness.ByGroupInput), metrics });
  return Object.fromEntries(metrics.map((metric) => [metric, Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values[metric]]))]));
}
