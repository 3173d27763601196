import { shown } from "../../../arguments.js";

/** Two data sets are neighbours when one comes from the other by this. */
export type Neighbours = "add-or-remove-one" | "replace-one" | "replace-special";
export const neighbourings = ["add-or-remove-one", "replace-one", "replace-special"] as const;

/** An event that an accountant has no proven answer for. The message names the accountant, the sub-event and its place. */
export class UnsupportedEventError extends Error {
  override readonly name = "UnsupportedEventError";
  constructor(
    /** Kinds from the outside to the sub-event that is not known: ["repeated", "poissonSampled", "laplace"]. */
    readonly path: readonly string[],
    accountant: string,
    why: string,
  ) {
    super(`unsupported event: ${path.join(" > ")}. The ${accountant} accountant ${why}`);
  }
}

/** How far one record can move the sum, in units of C. */
export const reach = (neighbours: Neighbours): 1 | 2 => (neighbours === "replace-one" ? 2 : 1);

/** A delta to ask for: from 0 to 1, 1 left out. */
export function checkDelta(delta: unknown): number {
  if (typeof delta !== "number" || !(delta >= 0 && delta < 1)) throw new RangeError(`expected delta from 0 to below 1, got ${shown(delta)}`);
  return delta;
}
