import { known, oneOf } from "../../arguments.js";
import type { Annotations, ClassOptions, Label, Votes } from "../annotations/contract.js";
import { readVotes, requireAnnotators } from "../annotations/read.js";
import { requireOrder } from "./cohen.js";

export type Level = "nominal" | "ordinal" | "interval" | "ratio";

export interface KrippendorffOptions<L extends Label = Label> extends ClassOptions<L> {
  /** What differences between labels mean: "nominal" all alike, "ordinal" by rank, "interval" (a - b)², "ratio" ((a - b) / (a + b))². Default "nominal". */
  level?: Level;
}

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, for any number of annotators and with missing labels.
 * Items with fewer than two labels say nothing about agreement and are left out. Krippendorff advises alpha >= 0.8 for conclusions, and none below 0.667.
 *
 * @param options ordinal needs ordered classes: numbers are ordered by size, words only through `classes`; interval and ratio need numbers, ratio none below 0.
 * @returns at most 1; 1 where all pairable labels are the same class (no disagreement is expected, none is seen).
 * @throws `expected at least 2 annotators, got 1`; `expected an item with 2 or more labels, got none`; `expected numbers as labels for level interval, got "a"`.
 * Source: Krippendorff 2004, 2011; package krippendorff.
 * @example
 * label.krippendorffAlpha([[1, 1, null], [2, 2, 3], [3, 3, 3], [null, 1, 1]], { level: "interval" }) // 0.8875
 */
export function krippendorffAlpha<L extends Label>(annotations: Annotations<L>, options: KrippendorffOptions<L> = {}): number {
  known(options, ["level", "classes"]);
  const level = oneOf({ level: options.level ?? "nominal" }, ["nominal", "ordinal", "interval", "ratio"]);
  const votes = readVotes(annotations, options.classes);
  requireAnnotators(votes, 2, "agreement compares people");
  if (level === "ordinal") requireOrder(votes.classes, options.classes !== undefined, "level ordinal");
  if (level === "interval" || level === "ratio") {
    const wrong = votes.classes.find((name) => !Number.isFinite(name) || (level === "ratio" && (name as number) < 0));
    if (wrong !== undefined) throw new TypeError(`expected numbers ${level === "ratio" ? ">= 0 " : ""}as labels for level ${level}, got ${JSON.stringify(wrong)}`);
  }
  return alphaOf(votes, level);
}

/** Coincidences of labels within items, each item weighted by its pairable labels. */
export function alphaOf({ items, start, label, classes }: Votes, level: Level): number {
  const size = classes.length;
  const together = new Float64Array(size * size);
  const counts = new Float64Array(size);
  for (let i = 0; i < items.length; i++) {
    const pairable = start[i + 1]! - start[i]!;
    if (pairable < 2) continue;
    counts.fill(0);
    for (let at = start[i]!; at < start[i + 1]!; at++) counts[label[at]!]!++;
    for (let a = 0; a < size; a++) {
      if (counts[a] === 0) continue;
      for (let b = 0; b < size; b++) together[a * size + b]! += (counts[a]! * (counts[b]! - Number(a === b))) / (pairable - 1);
    }
  }
  const totals = Float64Array.from({ length: size }, (_, a) => together.subarray(a * size, (a + 1) * size).reduce((sum, n) => sum + n, 0));
  const total = totals.reduce((sum, n) => sum + n, 0);
  if (total === 0) throw new RangeError("expected an item with 2 or more labels, got none");
  const distance = distances(classes, totals, level);
  let [observed, expected] = [0, 0];
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      observed += together[a * size + b]! * distance(a, b);
      expected += (totals[a]! * totals[b]! * distance(a, b)) / (total - 1);
    }
  }
  return expected === 0 ? 1 : 1 - observed / expected;
}

function distances(classes: readonly Label[], totals: Float64Array, level: Level): (a: number, b: number) => number {
  if (level === "nominal") return (a, b) => Number(a !== b);
  if (level === "interval") return (a, b) => ((classes[a] as number) - (classes[b] as number)) ** 2;
  if (level === "ratio") {
    return (a, b) => {
      const [x, y] = [classes[a] as number, classes[b] as number];
      return x === y ? 0 : ((x - y) / (x + y)) ** 2;
    };
  }
  // How many labels lie between two classes, each end counted half.
  const below = new Float64Array(totals.length + 1);
  totals.forEach((n, at) => (below[at + 1] = below[at]! + n));
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    return (below[high + 1]! - below[low]! - (totals[low]! + totals[high]!) / 2) ** 2;
  };
}
