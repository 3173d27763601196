import { isMissing } from "../../../display/table/read.js";

/** What a column holds, missing values aside. */
export type Kind = "number" | "text" | "boolean" | "date" | "other" | "mixed" | "empty";

export function kindOf(values: Iterable<unknown>): Kind {
  let kind: Kind = "empty";
  for (const value of values) {
    if (isMissing(value)) continue;
    const one = kindOfValue(value);
    if (kind === "empty") kind = one;
    else if (kind !== one) return "mixed";
  }
  return kind;
}

export function kindOfValue(value: unknown): Exclude<Kind, "mixed" | "empty"> {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  return value instanceof Date ? "date" : "other";
}
