import { sameLength, shown } from "../../arguments.js";
import { column, isColumn, type Label, type Labels } from "./labels.js";

/** One column, or several by name, whose values are crossed: `{ sex, age }` gives groups such as `woman|old`. */
export type Groups = Labels | Readonly<Record<string, Labels>>;

export interface EncodedGroups {
  /** The group of each row, as its place in `names`. */
  codes: Int32Array;
  /** Sorted; of crossed columns every combination, also those without rows. */
  names: string[];
}

/** Groups as small whole numbers. A missing group (null, undefined, NaN) is an error: leaving rows out silently would change every figure. */
export function encodeGroups(name: string, groups: Groups): EncodedGroups {
  if (isColumn(groups)) return encodeColumn(name, groups);
  if (typeof groups !== "object" || groups === null || Object.keys(groups).length === 0) throw new TypeError(`expected ${name} as a column, or columns by name, got ${shown(groups)}`);
  sameLength(groups);
  return Object.entries(groups).map(([key, values]) => encodeColumn(`${name}.${key}`, values)).reduce(cross);
}

function encodeColumn(name: string, values: Labels): EncodedGroups {
  column(name, values);
  const places = new Map<Label, number>();
  const codes = new Int32Array(values.length);
  let last: Label | undefined;
  let place = -1;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value !== last) {
      const known = places.get(value);
      if (known !== undefined) place = known;
      else {
        if (value === null || value === undefined || Number.isNaN(value) || typeof value === "object") throw new RangeError(`expected a group for every row in ${name}, got ${shown(value)} at index ${at}`);
        place = places.size;
        places.set(value, place);
      }
      last = value;
    }
    codes[at] = place;
  }
  const found = [...places.keys()];
  const order = found.map((_, at) => at).sort((a, b) => compare(found[a], found[b]));
  const rank = new Int32Array(order.length);
  order.forEach((old, at) => (rank[old] = at));
  for (let at = 0; at < codes.length; at++) codes[at] = rank[codes[at]];
  return { codes, names: order.map((at) => String(found[at])) };
}

const compare = (a: Label, b: Label): number => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);

function cross(first: EncodedGroups, second: EncodedGroups): EncodedGroups {
  const codes = first.codes.map((code, at) => code * second.names.length + second.codes[at]);
  return { codes, names: first.names.flatMap((a) => second.names.map((b) => `${a}|${b}`)) };
}

/** Sample weights: finite, 0 or more, not all 0. */
export function checkWeights(weights: ArrayLike<number> | undefined): ArrayLike<number> | undefined {
  if (weights === undefined) return undefined;
  let total = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at];
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`expected weights >= 0, got ${shown(weight)} at index ${at}`);
    total += weight;
  }
  if (!(total > 0)) throw new RangeError("expected weights with a sum > 0, got 0");
  return weights;
}
