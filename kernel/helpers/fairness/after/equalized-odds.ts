import { known, sameLength } from "../../arguments.js";
import { random } from "../../data/random.js";
import { encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import { minimize } from "../program.js";

export interface EqualizedOddsInput {
  truth: Labels;
  /** Decisions of a model; scores are not needed. */
  predicted: Labels;
  group: Groups;
  positive?: Label;
}

export interface EqualizedOdds {
  /** P(1 | decision 1) and P(1 | decision 0) of each group. */
  readonly groups: Readonly<Record<string, { readonly keepPositive: number; readonly flipNegative: number }>>;
  /** Expected on these data, the same in every group. */
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
  /** Expected share of errors. Never below that of the model. */
  readonly error: number;
  predictProba(data: { predicted: Labels; group: Groups }): number[];
  /** 0 or 1 a row, drawn with that chance. */
  predict(data: { predicted: Labels; group: Groups; seed: number }): number[];
}

/**
 * Flips some decisions by chance so that true- and false-positive rates are the same in all groups, at the least error: a linear program. It can only lower the better group to the worse;
 * `thresholdOptimizer` with "equalizedOdds" does better where there are scores. Any number of groups.
 *
 * Source: Hardt, Price, Srebro 2016, section 3.1; AIF360 `EqOddsPostprocessing` (two groups).
 *
 * @throws `expected both classes in group a, got only 1`.
 * @example
 * const found = await fairness.equalizedOdds({ truth: [1, 1, 0, 0, 1, 1, 0, 0], predicted: [1, 1, 0, 0, 1, 0, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"] })
 * found.truePositiveRate // 0.5
 * found.error // 0.25
 * found.groups.a.keepPositive // 0.5
 */
export async function equalizedOdds(input: EqualizedOddsInput): Promise<EqualizedOdds> {
  known(input, ["truth", "predicted", "group", "positive"]);
  const { codes, names } = encodeGroups("group", input.group);
  const n = sameLength({ truth: input.truth, predicted: input.predicted, group: codes });
  const encoded = encodeLabels({ truth: input.truth, predicted: input.predicted }, input.positive);
  const positive = needPositive(encoded, "equalized odds");
  const counts = names.map(() => new Float64Array(4)); // truth, decision
  codes.forEach((code, i) => (counts[code][Number(encoded.truth![i] === positive) * 2 + Number(encoded.predicted![i] === positive)] += 1));
  counts.forEach(([a, b, c, d], g) => {
    if (a + b === 0 || c + d === 0) throw new RangeError(`expected both classes in group ${names[g]}, got ${a + b + c + d === 0 ? "no rows" : `only ${a + b === 0 ? 1 : 0}`}`);
  });
  // Variables: keepPositive and flipNegative of each group. Rates are linear in them.
  const width = 2 * names.length;
  const rate = (g: number, label: number): number[] => {
    const share = counts[g][label * 2 + 1] / (counts[g][label * 2] + counts[g][label * 2 + 1]);
    const row = new Array<number>(width).fill(0);
    [row[2 * g], row[2 * g + 1]] = [share, 1 - share];
    return row;
  };
  const cost = new Array<number>(width).fill(0);
  let positives = 0;
  counts.forEach(([trueNegative, falsePositive, falseNegative, truePositive], g) => {
    cost[2 * g] = (falsePositive - truePositive) / n;
    cost[2 * g + 1] = (trueNegative - falseNegative) / n;
    positives += falseNegative + truePositive;
  });
  const equal = names.slice(1).flatMap((_, k) => [0, 1].map((label) => {
    const [first, other] = [rate(0, label), rate(k + 1, label)];
    return { coefficients: first.map((value, j) => value - other[j]), lower: 0, upper: 0 };
  }));
  const { x, objective } = await minimize(cost, equal.length ? equal : [{ coefficients: cost.map(() => 0), upper: 1 }], cost.map(() => 1));
  const inside = (value: number) => Math.min(1, Math.max(0, value)); // the solver keeps bounds to 1e-7
  const groups = Object.freeze(Object.fromEntries(names.map((name, g) => [name, Object.freeze({ keepPositive: inside(x[2 * g]), flipNegative: inside(x[2 * g + 1]) })])));
  const expected = (label: number) => rate(0, label).reduce((sum, value, j) => sum + value * x[j], 0);
  const predictProba = (data: { predicted: Labels; group: Groups }): number[] => {
    const given = encodeGroups("group", data.group);
    sameLength({ predicted: data.predicted, group: given.codes });
    const decisions = encodeLabels({ predicted: data.predicted }, input.positive);
    const code = needPositive(decisions, "equalized odds");
    const rules = given.names.map((name) => {
      if (!Object.hasOwn(groups, name)) throw new RangeError(`expected group to be one of ${names.join(", ")}, got ${name}`);
      return groups[name];
    });
    return Array.from(given.codes, (g, i) => (decisions.predicted![i] === code ? rules[g].keepPositive : rules[g].flipNegative));
  };
  return Object.freeze({
    groups, truePositiveRate: expected(1), falsePositiveRate: expected(0), error: objective + positives / n, predictProba,
    predict: ({ seed, ...data }: { predicted: Labels; group: Groups; seed: number }) => {
      const generator = random(seed);
      return predictProba(data).map((chance) => Number(generator.uniform() < chance));
    },
  });
}
