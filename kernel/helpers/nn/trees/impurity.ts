import { known, oneOf } from "../../arguments.js";
import type { Label } from "../examples/contract.js";
import { encode } from "../examples/labels.js";

/**
 * How mixed labels are: Gini, the chance that two drawn with replacement differ (1 - sum of squared shares), or entropy in bits. 0 for labels that are all alike.
 *
 * @throws `expected at least one label, got none`
 * @example
 * nn.impurity(["yes", "yes", "no", "no"]) // 0.5
 * nn.impurity(["yes", "yes", "no", "no"], { criterion: "entropy" }) // 1
 */
export function impurity(labels: ArrayLike<Label>, options: { criterion?: "gini" | "entropy" } = {}): number {
  known(options, ["criterion"]);
  const criterion = oneOf({ criterion: options.criterion ?? "gini" }, ["gini", "entropy"]);
  if (labels.length === 0) throw new RangeError("expected at least one label, got none");
  const { classes, codes } = encode({ labels });
  const counts = new Float64Array(classes.length);
  codes.forEach((code) => counts[code]++);
  return counts.reduce((sum, count) => {
    const share = count / codes.length;
    return criterion === "gini" ? sum - share * share : sum - share * Math.log2(share);
  }, criterion === "gini" ? 1 : 0);
}
