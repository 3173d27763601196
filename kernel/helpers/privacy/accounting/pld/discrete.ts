import { logAdd } from "../rdp/sum.js";
import type { Atom, AtomPair } from "./pair.js";

/** Losses of discrete Laplace noise moved by `shift`: -shift/scale to shift/scale in steps of 2/scale. */
export function discreteLaplaceAtoms(scale: number, shift: number): Atom[] {
  const ratio = Math.exp(-1 / scale);
  const end = 1 / (1 + ratio); // P(k <= 0)
  const middle = (1 - ratio) / (1 + ratio);
  // Under p the noise is centred at 0, under q at shift; outcomes up to 0 have the largest loss.
  const atoms = [{ loss: shift / scale, p: end, q: end * Math.exp(-shift / scale) }];
  for (let k = 1; k < shift; k++) atoms.push({ loss: (shift - 2 * k) / scale, p: middle * Math.exp(-k / scale), q: middle * Math.exp(-(shift - k) / scale) });
  atoms.push({ loss: -shift / scale, p: end * Math.exp(-shift / scale), q: end });
  return atoms;
}

/** Losses of discrete Gaussian noise moved by `shift`, and the mass left out at the far ends. */
export function discreteGaussianPair(sigma: number, shift: number): AtomPair {
  const most = Math.ceil(12 * sigma) + 1; // beyond it less than 1e-30
  const weight = (k: number) => Math.exp(-(k * k) / (2 * sigma * sigma));
  let total = 0;
  for (let k = -most; k <= most; k++) total += weight(k);
  const atoms: Atom[] = [];
  for (let k = -most; k <= most + shift; k++) {
    const p = weight(k) / total;
    const q = weight(k - shift) / total;
    if (p > 0 || q > 0) atoms.push({ loss: (shift * (shift - 2 * k)) / (2 * sigma * sigma), p, q });
  }
  return { kind: "atoms", atoms, certain: 1e-30, symmetric: true };
}

/** Losses of one randomised answer; "replace-special" compares it with an answer at random. */
export function responseAtoms(noise: number, categories: number, neighbours: "replace-one" | "replace-special"): Atom[] {
  const other = noise / categories;
  const own = 1 - noise + other;
  const atom = (p: number, q: number): Atom => ({ loss: Math.log(p / q), p, q });
  if (neighbours === "replace-special") return [atom(own, 1 / categories), atom((categories - 1) * other, 1 - 1 / categories)];
  return [atom(own, other), atom(other, own), ...(categories > 2 ? [atom((categories - 2) * other, (categories - 2) * other)] : [])];
}

/** The worst pair that is (epsilon, delta)-private. */
export function epsilonDeltaPair(epsilon: number, delta: number): AtomPair {
  const high = (1 - delta) / (1 + Math.exp(-epsilon));
  const low = ((1 - delta) * Math.exp(-epsilon)) / (1 + Math.exp(-epsilon));
  return { kind: "atoms", atoms: epsilon === 0 ? [{ loss: 0, p: 1 - delta, q: 1 - delta }] : [{ loss: epsilon, p: high, q: low }, { loss: -epsilon, p: low, q: high }], certain: delta, symmetric: true };
}

/** The pair after Poisson sampling: p becomes (1 - rate) q + rate p. */
export function sampleAtoms(pair: AtomPair, rate: number): AtomPair {
  if (rate === 1) return pair;
  const atoms = pair.atoms.map(({ loss, p, q }) => ({ loss: logAdd(Math.log1p(-rate), Math.log(rate) + loss), p: (1 - rate) * q + rate * p, q }));
  return { kind: "atoms", atoms, certain: pair.certain, symmetric: false };
}
