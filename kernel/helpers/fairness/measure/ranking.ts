/** Area under the ROC curve: the chance that a positive scores above a negative, ties one half. Weighted. NaN without both classes. `truth` is 0 or 1. */
export function area(truth: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>): number {
  const order = Int32Array.from({ length: truth.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  let [below, wins, positives] = [0, 0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    let [tiedNegatives, tiedPositives] = [0, 0];
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) {
      if (truth[order[to]] === 1) tiedPositives += weights[order[to]];
      else tiedNegatives += weights[order[to]];
    }
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    positives += tiedPositives;
    from = to;
  }
  return positives > 0 && below > 0 ? wins / (positives * below) : Number.NaN;
}

export interface CalibrationBin {
  /** Scores in [from, to); the last bin includes 1. */
  from: number;
  to: number;
  /** Rows, and their weight. */
  rows: number;
  weight: number;
  /** Mean score and share of positives; NaN in an empty bin. */
  meanScore: number;
  positiveShare: number;
}

/** Equally wide bins of the scores. */
export function calibrationBins(truth: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>, bins: number): CalibrationBin[] {
  const [rows, weight, score, positive] = Array.from({ length: 4 }, () => new Float64Array(bins));
  for (let i = 0; i < truth.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(scores[i] * bins));
    rows[bin] += 1;
    weight[bin] += weights[i];
    score[bin] += weights[i] * scores[i];
    positive[bin] += weights[i] * truth[i];
  }
  return Array.from(weight, (w, bin) => ({ from: bin / bins, to: (bin + 1) / bins, rows: rows[bin], weight: w, meanScore: w > 0 ? score[bin] / w : Number.NaN, positiveShare: w > 0 ? positive[bin] / w : Number.NaN }));
}

/** Weighted mean over bins of |share of positives - mean score| (Naeini et al. 2015). */
export function expectedCalibrationError(truth: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>, bins: number): number {
  let [gap, total] = [0, 0];
  for (const { weight, meanScore, positiveShare } of calibrationBins(truth, scores, weights, bins)) {
    if (weight > 0) gap += weight * Math.abs(positiveShare - meanScore);
    total += weight;
  }
  return total > 0 ? gap / total : Number.NaN;
}
