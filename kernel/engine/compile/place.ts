import type { Place } from "./contract.js";

/** Places are marked, so that a learner's object with a property `source` is not taken for one. */
const marked = new WeakSet<object>();

export function markPlace(place: Place): Place {
  marked.add(place);
  return place;
}

export const isPlace = (value: unknown): value is Place => typeof value === "object" && value !== null && marked.has(value);
