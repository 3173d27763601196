import { positive } from "../../arguments.js";

export interface Clipped {
  /** min(1, clip / norm) times the values; all zeros where a value was not finite. */
  readonly values: Float64Array;
  /** Euclidean norm before; NaN or Infinity as it was. */
  readonly norm: number;
  readonly clipped: boolean;
}

/**
 * A client's whole update, over all arrays at once (flat clipping), scaled down to a Euclidean norm of at most `clip`.
 *
 * | update | result |
 * |---|---|
 * | norm <= clip | as it is |
 * | norm > clip | scaled to norm `clip`, never above it by rounding |
 * | NaN or infinite value | zeros, so that no client can spoil the sum or show itself in it |
 *
 * Source: McMahan et al. 2018, "Learning Differentially Private Recurrent Language Models" (flat clipping).
 *
 * @param update changes, not weights.
 * @throws `expected clip > 0, got 0`.
 * @example federated.clipUpdate([3, 4], { clip: 1 }).values // [0.6, 0.8]
 */
export function clipUpdate(update: ArrayLike<number>, options: { clip: number }): Clipped {
  const clip = positive({ clip: options.clip });
  const values = Float64Array.from(update);
  const norm = euclidean(values);
  if (!Number.isFinite(norm)) return { values: values.fill(0), norm, clipped: true };
  if (norm <= clip) return { values, norm, clipped: false };
  let factor = clip / norm;
  let scaled = values.map((value) => value * factor);
  // Rounding may leave the norm a last bit above: the sensitivity must hold exactly.
  while (euclidean(scaled) > clip) {
    factor *= 1 - 2 ** -50;
    scaled = values.map((value) => value * factor);
  }
  return { values: scaled, norm, clipped: true };
}

/** Scaled by the largest value, so that squares neither overflow nor vanish. */
function euclidean(values: Float64Array): number {
  let most = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) return Number.NaN;
    most = Math.max(most, Math.abs(value));
  }
  if (most === 0) return 0;
  let sum = 0;
  for (const value of values) sum += (value / most) ** 2;
  return most * Math.sqrt(sum);
}
