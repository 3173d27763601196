import { allFinite, known, oneOf, whole } from "../../arguments.js";
import type { OutputOption } from "../model/contract.js";
import { frozen } from "../table.js";
import { gaussLegendre } from "../tree/legendre.js";
import type { DifferentiableModel, Examples, InputAttributions } from "./contract.js";
import { differentiable } from "./differentiable.js";
import { readExamples } from "./examples.js";
import { inputAttributions } from "./results.js";

export type IntegrationRule = "gaussLegendre" | "middle" | "trapezoid" | "right";

export interface IntegratedGradientsOptions extends OutputOption {
  /** The example that says nothing, flat: a black picture, a mean row. Default: all 0. */
  baseline?: ArrayLike<number>;
  /** Gradients on the way; default 50. "trapezoid" takes one more, at the baseline. */
  steps?: number;
  /** Default "gaussLegendre", as Captum. */
  rule?: IntegrationRule;
}

export interface IntegratedGradients extends InputAttributions {
  /** sum of values - (prediction - prediction at the baseline), per example: 0 if the steps were enough. */
  readonly delta: readonly number[];
}

/**
 * The gradient collected on the straight way from a baseline to the example, times the distance: the values add up to what the
 * prediction gained on the way (completeness; `delta` says how nearly).
 *
 * @param x as `saliency`
 * @throws a baseline of another width
 * @see Sundararajan et al. (2017), "Axiomatic attribution for deep networks"; as captum.attr.IntegratedGradients
 * @example
 * const model = { predict: (rows: number[][]) => rows.map(([a, b]) => a * b), gradient: (rows: number[][]) => rows.map(([a, b]) => [b, a]) };
 * (await explain.integratedGradients(model, [[2, 3]])).values // [[3.000, 3.000]]
 */
export async function integratedGradients(model: DifferentiableModel, x: Examples, options: IntegratedGradientsOptions = {}): Promise<IntegratedGradients> {
  known(options, ["baseline", "steps", "rule", "output"]);
  const { values: flat, rows, width, shape } = readExamples(x);
  const baseline = Float64Array.from(allFinite({ baseline: options.baseline ?? new Float64Array(width) }));
  if (baseline.length !== width) throw new RangeError(`expected baseline of ${width} numbers, got ${baseline.length}`);
  const { nodes, weights } = ruleOf(oneOf({ rule: options.rule ?? "gaussLegendre" }, ["gaussLegendre", "middle", "trapezoid", "right"]), whole({ steps: options.steps ?? 50 }, 1));
  const { predict, gradient } = differentiable(model, width, options.output);
  const predictions = (await predict(flat, rows)).slice(0, rows);
  const start = (await predict(baseline, 1))[0];
  const values = new Float64Array(rows * width);
  const way = new Float64Array(nodes.length * width);
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < nodes.length; step++) for (let at = 0; at < width; at++) way[step * width + at] = baseline[at] + nodes[step] * (flat[row * width + at] - baseline[at]);
    const slopes = await gradient(way, nodes.length);
    for (let step = 0; step < nodes.length; step++) for (let at = 0; at < width; at++) values[row * width + at] += weights[step] * slopes[step * width + at];
    for (let at = 0; at < width; at++) values[row * width + at] *= flat[row * width + at] - baseline[at];
  }
  const delta = Array.from(predictions, (prediction, row) => values.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b, 0) - (prediction - start));
  return frozen({ ...inputAttributions(shape, width, values, predictions), delta });
}

function ruleOf(rule: IntegrationRule, steps: number): { nodes: Float64Array; weights: Float64Array } {
  if (rule === "gaussLegendre") return gaussLegendre(steps);
  const points = rule === "trapezoid" ? steps + 1 : steps;
  const shift = rule === "middle" ? 0.5 : rule === "right" ? 1 : 0;
  const weights = new Float64Array(points).fill(1 / steps);
  if (rule === "trapezoid") weights[0] = weights[steps] = 0.5 / steps;
  return { nodes: Float64Array.from(weights, (_, step) => (step + shift) / steps), weights };
}
