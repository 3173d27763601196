/** `score > threshold` selects; "<" is the turned-round rule. */
export interface Operation {
  operator: ">" | "<";
  threshold: number;
}

export interface Point {
  x: number;
  y: number;
  operation: Operation;
}

export interface Counts {
  truePositives: number;
  falsePositives: number;
  positives: number;
  negatives: number;
}

export const rates = {
  selectionRate: (c) => (c.truePositives + c.falsePositives) / (c.positives + c.negatives),
  truePositiveRate: (c) => c.truePositives / c.positives,
  falsePositiveRate: (c) => c.falsePositives / c.negatives,
  trueNegativeRate: (c) => (c.negatives - c.falsePositives) / c.negatives,
  falseNegativeRate: (c) => (c.positives - c.truePositives) / c.positives,
  accuracy: (c) => (c.truePositives + c.negatives - c.falsePositives) / (c.positives + c.negatives),
  balancedAccuracy: (c) => (0.5 * c.truePositives) / c.positives + (0.5 * (c.negatives - c.falsePositives)) / c.negatives,
} as const satisfies Record<string, (c: Counts) => number>;
export type Rate = keyof typeof rates;

/** What every threshold between two scores of a group reaches, sorted by x, then y. */
export function tradeoff(scores: ArrayLike<number>, truth: ArrayLike<number>, x: Rate, y: Rate, flip: boolean): Point[] {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  let positives = 0;
  for (let i = 0; i < truth.length; i++) positives += truth[i];
  const negatives = truth.length - positives;
  const points: Point[] = [];
  const add = (truePositives: number, falsePositives: number, operation: Operation) => {
    const counts = { truePositives, falsePositives, positives, negatives };
    points.push({ x: rates[x](counts), y: rates[y](counts), operation });
  };
  let [truePositives, falsePositives] = [0, 0];
  for (let at = 0, threshold = Infinity; ;) {
    add(truePositives, falsePositives, { operator: ">", threshold });
    if (flip) add(positives - truePositives, negatives - falsePositives, { operator: "<", threshold });
    if (at >= order.length) break;
    const score = scores[order[at]];
    for (; at < order.length && scores[order[at]] === score; at++) {
      if (truth[order[at]] === 1) truePositives += 1;
      else falsePositives += 1;
    }
    threshold = at < order.length ? (score + scores[order[at]]) / 2 : -Infinity;
  }
  return points.sort((a, b) => a.x - b.x || a.y - b.y);
}

/** The upper convex hull (Andrew's monotone chain): what random choice between two thresholds can reach. */
export function upperHull(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const next of points) {
    while (hull.length >= 2) {
      const [first, middle] = hull.slice(-2);
      if ((middle.y - first.y) * (next.x - first.x) > (next.y - first.y) * (middle.x - first.x)) break;
      hull.pop();
    }
    hull.push(next);
  }
  return hull;
}

export interface Mixed {
  y: number;
  p0: number;
  operation0: Operation;
  p1: number;
  operation1: Operation;
}

/** The hull at each x of the grid, as a mixture of the two points around it; a point of the hull itself is met from the left. */
export function interpolate(hull: readonly Point[], grid: readonly number[]): Mixed[] {
  let at = 0;
  return grid.map((x) => {
    while (at + 2 < hull.length && hull[at + 1].x < x) at += 1;
    // Two hull points may share the first x: the higher one counts.
    while (at + 2 < hull.length && hull[at + 1].x === hull[at].x) at += 1;
    const [left, right] = [hull[at], hull[at + 1]];
    const p0 = (right.x - x) / (right.x - left.x);
    return { y: p0 * left.y + (1 - p0) * right.y, p0, operation0: left.operation, p1: 1 - p0, operation1: right.operation };
  });
}
