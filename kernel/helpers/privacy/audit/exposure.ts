import { allFinite, finite, known } from "../../arguments.js";

/**
 * Exposure of a canary (a secret planted in the training data): log2(references + 1) - log2(rank), where rank 1 means that the model likes the canary better than every reference.
 * 0: last of all. Near the maximum, log2(references + 1): memorised. Ties count against the canary, so the exposure is never overstated.
 *
 * @param losses `canary`: its loss; `references`: losses of other values that could have been planted as well but were not
 * @returns `{ exposure, rank, largest }`, in bits
 * @throws `expected at least one loss in references, got none`
 * @see Carlini, Liu, Erlingsson, Kos and Song 2019 (arXiv 1802.08232)
 * @example
 * privacy.canaryExposure({ canary: 0.5, references: [1, 2, 3] }).exposure // 2
 * privacy.canaryExposure({ canary: 9, references: [1, 2, 3] }) // { exposure: 0, rank: 4, largest: 2 }
 */
export function canaryExposure(losses: { canary: number; references: ArrayLike<number> }): { readonly exposure: number; readonly rank: number; readonly largest: number } {
  known(losses, ["canary", "references"]);
  const canary = finite({ canary: losses.canary });
  const references = Array.from(allFinite({ references: losses.references }));
  if (references.length === 0) throw new RangeError("expected at least one loss in references, got none");
  const rank = 1 + references.filter((loss) => loss <= canary).length;
  const largest = Math.log2(references.length + 1);
  return Object.freeze({ exposure: largest - Math.log2(rank), rank, largest });
}
