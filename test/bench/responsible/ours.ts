import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as explain from "../../../kernel/helpers/explain/index.js";
import * as fairness from "../../../kernel/helpers/fairness/index.js";
import * as label from "../../../kernel/helpers/label/index.js";

/** One of our computations, on the inputs that peers.py wrote. The result is a table of numbers, the same as the package's. */
export interface Task {
  name: string;
  what: string;
  peer: string;
  /** Largest difference between two numbers that is still the same answer. */
  within: number;
  run(): number[][] | Promise<number[][]>;
}

export function tasksFrom(folder: string): Task[] {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as T;
  const people = read<{ names: string[]; codes: number[]; truth: number[]; predicted: number[] }>("by-group");
  const group = people.codes.map((code) => people.names[code]!);
  const metrics = ["count", "selectionRate", "accuracy", "truePositiveRate", "falsePositiveRate"] as const;
  const { x, trees } = read<{ x: number[][]; trees: explain.Tree[] }>("shap");
  const model = (rows: number[][]) => rows.map((row) => row.reduce((sum, value, at) => sum + (at + 1) * value, 0) + row[0]! * row[1]!);
  const background = x.slice(0, 100);
  const votes = read<[number, number, number][]>("labels").map(([item, annotator, label]) => ({ item, annotator, label }));
  return [
    {
      name: "by-group", what: "5 metrics of 5 groups, 1,000,000 rows", peer: "fairlearn", within: 1e-12,
      run() {
        const { groups } = fairness.byGroup({ truth: people.truth, predicted: people.predicted, group, metrics });
        return people.names.map((name) => metrics.map((metric) => groups[name]![metric]!));
      },
    },
    {
      name: "kernel-shap", what: "KernelSHAP, 10 columns, 100 rows, background of 100", peer: "shap", within: 1e-8,
      run: async () => table((await explain.kernelShap(model, background, { background })).values),
    },
    { name: "tree-shap", what: "TreeSHAP, 100 trees of depth 6, 1,000 rows", peer: "shap", within: 1e-6, run: () => table(explain.treeShap(trees, x).values) },
    { name: "dawid-skene", what: "Dawid-Skene, 100,000 labels, 10 iterations", peer: "crowd-kit", within: 0, run: () => [label.dawidSkene(votes, { iterations: 10, tolerance: 0 }).labels.map(Number)] },
  ];
}

const table = (values: readonly (readonly number[])[]): number[][] => values.map((row) => [...row]);
