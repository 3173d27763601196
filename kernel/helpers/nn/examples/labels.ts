import { positive, shown } from "../../arguments.js";
import type { Label } from "./contract.js";

export interface Encoded<Y extends Label = Label> {
  classes: readonly Y[];
  /** Index of each label's class. */
  codes: Int32Array;
}

const rank = { boolean: 0, number: 1, string: 2 } as Record<string, number>;

/** Numbers ascending, names by code point, false before true. */
export const compareLabels = (a: Label, b: Label): number => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : rank[typeof a] - rank[typeof b]);

/** Labels as indices of classes. `classes` fixes which there are and their order; a label beyond them is an error. */
export function encode<Y extends Label>(named: Readonly<Record<string, ArrayLike<unknown>>>, classes?: readonly Y[]): Encoded<Y> {
  const [name, labels] = Object.entries(named)[0]!;
  for (let at = 0; at < labels.length; at++) checkLabel(labels[at], `${name}, got`, ` at index ${at}`);
  const order = classes === undefined ? ([...new Set(Array.from(labels))] as Y[]).sort(compareLabels) : checkClasses(classes);
  const index = new Map<unknown, number>(order.map((one, at) => [one, at]));
  const codes = Int32Array.from({ length: labels.length }, (_, at) => {
    const code = index.get(labels[at]);
    if (code === undefined) throw new RangeError(`unknown class in ${name}: ${shown(labels[at])} at index ${at} (known: ${listed(order)})`);
    return code;
  });
  return { classes: Object.freeze(order), codes };
}

/** Labels to learn from: at least two classes, each with an example. */
export function encodeTraining<Y extends Label>(named: Readonly<Record<string, ArrayLike<unknown>>>, classes: readonly Y[] | undefined, weights?: ArrayLike<number>): Encoded<Y> {
  const name = Object.keys(named)[0]!;
  const encoded = encode<Y>(named, classes);
  if (encoded.classes.length < 2) throw new RangeError(`expected at least two classes in ${name}, got only ${shown(encoded.classes[0])}`);
  const seen = new Float64Array(encoded.classes.length);
  encoded.codes.forEach((code, at) => (seen[code] += weights?.[at] ?? 1));
  const empty = seen.findIndex((weight) => weight === 0);
  if (empty >= 0) throw new RangeError(`expected examples of every class in ${name}, got none${weights ? " with a weight above 0" : ""} of ${shown(encoded.classes[empty])}`);
  return encoded;
}

function checkClasses<Y extends Label>(classes: readonly Y[]): Y[] {
  if (!Array.isArray(classes) || classes.length === 0) throw new RangeError(`expected classes to be a list of labels, got ${shown(classes)}`);
  classes.forEach((one, at) => checkLabel(one, "classes, got", ` at index ${at}`));
  const twice = classes.find((one, at) => classes.indexOf(one) !== at);
  if (twice !== undefined) throw new RangeError(`expected classes to differ, got ${shown(twice)} twice`);
  return [...classes];
}

function checkLabel(label: unknown, name: string, where: string): void {
  if (!(typeof label === "string" || typeof label === "boolean" || (typeof label === "number" && !Number.isNaN(label)))) throw new TypeError(`expected strings, numbers or booleans in ${name} ${shown(label)}${where}`);
}

export const listed = (labels: readonly unknown[]): string => labels.slice(0, 12).map(shown).join(", ") + (labels.length > 12 ? ", ..." : "");

/** "balanced": each class counts alike in sum, n / (classes * rows of the class). Or a factor a class, by its name. */
export type ClassWeight = "balanced" | Readonly<Record<string, number>>;

/** Weights of the rows: those of the examples times those of their classes; undefined: all 1. */
export function rowWeights({ classes, codes }: Encoded, weights: Float64Array | undefined, classWeight: ClassWeight | undefined): Float64Array | undefined {
  if (classWeight === undefined) return weights;
  let factor: number[];
  if (classWeight === "balanced") {
    const counts = new Float64Array(classes.length);
    codes.forEach((code) => counts[code]++);
    factor = Array.from(counts, (count) => codes.length / (classes.length * count));
  } else {
    if (typeof classWeight !== "object" || classWeight === null) throw new TypeError(`expected classWeight to be "balanced" or a number a class, got ${shown(classWeight)}`);
    const names = classes.map(String);
    for (const name of Object.keys(classWeight)) if (!names.includes(name)) throw new RangeError(`unknown class in classWeight: ${name} (known: ${names.join(", ")})`);
    factor = names.map((name) => (name in classWeight ? positive({ [`classWeight of ${name}`]: classWeight[name] }) : 1));
  }
  return Float64Array.from(codes, (code, at) => factor[code] * (weights?.[at] ?? 1));
}

/** Numbers to learn from, finite. */
export function readTargets(name: string, y: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(y as ArrayLike<number>, (value: unknown, at) => {
    if (typeof value !== "number" || !Number.isFinite(value)) throw new RangeError(`expected finite numbers in ${name}, got ${shown(value)} at index ${at}`);
    return value;
  });
}

/** The place of the largest in each row of a flat table; the first of equals. */
export function argmaxRows(flat: ArrayLike<number>, rows: number, width: number): Int32Array {
  const best = new Int32Array(rows);
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    let most = 0;
    for (let k = 1; k < width; k++) if (flat[from + k] > flat[from + most]) most = k;
    best[row] = most;
  }
  return best;
}

/** A flat table as rows. */
export function toRows(flat: Float64Array, rows: number, width: number): number[][] {
  const list: number[][] = new Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const one: number[] = new Array(width);
    for (let k = 0; k < width; k++) one[k] = flat[at++];
    list[row] = one;
  }
  return list;
}
