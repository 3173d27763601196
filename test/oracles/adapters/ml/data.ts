import * as data from "../../../../kernel/helpers/data/index.js";
import type { OracleCase } from "../../contract.js";

type Input = OracleCase["input"];
type Row = Record<string, unknown>;
const numbers = (input: Input, name: string) => input[name] as number[];
const matrix = (input: Input, name: string) => input[name] as number[][];
const rows = (input: Input) => input["rows"] as Row[];
const records = (points: readonly (readonly number[])[], more: (at: number) => Row = () => ({})): Row[] => points.map((point, at) => ({ ...Object.fromEntries(point.map((value, j) => [`x${j}`, value])), ...more(at) }));

/** What `data` answers to the cases of data.json, through the public API. */
export const answers: Record<string, (input: Input, expected: any) => unknown> = {
  "data-profile": (input) => {
    const { columns, correlations } = data.profile(rows(input));
    return { columns: Object.fromEntries(columns.map((column) => [column.name, column])), pearson: correlations.pearson };
  },
  "data-knn-impute": (input) => {
    const options = { neighbours: input["neighbours"] as number, weights: input["weights"] as "uniform" };
    return [...data.imputeNearest(rows(input), options).apply(rows(input))].map((row) => Object.values(row));
  },
  "data-impute": (input) => {
    const by = (fill: "mean" | "median") => data.impute(rows(input), { columns: { a: fill, b: fill, c: fill, d: fill } }).fill;
    return { mean: by("mean"), median: by("median") };
  },
  "data-scale": (input) => {
    const [train, test] = [matrix(input, "train"), matrix(input, "test")];
    const two = (points: number[][]) => points.map((point) => point.slice(0, 2));
    const bins = data.quantileBins(two(train), { bins: 5 });
    return { standardize: data.standardize(train).apply(test), minMax: data.minMax(train, { range: [-1, 1] }).apply(test), robust: data.robust(train).apply(test), bins: bins.apply(two(test)), edges: bins.edges };
  },
  "data-categories": (input) => {
    const table = (name: string) => (input[name] as string[][]).map(([town, side]) => ({ town, side }));
    const options = { columns: ["town", "side"] };
    return { oneHot: data.oneHot(table("train"), options).apply(table("test")), ordinal: data.ordinal(table("train"), options).apply(table("test")) };
  },
  "data-lof": (input) => data.localOutlierFactor(matrix(input, "rows"), { neighbours: input["neighbours"] as number }),
  "data-isolation-forest": (input) => data.isolationForest(matrix(input, "rows"), { trees: 1000, sample: input["sample"] as number, seed: 5 }).score(matrix(input, "rows")),
  "data-mad": (input) => data.robustScores(numbers(input, "values")).scores,
  "data-ks": (input) => data.ksTest(numbers(input, "a"), numbers(input, "b")),
  "data-chi2": (input) => data.chiSquaredTest(matrix(input, "counts")),
  "data-leakage": (input) => {
    const columns = ["x", "y", "c", "z"] as const;
    const table = numbers(input, "x").map((_, at) => Object.fromEntries(columns.map((name) => [name, (input[name] as unknown[])[at]])));
    const strength = (target: string, column: string) => data.targetLeakage(table, { target, columns: [column], threshold: 0 })[0]!.strength;
    return { auc: strength("y", "x"), rank: strength("z", "x"), cramer: strength("y", "c") };
  },
  "data-group-folds": (input) => {
    const groups = numbers(input, "groups").map((group, row) => ({ group, row }));
    return data.folds(groups, { folds: input["folds"] as number, by: ({ group }) => group }).map(({ test }) => test.map(({ row }) => row));
  },
  "data-time-folds": (input) => data.folds(Array.from({ length: input["count"] as number }, (_, at) => at), { folds: input["folds"] as number, time: (row) => row }),
  // New rows are random: each must go towards one of the recorded neighbours, and none of those may be missing.
  "data-smote": (input, expected) => towards(records(matrix(input, "rows"), () => ({ y: "few" })), input["neighbours"] as number, expected),
  "data-smote-nc": (input, expected) => towards(records(matrix(input, "rows"), (at) => ({ word: (input["words"] as string[])[at], y: "few" })), input["neighbours"] as number, expected),
};

function towards(few: Row[], neighbours: number, expected: number[][]): number[][] {
  const many = Array.from({ length: 2000 }, (_, at) => ({ ...few[0]!, x0: at, y: "many" }));
  const { origins } = data.smote([...few, ...many], { target: "y", neighbours, seed: 2 });
  const seen = few.map(() => new Set<number>());
  for (const { row, neighbour } of origins) seen[row]!.add(neighbour);
  return seen.map((found, row) => (found.size === neighbours ? expected[row]!.map((one) => (found.has(one) ? one : -1)) : [...found]));
}
