import { known, oneOf, shown } from "../../arguments.js";
import { chosen, frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";

export type Category = string | number | boolean;

export interface CategoryOptions {
  columns: readonly string[];
  /** A category that was not there in training: "error" (default), or "zeros" (one-hot) and -1 (ordinal) by "ignore". */
  unknown?: "error" | "ignore";
  /** The categories of a column in their order, where the order means something: `{ size: ["S", "M", "L"] }`. Default: those of the training rows, sorted. */
  order?: Readonly<Record<string, readonly Category[]>>;
}

/** Learned from training rows, to be applied to any rows. */
export interface CategoryEncoder {
  /** Of each column, in the order of the numbers. */
  readonly categories: Readonly<Record<string, readonly Category[]>>;
  /** Names of the columns of what `apply` gives. */
  readonly names: readonly string[];
  apply(rows: Rows<object>): number[][];
}

/**
 * A column of 0 and 1 for each category. Missing values are refused: impute them, or fill them with a category of their own.
 *
 * @throws `unknown category of town in row 3: "C" (known: A, B)`; `expected a category in column town, got a missing value in row 2`; `unknown column: town (columns: ...)`.
 * @example
 * const encoder = data.oneHot([{ town: "B" }, { town: "A" }], { columns: ["town"] });
 * encoder.names // ["town=A", "town=B"]
 * encoder.apply([{ town: "B" }]) // [[0, 1]]
 */
export function oneHot(rows: Rows<object>, options: CategoryOptions): CategoryEncoder {
  const { categories, names, codes } = learn(rows, options);
  return Object.freeze({
    categories,
    names: Object.freeze(names.flatMap((name) => categories[name]!.map((category) => `${name}=${category}`))),
    apply: (others: Rows<object>) => codes(others).map((row) => row.flatMap((code, at) => categories[names[at]!]!.map((_, category) => Number(category === code)))),
  });
}

/**
 * Each category as its number, from 0. Only for categories that have an order (give it), and for trees: to other models 2 looks like twice 1.
 *
 * @throws as `oneHot`; `expected in order of size all its categories, got none for "XL"`.
 * @example
 * data.ordinal([{ size: "L" }, { size: "S" }], { columns: ["size"], order: { size: ["S", "M", "L"] } }).apply([{ size: "L" }]) // [[2]]
 */
export function ordinal(rows: Rows<object>, options: CategoryOptions): CategoryEncoder {
  const { categories, names, codes } = learn(rows, options);
  return Object.freeze({ categories, names: Object.freeze(names), apply: codes });
}

function learn(rows: Rows<object>, options: CategoryOptions): { categories: Readonly<Record<string, readonly Category[]>>; names: string[]; codes(others: Rows<object>): number[][] } {
  known(options, ["columns", "unknown", "order"]);
  const lenient = oneOf({ unknown: options.unknown ?? "error" }, ["error", "ignore"]) === "ignore";
  const frame = frameOf(rows);
  const names = [...chosen(frame, options.columns)];
  const categories = Object.freeze(Object.fromEntries(names.map((name) => {
    const found = [...new Set(valuesOf(frame, name))].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
    const order = options.order?.[name];
    const absent = order && found.find((category) => !order.includes(category));
    if (absent !== undefined) throw new RangeError(`expected in order of ${name} all its categories, got none for ${shown(absent)}`);
    return [name, Object.freeze([...(order ?? found)])];
  })));
  const places = names.map((name) => new Map(categories[name]!.map((category, at) => [category, at])));
  const codes = (others: Rows<object>): number[][] => {
    const given = frameOf(others);
    const columns = names.map((name, at) => valuesOf(given, name).map((category, row) => {
      const code = places[at]!.get(category) ?? -1;
      if (code < 0 && !lenient) throw new RangeError(`unknown category of ${name} in row ${row}: ${shown(category)} (known: ${categories[name]!.slice(0, 10).join(", ")})`);
      return code;
    }));
    return Array.from({ length: given.length }, (_, row) => columns.map((column) => column[row]!));
  };
  return { categories, names, codes };
}

function valuesOf(frame: Frame, name: string): Category[] {
  return frame.column(name).map((value, row) => {
    if (isMissing(value)) throw new TypeError(`expected a category in column ${name}, got a missing value in row ${row}: impute it first`);
    if (typeof value === "object") throw new TypeError(`expected a category in column ${name}, got ${shown(value)} in row ${row}`);
    return value as Category;
  });
}
