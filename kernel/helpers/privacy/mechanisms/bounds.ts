import { shown } from "../../arguments.js";

export type Neighbours = "addRemove" | "replace";
export const neighbourWords = ["addRemove", "replace"] as const;

/** Bounds come from outside the data: the smallest and largest value that was found would tell about one person. */
export function publicBounds(bounds: readonly [number, number] | undefined): readonly [number, number] {
  if (bounds === undefined) throw new TypeError("expected public bounds [low, high]: they are never taken from the data, got none");
  const [low, high] = bounds;
  if (!(bounds.length === 2 && Number.isFinite(low) && Number.isFinite(high) && low < high)) throw new RangeError(`expected bounds [low, high] with low < high, got ${shown(String(bounds))}`);
  return bounds;
}

export const clamp = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));
