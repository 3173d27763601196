/**
 * Two distributions of outcomes, with the record (p) and without it (q), told by the privacy loss ln(p/q): all that matters of a mechanism.
 * Some mechanisms have a few losses (atoms), others a continuum, given by its masses between points of a grid (cells).
 */
export type Pair = AtomPair | CellPair;

/** One loss, and how likely it is under each: p = q e^loss. */
export interface Atom {
  loss: number;
  p: number;
  q: number;
}

interface Common {
  /** Is the pair as private the other way round? Then one direction is enough. */
  symmetric: boolean;
}

export interface AtomPair extends Common {
  kind: "atoms";
  atoms: Atom[];
  /** Mass that gives the record away (loss Infinity), in each direction. */
  certain: number;
}

export interface CellPair extends Common {
  kind: "cells";
  /** The grid goes from first * interval, in steps of interval. */
  first: number;
  /** Masses between neighbouring points, one fewer than points. */
  p: Float64Array;
  q: Float64Array;
  /** Masses below the first point and above the last, [p, q]. */
  below: readonly [number, number];
  above: readonly [number, number];
  /** Single losses beside the continuum, inside the grid. */
  atoms?: Atom[];
}
