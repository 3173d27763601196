import { known } from "../../arguments.js";
import type { Model, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { frozen, table } from "../table.js";
import type { Examples } from "../gradient/contract.js";
import { readExamples } from "../gradient/examples.js";

export interface FaithfulnessOptions extends OutputOption {
  /** The attributions to judge, a list for each example, as long as the example. */
  values: readonly ArrayLike<number>[];
  /** What stands for "taken away"; default all 0. */
  baseline?: ArrayLike<number>;
}

export interface Faithfulness {
  /** Per example: correlation of a number's attribution with the drop when it alone is taken away. 1 is best; NaN where one of the two does not vary. */
  readonly correlation: readonly number[];
  /** Mean prediction while numbers are taken away, the most important first: low is good. */
  readonly deletion: readonly number[];
  /** Mean prediction while they are put into the baseline, the most important first: high is good. */
  readonly insertion: readonly number[];
  /** The predictions on the way, [example][0 ... n numbers]. */
  readonly deletionCurves: readonly (readonly number[])[];
  readonly insertionCurves: readonly (readonly number[])[];
}

/**
 * Does the model really rest on what the attributions name? Numbers are taken away or put in, in their order, and the model is asked again.
 * Compare two explanations of one model with it; the figures mean little alone.
 *
 * @param x the explained examples
 * @throws values of another shape than x
 * @see Petsiuk et al. (2018), RISE (deletion, insertion); Alvarez-Melis and Jaakkola (2018) (faithfulness correlation)
 * @example
 * const model = (rows: number[][]) => rows.map(([a, b]) => 2 * a + b);
 * (await explain.faithfulness(model, [[1, 1]], { values: [[2, 1]] })).deletion // [1.333]
 */
export async function faithfulness(model: Model, x: Examples, options: FaithfulnessOptions): Promise<Faithfulness> {
  known(options, ["values", "baseline", "output"]);
  const { values: flat, rows, width } = readExamples(x);
  const values = table({ values: options.values }, width);
  if (values.rows !== rows) throw new RangeError(`expected values for ${rows} examples, got ${values.rows}`);
  const baseline = table({ baseline: [options.baseline ?? new Float64Array(width)] }, width).values;
  const predict = predictor(model, width, options.output);
  const result = { correlation: [] as number[], deletion: [] as number[], insertion: [] as number[], deletionCurves: [] as number[][], insertionCurves: [] as number[][] };
  for (let row = 0; row < rows; row++) {
    const one = flat.subarray(row * width, (row + 1) * width);
    const weights = values.values.subarray(row * width, (row + 1) * width);
    const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
    const ask = async (count: number, fill: (copy: Float64Array, index: number) => void) => {
      const buffer = new Float64Array(count * width);
      for (let index = 0; index < count; index++) fill(buffer.subarray(index * width, (index + 1) * width), index);
      return Array.from((await predict(buffer, count)).subarray(0, count));
    };
    const mix = (from: Float64Array, to: Float64Array) => (copy: Float64Array, index: number) => {
      copy.set(from);
      for (let k = 0; k < index; k++) copy[order[k]] = to[order[k]];
    };
    const deletion = await ask(width + 1, mix(one, baseline));
    const insertion = await ask(width + 1, mix(baseline, one));
    const alone = await ask(width, (copy, index) => {
      copy.set(one);
      copy[index] = baseline[index];
    });
    result.deletionCurves.push(deletion);
    result.insertionCurves.push(insertion);
    result.deletion.push(deletion.reduce((a, b) => a + b, 0) / deletion.length);
    result.insertion.push(insertion.reduce((a, b) => a + b, 0) / insertion.length);
    result.correlation.push(pearson(weights, alone.map((answer) => deletion[0] - answer)));
  }
  return frozen(result);
}

function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) [meanA, meanB] = [meanA + a[i] / n, meanB + b[i] / n];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) [ab, aa, bb] = [ab + (a[i] - meanA) * (b[i] - meanB), aa + (a[i] - meanA) ** 2, bb + (b[i] - meanB) ** 2];
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Number.NaN;
}
