/** What is summed of each cell (a group, or a group within a level of the control features). Sums of two cells are the sums of both together: that is why overall figures cost nothing. */
export const field = {
  rows: 0, weight: 1, trueNegative: 2, falsePositive: 3, falseNegative: 4, truePositive: 5, match: 6,
  predicted: 7, truth: 8, error: 9, absoluteError: 10, squaredError: 11, truthSquared: 12, score: 13, brier: 14, logLoss: 15, positives: 16, negatives: 17,
} as const;
export const fields = 18;

/** The columns a metric reads. */
export type Need = "truth" | "predicted" | "confusion" | "match" | "error" | "value" | "base" | "scores" | "scoreLoss";

export interface TallyData {
  cells: Int32Array;
  cellCount: number;
  truth?: ArrayLike<number>;
  predicted?: ArrayLike<number>;
  scores?: ArrayLike<number>;
  weights?: ArrayLike<number>;
  positive?: number;
}

/** The sums of every cell in one pass for each kind of sum; `rows` picks rows, repeats allowed (a bootstrap sample). */
export function tally(data: TallyData, needs: ReadonlySet<Need>, rows?: Int32Array): Float64Array {
  const sums = new Float64Array(data.cellCount * fields);
  if (needs.has("confusion")) addConfusion(sums, data, rows);
  else addRows(sums, data, rows);
  if (needs.has("match")) addMatches(sums, data, rows);
  if (needs.has("value") || needs.has("base")) addMeans(sums, data, needs, rows);
  if (needs.has("error")) addErrors(sums, data, rows);
  if (needs.has("scores")) addScores(sums, data, needs.has("scoreLoss"), rows);
  return sums;
}

function addRows(sums: Float64Array, { cells, weights }: TallyData, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    const at = cells[i] * fields;
    sums[at] += 1;
    sums[at + 1] += weights ? weights[i] : 1;
  }
}

/** Truth is absent where only predictions are measured: then every row counts as a negative, and only the selected share is asked for. */
function addConfusion(sums: Float64Array, { cells, truth, predicted, weights, positive }: TallyData, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    const at = cells[i] * fields;
    const weight = weights ? weights[i] : 1;
    const isPositive = truth !== undefined && truth[i] === positive;
    sums[at] += 1;
    sums[at + 1] += weight;
    sums[at + 2 + (isPositive ? 2 : 0) + (predicted![i] === positive ? 1 : 0)] += weight;
    sums[at + (isPositive ? 16 : 17)] += 1;
  }
}

function addMatches(sums: Float64Array, { cells, truth, predicted, weights }: TallyData, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    if (truth![i] === predicted![i]) sums[cells[i] * fields + field.match] += weights ? weights[i] : 1;
  }
}

function addMeans(sums: Float64Array, { cells, truth, predicted, weights }: TallyData, needs: ReadonlySet<Need>, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  const [values, labels] = [needs.has("value") ? predicted : undefined, needs.has("base") ? truth : undefined];
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    const at = cells[i] * fields;
    const weight = weights ? weights[i] : 1;
    if (values) sums[at + field.predicted] += weight * values[i];
    if (labels) sums[at + field.truth] += weight * labels[i];
  }
}

function addErrors(sums: Float64Array, { cells, truth, predicted, weights }: TallyData, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    const at = cells[i] * fields;
    const weight = weights ? weights[i] : 1;
    const error = predicted![i] - truth![i];
    sums[at + field.error] += weight * error;
    sums[at + field.absoluteError] += weight * Math.abs(error);
    sums[at + field.squaredError] += weight * error * error;
  }
}

function addScores(sums: Float64Array, { cells, truth, scores, weights, positive }: TallyData, losses: boolean, rows?: Int32Array): void {
  const n = rows ? rows.length : cells.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? rows[k] : k;
    const at = cells[i] * fields;
    const weight = weights ? weights[i] : 1;
    const score = scores![i];
    sums[at + field.score] += weight * score;
    if (!losses) continue;
    const label = truth![i] === positive ? 1 : 0;
    sums[at + field.brier] += weight * (score - label) ** 2;
    sums[at + field.logLoss] -= weight * Math.log(label === 1 ? score : 1 - score);
  }
}

/** The sums of several cells together, as one cell. */
export function addCells(sums: Float64Array, cells: readonly number[]): Float64Array {
  const total = new Float64Array(fields);
  for (const cell of cells) for (let k = 0; k < fields; k++) total[k] += sums[cell * fields + k];
  return total;
}
