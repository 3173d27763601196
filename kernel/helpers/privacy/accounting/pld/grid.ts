import type { CellPair } from "./pair.js";

/** More grid points than this would take gigabytes: the caller is told which interval would do. */
export const mostPoints = 2 ** 22;

/** First and last grid index around [low, high]. */
export function gridAround(low: number, high: number, interval: number): [first: number, last: number] {
  const first = Math.floor(low / interval);
  const last = Math.max(first + 1, Math.ceil(high / interval));
  checkPoints(last - first + 1, interval);
  return [first, last];
}

export function checkPoints(points: number, interval: number): void {
  if (points <= mostPoints) return;
  const enough = Number(((interval * points) / mostPoints).toPrecision(2)) * 1.1;
  throw new RangeError(`expected interval >= ${enough.toPrecision(2)} for privacy losses this far apart (${points.toExponential(1)} grid points), got ${interval}`);
}

/** What lies at or below a loss, and what above: [p, q] each. Both are asked, so that neither tail loses its digits. */
export interface Masses {
  below(loss: number): readonly [number, number];
  above(loss: number): readonly [number, number];
}

/** Masses of each grid cell, by differences on the side of 0 where the numbers are small. */
export function cellPair({ below, above }: Masses, low: number, high: number, interval: number, symmetric: boolean): CellPair {
  const [first, last] = gridAround(low, high, interval);
  const p = new Float64Array(last - first);
  const q = new Float64Array(last - first);
  const outside = [below(first * interval), above(last * interval)] as const;
  let down = outside[0];
  let up = above(first * interval);
  for (let k = 0; k < p.length; k++) {
    const loss = (first + k + 1) * interval;
    if (loss <= 0) {
      const next = below(loss);
      p[k] = next[0] - down[0];
      q[k] = next[1] - down[1];
      down = next;
      if (loss + interval > 0) up = above(loss);
    } else {
      const next = above(loss);
      p[k] = up[0] - next[0];
      q[k] = up[1] - next[1];
      up = next;
    }
  }
  return { kind: "cells", first, p, q, below: outside[0], above: outside[1], symmetric };
}
