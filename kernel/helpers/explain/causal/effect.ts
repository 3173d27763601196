import { known, oneOf } from "../../arguments.js";
import { frozen } from "../table.js";
import { binaryTreatment, columnOf, design, type CausalData } from "./columns.js";
import { dot, leastSquares, propensities } from "./regress.js";

export interface EffectOptions {
  treatment: string;
  outcome: string;
  /** Columns to adjust for: a back-door set. Default: none, the plain difference. */
  covariates?: readonly string[];
  /**
   * "regression": coefficient of the treatment in a line on treatment and covariates; any numeric treatment, one effect for all.
   * "stratification": mean difference within rows of equal covariates, weighted by their number.
   * "weighting": means weighted by 1 / probability of the treatment received (logistic; normalised weights).
   * "doublyRobust": a line in each arm, corrected by weighting (AIPW); right if either of the two is. Default "regression".
   */
  method?: "regression" | "stratification" | "weighting" | "doublyRobust";
}

export interface EffectEstimate {
  /** Average effect of one more of the treatment (1 instead of 0), in the unit of the outcome. */
  readonly effect: number;
  readonly method: string;
  readonly rows: number;
  /** The difference without adjustment, to compare. */
  readonly naive: number;
}

/**
 * The average causal effect by adjustment: right if the covariates are a back-door set of the true graph, which no data can tell.
 *
 * @param data columns of numbers of one length
 * @throws a treatment that never varies; one that is not 0 and 1 (all methods but regression); a stratum with one treatment only (no overlap);
 *   covariates that predict the treatment without error
 * @see Pearl (2009), adjustment formula; Hajek (1971) for normalised weights; Robins et al. (1994) for doublyRobust
 * @example
 * const columns = { t: [0, 0, 1, 0, 1, 1], z: [0, 0, 0, 1, 1, 1], y: [1, 1, 3, 6, 8, 8] };
 * explain.causalEffect(columns, { treatment: "t", outcome: "y", covariates: ["z"], method: "stratification" }).effect // 2
 */
export function causalEffect(data: CausalData, options: EffectOptions): EffectEstimate {
  known(options, ["treatment", "outcome", "covariates", "method"]);
  const method = oneOf({ method: options.method ?? "regression" }, ["regression", "stratification", "weighting", "doublyRobust"]);
  const t = columnOf(data, options.treatment);
  const y = columnOf(data, options.outcome, t.length);
  const z = (options.covariates ?? []).map((name) => {
    if (name === options.treatment || name === options.outcome) throw new RangeError(`expected covariates apart from treatment and outcome, got ${name}`);
    return columnOf(data, name, t.length);
  });
  if (method !== "regression") binaryTreatment(t, options.treatment);
  else if (Array.from(t).every((value) => value === t[0])) throw new RangeError(`expected treatment ${options.treatment} to vary, got ${t[0]} throughout`);
  const effect = { regression, stratification, weighting, doublyRobust }[method](t, y, z);
  return frozen({ effect, method, rows: t.length, naive: regression(t, y, []) });
}

type Columns = readonly ArrayLike<number>[];

/** The treatment comes last: where the covariates already say it, its column is the one that drops out. */
function regression(t: ArrayLike<number>, y: ArrayLike<number>, z: Columns): number {
  const { x, width } = design([...z, t], t.length);
  return leastSquares(x, width, y)[width - 1];
}

function stratification(t: ArrayLike<number>, y: ArrayLike<number>, z: Columns): number {
  const strata = new Map<string, { count: [number, number]; sum: [number, number] }>();
  for (let row = 0; row < t.length; row++) {
    const key = z.map((column) => column[row]).join();
    const stratum = strata.get(key) ?? { count: [0, 0], sum: [0, 0] };
    strata.set(key, stratum);
    stratum.count[t[row]]++;
    stratum.sum[t[row]] += y[row];
  }
  let effect = 0;
  for (const [key, { count, sum }] of strata) {
    if (count[0] === 0 || count[1] === 0) throw new RangeError(`expected both treatments in every stratum (overlap), got only ${count[0] ? 0 : 1} where the covariates are ${key}`);
    effect += ((count[0] + count[1]) / t.length) * (sum[1] / count[1] - sum[0] / count[0]);
  }
  return effect;
}

function weighting(t: ArrayLike<number>, y: ArrayLike<number>, z: Columns): number {
  const { x, width } = design(z, t.length);
  const p = propensities(x, width, t);
  const [sum, weight] = [[0, 0], [0, 0]];
  for (let row = 0; row < t.length; row++) {
    const w = 1 / (t[row] ? p[row] : 1 - p[row]);
    sum[t[row]] += w * y[row];
    weight[t[row]] += w;
  }
  return sum[1] / weight[1] - sum[0] / weight[0];
}

function doublyRobust(t: ArrayLike<number>, y: ArrayLike<number>, z: Columns): number {
  const { x, width } = design(z, t.length);
  const p = propensities(x, width, t);
  const lines = [leastSquares(x, width, y, Array.from(t, (one) => 1 - one)), leastSquares(x, width, y, t)];
  let effect = 0;
  for (let row = 0; row < t.length; row++) {
    const [zero, one] = lines.map((beta) => dot(x, row, width, beta));
    effect += one - zero + (t[row] ? (y[row] - one) / p[row] : -(y[row] - zero) / (1 - p[row]));
  }
  return effect / t.length;
}

/**
 * The average effect through measured mediators where the confounder was not measured (front door), with lines: the effect of the treatment on each
 * mediator times the mediator's on the outcome, the treatment held fixed.
 *
 * @throws a treatment that never varies; no mediators
 * @see Pearl (1995)
 * @example
 * const columns = { t: [0, 1, 0, 1], m: [0, 2, 1, 3], y: [1, 7, 4, 10] };
 * explain.frontdoorEffect(columns, { treatment: "t", outcome: "y", mediators: ["m"] }).effect // 6.000
 */
export function frontdoorEffect(data: CausalData, options: { treatment: string; outcome: string; mediators: readonly string[] }): EffectEstimate {
  known(options, ["treatment", "outcome", "mediators"]);
  const t = columnOf(data, options.treatment);
  const y = columnOf(data, options.outcome, t.length);
  if (!options.mediators?.length) throw new RangeError("expected mediators, got none");
  if (Array.from(t).every((value) => value === t[0])) throw new RangeError(`expected treatment ${options.treatment} to vary, got ${t[0]} throughout`);
  const mediators = options.mediators.map((name) => columnOf(data, name, t.length));
  const { x, width } = design([t, ...mediators], t.length);
  const onOutcome = leastSquares(x, width, y);
  const effect = mediators.reduce((sum, m, at) => sum + regression(t, m, []) * onOutcome[at + 2], 0);
  return frozen({ effect, method: "frontdoor", rows: t.length, naive: regression(t, y, []) });
}
