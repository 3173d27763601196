/** A tenth of a pixel is enough here, and halves the size. */
const px = (n: number): string => String(Number(n.toFixed(1)));

type Heights = readonly (readonly (number | null)[])[];
type Point = readonly [x: number, y: number, z: number];

/** Path of the region where heights are at least `level`; -Infinity takes every cell that has all its corners. */
export function isoband(z: Heights, xs: readonly number[], ys: readonly number[], level: number): string {
  let d = "";
  for (let j = 0; j + 1 < ys.length; j++) {
    let run = -1;
    const flush = (end: number) => {
      if (run >= 0) d += `M${px(xs[run])} ${px(ys[j])}H${px(xs[end])}V${px(ys[j + 1])}H${px(xs[run])}z`;
      run = -1;
    };
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = cell(z, xs, ys, i, j);
      const above = corners ? corners.filter((p) => p[2] >= level).length : 0;
      if (corners && above === 4) {
        if (run < 0) run = i;
        continue;
      }
      flush(i);
      if (corners && above > 0) d += `${polygon(corners, level).map(([x, y], k) => `${k ? "L" : "M"}${px(x)} ${px(y)}`).join("")}z`;
    }
    flush(xs.length - 1);
  }
  return d;
}

/** Path of the line where heights equal `level`. */
export function isoline(z: Heights, xs: readonly number[], ys: readonly number[], level: number): string {
  let d = "";
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = cell(z, xs, ys, i, j);
      const cuts = corners ? crossings(corners, level) : [];
      for (let k = 0; k + 1 < cuts.length; k += 2) d += `M${px(cuts[k][0])} ${px(cuts[k][1])}L${px(cuts[k + 1][0])} ${px(cuts[k + 1][1])}`;
    }
  }
  return d;
}

function cell(z: Heights, xs: readonly number[], ys: readonly number[], i: number, j: number): Point[] | undefined {
  const at = (a: number, b: number): Point | undefined => {
    const v = z[b][a];
    return v === null ? undefined : [xs[a], ys[b], v];
  };
  const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
  return corners.every((p): p is Point => p !== undefined) ? corners : undefined;
}

/** The part of the cell at or above the level: corners and crossings in turn. */
function polygon(corners: readonly Point[], level: number): Point[] {
  return corners.flatMap((p, k) => {
    const q = corners[(k + 1) % 4];
    const inside = p[2] >= level;
    return [...(inside ? [p] : []), ...(inside !== q[2] >= level ? [between(p, q, level)] : [])];
  });
}

const crossings = (corners: readonly Point[], level: number): Point[] =>
  corners.flatMap((p, k) => (p[2] >= level !== corners[(k + 1) % 4][2] >= level ? [between(p, corners[(k + 1) % 4], level)] : []));

function between(p: Point, q: Point, level: number): Point {
  const t = (level - p[2]) / (q[2] - p[2]);
  return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, level];
}
