import { allFinite, known } from "../../arguments.js";
import { attackRoc, type AttackRoc } from "./roc.js";

/**
 * The loss-threshold membership attack: who has a small loss was probably trained on. The baseline that every audit starts with.
 *
 * @param losses of a model on examples it was trained on (`members`) and on others of the same kind (`nonMembers`)
 * @returns the attack's ROC; thresholds are negative losses
 * @throws `expected at least one loss in members, got none`; `expected finite numbers in members, got NaN at index 2`
 * @see Yeom, Giacomelli, Fredrikson and Jha 2018 (arXiv 1709.01604)
 * @example
 * privacy.lossThresholdAttack({ members: [0.1, 0.2], nonMembers: [0.15, 2] }).auc // 0.75
 */
export function lossThresholdAttack(losses: { members: ArrayLike<number>; nonMembers: ArrayLike<number> }): AttackRoc {
  known(losses, ["members", "nonMembers"]);
  const negated = (name: "members" | "nonMembers"): Float64Array => {
    if (allFinite({ [name]: losses[name] }).length === 0) throw new RangeError(`expected at least one loss in ${name}, got none`);
    return Float64Array.from(losses[name], (loss) => -loss);
  };
  return attackRoc({ in: negated("members"), out: negated("nonMembers") });
}
