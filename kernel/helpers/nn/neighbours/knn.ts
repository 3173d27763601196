import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import type { Classifier, Examples, Label, LabelOf, Regressor, Rows } from "../examples/contract.js";
import { argmaxRows, encodeTraining, readTargets, toRows } from "../examples/labels.js";
import { readExamples, type ReadExamples } from "../examples/read.js";
import { shownBy } from "../show.js";
import { influence, neighborOptionNames, neighborSearch, type Found, type NeighborOptions, type NeighborSearch } from "./search.js";

export interface Neighbors {
  /** Of each row: places of its neighbours among the examples, nearest first; of equally near ones the lower place. */
  readonly indices: readonly (readonly number[])[];
  readonly distances: readonly (readonly number[])[];
}

interface Asked {
  /** The k nearest examples of each row: what a prediction rests on. */
  readonly neighbors: (rows: Rows, options?: { k?: number }) => Neighbors;
}

export interface KnnClassifier<Y extends Label = Label> extends Classifier<Y>, Asked {
  readonly k: number;
}

export interface KnnRegressor extends Regressor, Asked {
  readonly k: number;
}

export interface KnnOptions extends NeighborOptions {
  /** The classes in the order wanted. Default: those found, ascending. */
  classes?: readonly Label[];
}

/**
 * k-nearest neighbours for classes: the shares of the classes among the k nearest examples. Nothing is learned but the examples themselves, which are copied.
 *
 * Source: Fix and Hodges (1951), Cover and Hart (1967); as scikit-learn's `KNeighborsClassifier`, but of equally near examples the one that stands first is taken.
 *
 * @throws `expected k <= 3, the number of examples, got 5`; example weights (neighbours have none); otherwise as `decisionTree`
 * @example
 * const model = nn.knn({ x: [[1], [2], [8], [9]], y: ["low", "low", "high", "high"] }, { k: 3 });
 * model.predict([[0], [7]]) // ["low", "high"]
 * model.neighbors([[7]], { k: 2 }).indices // [[2, 3]]
 */
export function knn<const D extends Examples>(data: D, options: KnnOptions = {}): KnnClassifier<LabelOf<D>> {
  known(options, [...neighborOptionNames, "classes"]);
  const examples = unweighted(readExamples(data));
  const { classes, codes } = encodeTraining<LabelOf<D>>({ [examples.yName]: examples.y }, options.classes as readonly LabelOf<D>[] | undefined);
  const search = neighborSearch(examples, examples.features, options);
  const shares = (rows: unknown): { flat: Float64Array; count: number } => {
    const found = search.find(rows);
    const flat = new Float64Array(found.rows * classes.length);
    const counts = new Float64Array(found.k);
    for (let row = 0; row < found.rows; row++) {
      influence(found, row, search.weights, counts);
      const sum = counts.reduce((a, b) => a + b, 0);
      for (let i = 0; i < found.k; i++) flat[row * classes.length + codes[found.index[row * found.k + i]]] += counts[i] / sum;
    }
    return { flat, count: found.rows };
  };
  const model: KnnClassifier<LabelOf<D>> = {
    classes, features: examples.features, k: search.k, neighbors: plainNeighbors(search),
    predict: (rows) => {
      const { flat, count } = shares(rows);
      return Array.from(argmaxRows(flat, count, classes.length), (code) => classes[code]);
    },
    predictProba: (rows) => {
      const { flat, count } = shares(rows);
      return toRows(flat, count, classes.length);
    },
  };
  return shownBy(model, () => text(say(`${search.k} nearest of ${examples.rows} examples, ${examples.width} features, classes ${classes.map(String).join(", ")}`, `${examples.rows} 个样本中最近的 ${search.k} 个，${examples.width} 个特征，类别 ${classes.map(String).join("、")}`)));
}

/**
 * k-nearest neighbours for numbers: the mean of the k nearest examples' answers. Otherwise as `knn`.
 *
 * @throws as `knn`
 * @example nn.knnRegression({ x: [[1], [2], [8]], y: [10, 20, 80] }, { k: 2 }).predict([[0]]) // [15]
 */
export function knnRegression(data: Examples<number>, options: NeighborOptions = {}): KnnRegressor {
  known(options, neighborOptionNames);
  const examples = unweighted(readExamples(data));
  const targets = readTargets(examples.yName, examples.y);
  const search = neighborSearch(examples, examples.features, options);
  const model: KnnRegressor = {
    features: examples.features, k: search.k, neighbors: plainNeighbors(search),
    predict: (rows) => {
      const found = search.find(rows);
      const counts = new Float64Array(found.k);
      return Array.from({ length: found.rows }, (_, row) => {
        influence(found, row, search.weights, counts);
        let [sum, weight] = [0, 0];
        for (let i = 0; i < found.k; i++) {
          sum += counts[i] * targets[found.index[row * found.k + i]];
          weight += counts[i];
        }
        return sum / weight;
      });
    },
  };
  return shownBy(model, () => text(say(`Mean of the ${search.k} nearest of ${examples.rows} examples, ${examples.width} features`, `${examples.rows} 个样本中最近的 ${search.k} 个的均值，${examples.width} 个特征`)));
}

const text = (line: string) => ({ data: { "text/plain": line }, metadata: {} });

function unweighted(examples: ReadExamples): ReadExamples {
  if (examples.weights) throw new RangeError("expected no weights for nearest neighbours: each example is there once");
  return examples;
}

const plainNeighbors = (search: NeighborSearch): Asked["neighbors"] => (rows, options = {}) => {
  known(options, ["k"]);
  const found: Found = search.find(rows, options.k);
  const split = (flat: ArrayLike<number>) => Object.freeze(Array.from({ length: found.rows }, (_, row) => Object.freeze(Array.from({ length: found.k }, (__, i) => flat[row * found.k + i]))));
  return Object.freeze({ indices: split(found.index), distances: split(found.distance) });
};
