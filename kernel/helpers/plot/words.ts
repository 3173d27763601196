import { number } from "../../display/number.js";
import type { Value } from "./figure.js";

/** `x from 0 to 10`, or the first categories. Sentences for people who hear a plot. */
export function extentText(name: string, values: readonly Value[]): string {
  const present = values.filter((v) => v !== null);
  const numeric = present.filter((v) => typeof v === "number");
  if (numeric.length && numeric.length === present.length) {
    const [min, max] = extent(numeric)!;
    return min === max ? `${name} ${number(min)}` : `${name} from ${number(min)} to ${number(max)}`;
  }
  const kinds = [...new Set(present.map(String))];
  return kinds.length ? `${name}: ${list(kinds)}` : `no ${name}`;
}

/** Smallest and largest of the numbers; undefined for none. */
export function extent(values: Iterable<Value>): [number, number] | undefined {
  let [min, max] = [Infinity, -Infinity];
  for (const v of values) {
    if (typeof v !== "number" || !Number.isFinite(v)) continue;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return min <= max ? [min, max] : undefined;
}

export const list = (names: readonly string[], most = 8): string =>
  names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");

export const plural = (n: number, noun: string): string => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
