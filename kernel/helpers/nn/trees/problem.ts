import { oneOf } from "../../arguments.js";
import type { Examples, Label } from "../examples/contract.js";
import { encodeTraining, readTargets, rowWeights, type ClassWeight } from "../examples/labels.js";
import { readExamples, type ReadExamples } from "../examples/read.js";
import { rankColumns, type RankedColumns } from "./columns.js";
import { classCriterion, squaredCriterion, type Criterion } from "./criterion.js";

/** Examples ready for trees to grow on: one criterion for all, or one a tree where each draws its own weights. */
interface Problem {
  examples: ReadExamples;
  columns: RankedColumns;
  /** A criterion with these weights of the rows (rows of weight 0 are not given to it). */
  criterion(weight: Float64Array): Criterion;
  /** Weights of the rows, classes included. */
  weight: Float64Array;
}

export interface ClassProblem<Y extends Label> extends Problem {
  classes: readonly Y[];
  codes: Int32Array;
}

export interface MeanProblem extends Problem {
  targets: Float64Array;
}

export function classProblem<Y extends Label>(data: Examples, options: { criterion?: "gini" | "entropy"; classWeight?: ClassWeight; classes?: readonly Label[] }): ClassProblem<Y> {
  const examples = readExamples(data);
  const kind = oneOf({ criterion: options.criterion ?? "gini" }, ["gini", "entropy"]);
  const encoded = encodeTraining<Y>({ [examples.yName]: examples.y }, options.classes as readonly Y[] | undefined, examples.weights);
  const { classes, codes } = encoded;
  const weight = rowWeights(encoded, examples.weights, options.classWeight) ?? new Float64Array(examples.rows).fill(1);
  return { examples, columns: rankColumns(examples), criterion: (one) => classCriterion(kind, codes, classes.length, one), weight, classes, codes };
}

export function meanProblem(data: Examples<number>): MeanProblem {
  const examples = readExamples(data);
  const targets = readTargets(examples.yName, examples.y);
  return { examples, columns: rankColumns(examples), criterion: (one) => squaredCriterion(targets, one), weight: examples.weights ?? new Float64Array(examples.rows).fill(1), targets };
}

/** The rows that count. */
export const rowsWithWeight = (weight: Float64Array): Int32Array => Int32Array.from(weight.keys()).filter((row) => weight[row] > 0);
