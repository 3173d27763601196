import { nonNegative, shown, whole } from "../../arguments.js";
import type { TreeLimits } from "./contract.js";
import type { Limits } from "./grow.js";

export const limitNames = ["maxDepth", "minSamplesSplit", "minSamplesLeaf", "minImpurityDecrease", "ccpAlpha"] as const;

/** The limits, checked. */
export function readLimits(options: TreeLimits, width: number): Limits & { ccpAlpha: number } {
  const { maxDepth = Infinity, minSamplesSplit = 2, minSamplesLeaf = 1, minImpurityDecrease = 0, ccpAlpha = 0 } = options;
  return {
    maxDepth: maxDepth === Infinity ? Infinity : whole({ maxDepth }, 0),
    minSamplesSplit: whole({ minSamplesSplit }, 2),
    minSamplesLeaf: whole({ minSamplesLeaf }, 1),
    minImpurityDecrease: nonNegative({ minImpurityDecrease }),
    ccpAlpha: nonNegative({ ccpAlpha }),
    maxFeatures: width,
  };
}

/** How many features a node may choose from: "sqrt", "log2", "all", or how many; at least 1. */
export type MaxFeatures = "sqrt" | "log2" | "all" | number;

export function readMaxFeatures(maxFeatures: MaxFeatures, width: number): number {
  if (maxFeatures === "all") return width;
  if (maxFeatures === "sqrt") return Math.max(1, Math.floor(Math.sqrt(width)));
  if (maxFeatures === "log2") return Math.max(1, Math.floor(Math.log2(width)));
  if (!(Number.isInteger(maxFeatures) && maxFeatures >= 1 && maxFeatures <= width)) throw new RangeError(`expected maxFeatures to be "sqrt", "log2", "all" or from 1 to ${width}, got ${shown(maxFeatures)}`);
  return maxFeatures;
}
