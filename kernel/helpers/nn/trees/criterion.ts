/** The best place to cut a sorted list of rows: after `position` of them; `score` is to be made large, comparable within the node. */
export interface Cut {
  position: number;
  score: number;
}

/**
 * What a node looks like and where to cut it. A criterion is set to a node once, then asked about one feature after another.
 * Only cuts between different ranks with `leaf` rows on each side count; the first of equals is taken (`slack` below it is equal).
 */
export interface Criterion {
  /** Numbers a node predicts. */
  readonly width: number;
  /** Reads the rows of a node and gives its weight. */
  enter(samples: Int32Array, from: number, to: number): number;
  /** Impurity of the node that was entered. */
  impurity(): number;
  /** The node's prediction, written to `target` at `at`. */
  value(target: Float64Array, at: number): void;
  /** The impurities of the sides, weighted, that a score stands for: impurity after the cut times the node's weight. */
  after(score: number): number;
  /** Best cut of these sorted rows; position 0: none. */
  cut(order: Int32Array, count: number, ranks: Int32Array, column: number, leaf: number): Cut;
}

/** Shares of classes: Gini = 1 - sum of squares, or entropy in bits. Weights of rows may be any numbers above 0. */
export function classCriterion(kind: "gini" | "entropy", codes: Int32Array, classes: number, weight: Float64Array): Criterion {
  const all = new Float64Array(classes);
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  const cLogC = kind === "entropy" ? logTable(weight) : undefined;
  const found: Cut = { position: 0, score: 0 };
  let total = 0;
  const impurity = (): number => {
    let sum = 0;
    for (const count of all) {
      const share = count / total;
      if (kind === "gini") sum += share * share;
      else if (share > 0) sum -= share * Math.log2(share);
    }
    return kind === "gini" ? 1 - sum : Math.max(0, sum);
  };
  return {
    width: classes,
    enter(samples, from, to) {
      all.fill(0);
      total = 0;
      for (let i = from; i < to; i++) {
        const row = samples[i];
        all[codes[row]] += weight[row];
        total += weight[row];
      }
      return total;
    },
    impurity,
    value(target, at) {
      for (let k = 0; k < classes; k++) target[at + k] = all[k] / total;
    },
    after: (score) => (kind === "gini" ? total - score : -score),
    cut: kind === "gini" ? cutGini : cutEntropy,
  };

  /** Score: sum over the sides of (sum of squared counts) / weight. */
  function cutGini(order: Int32Array, count: number, ranks: Int32Array, column: number, leaf: number): Cut {
    left.fill(0);
    right.set(all);
    let [leftSquares, rightSquares, leftWeight] = [0, 0, 0];
    for (let k = 0; k < classes; k++) rightSquares += all[k] * all[k];
    const slack = 1e-12 * total;
    found.position = 0;
    let best = -Infinity;
    let row = order[0];
    let rank = ranks[column + row];
    for (let i = 1; i < count; i++) {
      const w = weight[row];
      const k = codes[row];
      leftSquares += w * (2 * left[k] + w);
      rightSquares -= w * (2 * right[k] - w);
      left[k] += w;
      right[k] -= w;
      leftWeight += w;
      row = order[i];
      const next = ranks[column + row];
      if (next === rank) continue;
      rank = next;
      if (i < leaf || count - i < leaf) continue;
      const score = leftSquares / leftWeight + rightSquares / (total - leftWeight);
      if (score > best) {
        best = score + slack;
        found.score = score;
        found.position = i;
      }
    }
    return found;
  }

  /** Score: minus the weighted entropies of the sides, from a table of c log c where the weights are whole. */
  function cutEntropy(order: Int32Array, count: number, ranks: Int32Array, column: number, leaf: number): Cut {
    left.fill(0);
    right.set(all);
    let [leftSum, rightSum, leftWeight] = [0, 0, 0];
    for (let k = 0; k < classes; k++) rightSum += cLogC!(all[k]);
    const slack = 1e-12 * total;
    found.position = 0;
    let best = -Infinity;
    let row = order[0];
    let rank = ranks[column + row];
    for (let i = 1; i < count; i++) {
      const w = weight[row];
      const k = codes[row];
      leftSum -= cLogC!(left[k]);
      rightSum -= cLogC!(right[k]);
      left[k] += w;
      right[k] -= w;
      leftSum += cLogC!(left[k]);
      rightSum += cLogC!(right[k]);
      leftWeight += w;
      row = order[i];
      const next = ranks[column + row];
      if (next === rank) continue;
      rank = next;
      if (i < leaf || count - i < leaf) continue;
      const score = leftSum - cLogC!(leftWeight) + rightSum - cLogC!(total - leftWeight);
      if (score > best) {
        best = score + slack;
        found.score = score;
        found.position = i;
      }
    }
    return found;
  }
}

const plainCLogC = (c: number): number => (c > 1e-12 ? c * Math.log2(c) : 0);

/** c log2 c; looked up where every weight is whole and the sum is not large. */
function logTable(weight: Float64Array): (c: number) => number {
  let sum = 0;
  for (const w of weight) {
    if (!Number.isInteger(w)) return plainCLogC;
    sum += w;
  }
  if (sum > 4e6) return plainCLogC;
  const table = new Float64Array(sum + 1);
  for (let c = 2; c <= sum; c++) table[c] = c * Math.log2(c);
  return (c) => table[c];
}

/** Mean squared error around the node's mean. */
export function squaredCriterion(targets: Float64Array, weight: Float64Array): Criterion {
  // Around the overall mean sums lose fewer digits.
  let [sum, n] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    sum += weight[row] * targets[row];
    n += weight[row];
  }
  const centre = sum / n;
  const y = targets.map((value) => value - centre);
  const found: Cut = { position: 0, score: 0 };
  let [total, first, second] = [0, 0, 0];
  let equal = false;
  return {
    width: 1,
    enter(samples, from, to) {
      [total, first, second] = [0, 0, 0];
      for (let i = from; i < to; i++) {
        const row = samples[i];
        const w = weight[row];
        total += w;
        first += w * y[row];
        second += w * y[row] * y[row];
      }
      // Of equal answers only rounding would be left.
      const same = y[samples[from]];
      let i = from + 1;
      while (i < to && y[samples[i]] === same) i++;
      equal = i === to;
      return total;
    },
    impurity: () => (equal ? 0 : Math.max(0, second / total - (first / total) ** 2)),
    value(target, at) {
      target[at] = centre + first / total;
    },
    after: (score) => second - score,
    cut(order, count, ranks, column, leaf) {
      let [leftSum, leftWeight] = [0, 0];
      const slack = 1e-12 * second;
      found.position = 0;
      let best = -Infinity;
      let row = order[0];
      let rank = ranks[column + row];
      for (let i = 1; i < count; i++) {
        const w = weight[row];
        leftSum += w * y[row];
        leftWeight += w;
        row = order[i];
        const next = ranks[column + row];
        if (next === rank) continue;
        rank = next;
        if (i < leaf || count - i < leaf) continue;
        const rightSum = first - leftSum;
        const score = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (total - leftWeight);
        if (score > best) {
          best = score + slack;
          found.score = score;
          found.position = i;
        }
      }
      return found;
    },
  };
}
