import { oneOf } from "../../arguments.js";
import { standardize } from "../standardize.js";
import { chosen, frameOf, numbersIn, type Rows } from "../table/rows.js";
import { oneHot, ordinal } from "./categories.js";
import { minMax, quantileBins, robust } from "./scale.js";

const ways = ["as is", "standardize", "min-max", "robust", "bins", "one-hot", "ordinal"] as const;
export type EncodingWay = (typeof ways)[number];

/** Learned from training rows, to be applied to any rows: what a model takes. */
export interface Encoder {
  /** Names of the columns of what `apply` gives. */
  readonly names: readonly string[];
  /** One row of numbers a record: `tf.tensor2d(encoder.apply(rows))`. */
  apply(rows: Rows<object>): number[][];
}

/**
 * A table as a matrix for a model: for each column how it becomes numbers, learned from training rows only. For options of one way call it by itself.
 *
 * @param plan `{ area: "standardize", town: "one-hot" }`; ways are "as is", "standardize", "min-max", "robust", "bins", "one-hot", "ordinal".
 * @throws `unknown encoding of area: log (known: ...)`; `expected numbers in column area, got a missing value in row 3: impute or drop it first`; as the ways themselves.
 * @example
 * const encoder = data.encode([{ area: 10, town: "A" }, { area: 30, town: "B" }], { area: "min-max", town: "one-hot" });
 * encoder.names // ["area", "town=A", "town=B"]
 * encoder.apply([{ area: 20, town: "B" }]) // [[0.5, 0, 1]]
 */
export function encode(rows: Rows<object>, plan: Readonly<Record<string, EncodingWay>>): Encoder {
  const frame = frameOf(rows);
  const steps = Object.entries(plan).map(([name, way]) => {
    oneOf({ [`encoding of ${name}`]: way }, ways);
    chosen(frame, [name]);
    if (way === "one-hot" || way === "ordinal") return (way === "one-hot" ? oneHot : ordinal)(rows, { columns: [name] });
    const train = numbersIn(frame, name).map((value) => [value]);
    const learned = way === "as is" ? { apply: (others: number[][]) => others } : { standardize, "min-max": minMax, robust, bins: quantileBins }[way](train);
    return { names: [name], apply: (others: Rows<object>) => learned.apply(numbersIn(frameOf(others), name).map((value) => [value])) };
  });
  return Object.freeze({
    names: Object.freeze(steps.flatMap(({ names }) => names)),
    apply(others: Rows<object>) {
      const parts = steps.map((step) => step.apply(others));
      return Array.from({ length: frameOf(others).length }, (_, row) => parts.flatMap((part) => part[row]!));
    },
  });
}
