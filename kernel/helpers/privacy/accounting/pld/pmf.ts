import { gridAround } from "./grid.js";
import type { Atom, AtomPair, CellPair, Pair } from "./pair.js";

/** Which way losses off the grid are moved: "pessimistic" never understates the cost, "optimistic" never overstates it. */
export type Estimate = "pessimistic" | "optimistic";

/** Probabilities of the losses first * interval, (first + 1) * interval, ... and of an infinite loss. */
export interface Pmf {
  first: number;
  mass: Float64Array;
  infinity: number;
}

/** Below this a loss counts as lying on the grid point, in steps of the grid. */
const onGrid = 1e-9;

/**
 * Moves the losses of a pair to the grid. Pessimistic: "connect the dots" (Doroshenko, Ghazi, Kamath, Kumar, Manurangsi 2022): what lies
 * between two points is shared between them so that both its p and its q stay the same, which leaves delta as it is at every point of the
 * grid and above it between them. Optimistic: down to the next point.
 *
 * @param reversed exchange p and q: the record is added instead of taken away.
 */
export function discretise(pair: Pair, interval: number, estimate: Estimate, reversed: boolean): Pmf {
  return pair.kind === "atoms" ? fromAtoms(reversed ? turn(pair) : pair, interval, estimate) : fromCells(reversed ? turnCells(pair) : pair, interval, estimate);
}

const turnAtoms = (atoms: readonly Atom[]): Atom[] => atoms.map(({ loss, p, q }) => ({ loss: -loss, p: q, q: p }));
const turn = (pair: AtomPair): AtomPair => ({ ...pair, atoms: turnAtoms(pair.atoms) });

const turnCells = (pair: CellPair): CellPair => ({
  ...pair, first: -(pair.first + pair.p.length), p: pair.q.slice().reverse(), q: pair.p.slice().reverse(),
  below: [pair.above[1], pair.above[0]], above: [pair.below[1], pair.below[0]], atoms: turnAtoms(pair.atoms ?? []),
});

function fromAtoms({ atoms, certain }: AtomPair, interval: number, estimate: Estimate): Pmf {
  const losses = atoms.map(({ loss }) => loss);
  const [first, last] = gridAround(Math.min(...losses), Math.max(...losses), interval);
  const mass = new Float64Array(last - first + 1);
  addAtoms(mass, first, atoms, interval, estimate);
  return { first, mass, infinity: certain };
}

function addAtoms(mass: Float64Array, first: number, atoms: readonly Atom[], interval: number, estimate: Estimate): void {
  for (const { loss, p } of atoms) {
    const step = loss / interval;
    const near = Math.round(step);
    const under = Math.abs(step - near) < onGrid ? near : Math.floor(step);
    const at = under - first;
    const excess = loss - under * interval;
    const share = estimate === "optimistic" || excess <= 0 ? 0 : Math.min(1, Math.expm1(-excess) / Math.expm1(-interval));
    mass[at]! += p * (1 - share);
    if (share > 0) mass[at + 1]! += p * share;
  }
}

function fromCells({ first, p, q, below, above, atoms = [] }: CellPair, interval: number, estimate: Estimate): Pmf {
  const mass = new Float64Array(p.length + 1);
  addAtoms(mass, first, atoms, interval, estimate);
  if (estimate === "optimistic") {
    for (let k = 0; k < p.length; k++) {
      const [mine, others] = [Math.max(0, p[k]!), Math.max(0, q[k]!)];
      // The mean loss of the cell: throwing its outcomes together can only lose information.
      const step = mine > 0 && others > 0 ? Math.floor(Math.log(mine / others) / interval + onGrid) - (first + k) : 0;
      mass[k + Math.max(0, Math.min(1, step))]! += mine;
    }
    mass[p.length]! += above[0];
    return { first, mass, infinity: 0 };
  }
  const whole = -Math.expm1(-interval);
  for (let k = 0; k < p.length; k++) {
    const mine = Math.max(0, p[k]!);
    const loss = (first + k) * interval;
    const upper = loss > 600 ? mine : Math.max(0, Math.min(mine, (mine - Math.exp(loss) * Math.max(0, q[k]!)) / whole));
    mass[k]! += mine - upper;
    mass[k + 1]! += upper;
  }
  const last = (first + p.length) * interval;
  const certain = last > 600 ? above[0] : Math.max(0, Math.min(above[0], above[0] - Math.exp(last) * above[1]));
  mass[0]! += below[0];
  mass[p.length]! += above[0] - certain;
  return { first, mass, infinity: certain };
}

/** P(loss > epsilon) - e^epsilon Q(loss > epsilon). */
export function pmfDelta({ first, mass, infinity }: Pmf, interval: number, epsilon: number): number {
  let delta = infinity;
  for (let k = Math.max(0, Math.floor(epsilon / interval) - first); k < mass.length; k++) {
    const loss = (first + k) * interval;
    if (loss > epsilon) delta -= Math.expm1(epsilon - loss) * mass[k]!;
  }
  return Math.max(0, Math.min(1, delta));
}

/** The smallest epsilon >= 0 with delta(epsilon) <= delta: from the largest loss down, on the piece where the line through the masses meets it. */
export function pmfEpsilon({ first, mass, infinity }: Pmf, interval: number, delta: number): number {
  if (infinity > delta) return Number.POSITIVE_INFINITY;
  let p = infinity;
  let q = 0;
  for (let k = mass.length - 1; k >= 0; k--) {
    const loss = (first + k) * interval;
    if (loss < 0) break;
    if (p > delta && q > 0 && Math.log((p - delta) / q) >= loss) break;
    if (mass[k] === 0) continue;
    p += mass[k]!;
    q += mass[k]! * Math.exp(-loss);
    if (q === 0 && p > delta) return loss;
    // With delta 0 the largest possible loss is the answer itself.
    if (delta === 0 && infinity === 0) return loss;
  }
  return p <= q + delta ? 0 : Math.max(0, Math.log((p - delta) / q));
}
