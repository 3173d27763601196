import { shown } from "../../arguments.js";

/** A class or a group as a person writes it. */
export type Label = string | number | boolean;
/** A column of classes: an array or a typed array. */
export type Labels = ArrayLike<Label>;

export const isColumn = (value: unknown): value is Labels => Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);

/** Throws unless `values` is a column with at least one value. */
export function column(name: string, values: unknown): Labels {
  if (!isColumn(values)) throw new TypeError(`expected ${name} as an array or a typed array, got ${shown(values)}`);
  if (values.length === 0) throw new RangeError(`expected at least one value in ${name}, got none`);
  return values;
}

/** Numbers as they are, booleans as 0 and 1, words as their place in `words`, which grows. Anything else is an error with its place. */
function numeric(name: string, values: Labels, words: Map<string, number>): Float64Array | Exclude<Labels, readonly Label[]> & ArrayLike<number> {
  // A typed array of whole numbers has nothing that could be wrong with it.
  if (values instanceof Int8Array || values instanceof Uint8Array || values instanceof Int16Array || values instanceof Uint16Array || values instanceof Int32Array || values instanceof Uint32Array) return values as never;
  const kind = typeof values[0];
  const numbers = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (typeof value !== kind) throw new TypeError(`expected one kind of value in ${name}, got ${shown(values[0])} at index 0 and ${shown(value)} at index ${at}`);
    if (typeof value === "number" && Number.isFinite(value)) numbers[at] = value;
    else if (typeof value === "boolean") numbers[at] = value ? 1 : 0;
    else if (typeof value === "string") {
      let place = words.get(value);
      if (place === undefined) words.set(value, (place = words.size));
      numbers[at] = place;
    } else throw new RangeError(`expected ${name} without missing values, got ${shown(value)} at index ${at}`);
  }
  return numbers;
}

export interface EncodedLabels {
  truth?: ArrayLike<number>;
  predicted?: ArrayLike<number>;
  /** The code of the positive class; undefined where it was not given and cannot be guessed. */
  positive: number | undefined;
  /** The classes in order, as they were written. */
  classes: Label[];
}

const fewClasses = 50;

/** Truth and predictions in one code, so that equal classes have equal numbers. Without `positive`, 1 or true is the positive class if all classes are of {0, 1} or {-1, 1}. */
export function encodeLabels(given: { truth?: Labels; predicted?: Labels }, positive?: Label): EncodedLabels {
  const words = new Map<string, number>();
  const columns = Object.entries(given).filter((entry): entry is ["truth" | "predicted", Labels] => entry[1] !== undefined).map(([name, values]) => [name, column(name, values)] as const);
  const kinds = new Set(columns.map(([, values]) => typeof values[0]).map((kind) => (kind === "boolean" ? "number" : kind)));
  if (kinds.size > 1) throw new TypeError(`expected truth and predicted of one kind, got ${columns.map(([name, values]) => `${typeof values[0]} in ${name}`).join(" and ")}`);
  const encoded = Object.fromEntries(columns.map(([name, values]) => [name, numeric(name, values, words)])) as { truth?: ArrayLike<number>; predicted?: ArrayLike<number> };
  const codes = new Set<number>();
  for (const values of Object.values(encoded)) for (let at = 0; at < values.length && codes.size <= fewClasses; at++) codes.add(values[at]);
  const names = [...words.keys()];
  const classes: Label[] = words.size ? names.slice().sort() : [...codes].sort((a, b) => a - b);
  return { ...encoded, classes, positive: positiveCode(positive, codes, words, classes) };
}

function positiveCode(positive: Label | undefined, codes: Set<number>, words: Map<string, number>, classes: Label[]): number | undefined {
  if (positive !== undefined) {
    const code = typeof positive === "string" ? words.get(positive) : Number(positive);
    if (code === undefined || (words.size > 0 && typeof positive !== "string")) throw new RangeError(`expected positive to be one of ${classes.map(shown).join(", ")}, got ${shown(positive)}`);
    return code;
  }
  if (words.size) return undefined;
  const all = (allowed: readonly number[]) => [...codes].every((code) => allowed.includes(code));
  return all([0, 1]) || all([-1, 1]) ? 1 : undefined;
}

/** The positive class where a measure needs one. A fraction is no class: probabilities given for decisions would count as nobody selected. */
export function needPositive({ positive, classes }: EncodedLabels, what: string): number {
  const part = classes.find((one) => typeof one === "number" && !Number.isInteger(one));
  if (part !== undefined) throw new RangeError(`expected classes for ${what}, got ${part}: compare probabilities with a threshold, or give them as scores`);
  if (positive === undefined) {
    const some = classes.slice(0, 5).map(shown).join(", ");
    throw new RangeError(`expected positive for ${what}: say which class counts as positive (classes: ${some}${classes.length > 5 ? ", ..." : ""})`);
  }
  return positive;
}
