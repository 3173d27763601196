import type { Random } from "../../random.js";
import type { WorkerKind } from "./contract.js";

/** `like[k]`: the classes that look like class k, without k. */
export type Likeness = readonly (readonly number[])[];

/** Of the mistakes of a careful worker, so many stay among classes that look alike. */
const withinSet = 0.8;

/** Of the right answers to its two classes, so many turn into the other one for a confuser. */
const swapped = 0.6;

/** `confusion[true][given]` of one worker whose kind is right `accuracy` of the time. */
export function confusionOf(kind: WorkerKind, accuracy: number, like: Likeness, draw: Random): number[][] {
  const size = like.length;
  const own = Math.min(1, Math.max(0, accuracy + 0.1 * draw.uniform() - 0.05));
  if (kind === "spammer") return like.map(() => Array.from({ length: size }, () => 1 / size));
  if (kind === "oneButton") {
    const button = draw.integer(0, size - 1);
    return like.map(() => Array.from({ length: size }, (_, given) => Number(given === button)));
  }
  const rows = like.map((_, k) => careful(k, own, like));
  if (kind !== "confuser") return rows;
  const pairs = like.flatMap((others, a) => others.filter((b) => b > a).map((b) => [a, b] as const));
  const [a, b] = pairs.length > 0 ? pairs[draw.integer(0, pairs.length - 1)]! : (draw.shuffle(like.map((_, k) => k)).slice(0, 2) as [number, number]);
  for (const [one, other] of [[a, b], [b, a]] as const) {
    const moved = swapped * rows[one]![one]!;
    rows[one]![one]! -= moved;
    rows[one]![other]! += moved;
  }
  return rows;
}

function careful(k: number, accuracy: number, like: Likeness): number[] {
  const others = like.length - 1 - like[k]!.length;
  // Where nothing, or everything, looks alike, mistakes have one place to go.
  const inSet = like[k]!.length === 0 ? 0 : others === 0 ? 1 : withinSet;
  return like.map((_, given) => {
    if (given === k) return accuracy;
    return like[k]!.includes(given) ? ((1 - accuracy) * inSet) / like[k]!.length : ((1 - accuracy) * (1 - inSet)) / others;
  });
}

/** An index, as often as its weight says. */
export function drawFrom(weights: readonly number[], draw: Random): number {
  let left = draw.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => (left -= weight) < 0);
  return at >= 0 ? at : weights.length - 1;
}
