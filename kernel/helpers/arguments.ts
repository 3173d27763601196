/**
 * Checks of arguments, one line each at the call: `positive({ epsilon })` gives the value back, or throws `expected epsilon > 0, got -1`.
 * The object carries the argument's name, so that a message always names both.
 */
type Named<T = unknown> = Readonly<Record<string, T>>;

function only<T>(named: Named<T>): [name: string, value: T] {
  return Object.entries(named)[0]!;
}

/** What a wrong value looks like in a message: `-1`, `"abc"`, `an array of 3`, `NaN`. */
export function shown(value: unknown): string {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return `an array of ${(value as unknown as ArrayLike<unknown>).length}`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no properties"}` : String(value);
}

function expect(named: Named, holds: (value: number) => boolean, what: string): number {
  const [name, value] = only(named);
  if (typeof value !== "number" || !holds(value)) throw new RangeError(`expected ${name} ${what}, got ${shown(value)}`);
  return value;
}

/** A finite number above 0. */
export const positive = (named: Named): number => expect(named, (value) => value > 0 && Number.isFinite(value), "> 0");

/** A finite number, 0 or more. */
export const nonNegative = (named: Named): number => expect(named, (value) => value >= 0 && Number.isFinite(value), ">= 0");

/** Any finite number. */
export const finite = (named: Named): number => expect(named, Number.isFinite, "to be a finite number");

/** From 0 to 1, both allowed. */
export const fraction = (named: Named): number => expect(named, (value) => value >= 0 && value <= 1, "from 0 to 1");

/** Above 0 and below 1. */
export const inside = (named: Named): number => expect(named, (value) => value > 0 && value < 1, "above 0 and below 1");

/** A whole number, at least `least`. */
export const whole = (named: Named, least = 0): number => expect(named, (value) => Number.isSafeInteger(value) && value >= least, `to be a whole number >= ${least}`);

/** One of the words. */
export function oneOf<const T extends string>(named: Named, words: readonly T[]): T {
  const [name, value] = only(named);
  if (!words.includes(value as T)) throw new RangeError(`unknown ${name}: ${typeof value === "string" ? value : shown(value)} (known: ${words.join(", ")})`);
  return value as T;
}

/** No option but the known ones: a typing mistake is an error, not an option that is ignored. */
export function known(options: object, names: readonly string[]): void {
  for (const name of Object.keys(options)) if (!names.includes(name)) throw new TypeError(`unknown option: ${name} (known: ${names.join(", ")})`);
}

/** Values of one length: `sameLength({ truth, predicted })`; else `expected predicted of length 3 like truth, got 2`. */
export function sameLength(named: Named<ArrayLike<unknown> | undefined>): number {
  const given = Object.entries(named).filter((entry): entry is [string, ArrayLike<unknown>] => entry[1] !== undefined);
  const [first, values] = given[0]!;
  for (const [name, others] of given) if (others.length !== values.length) throw new RangeError(`expected ${name} of length ${values.length} like ${first}, got ${others.length}`);
  return values.length;
}

/** Finite numbers only; else `expected finite numbers in x, got NaN at index 3`. */
export function allFinite<T extends ArrayLike<number>>(named: Readonly<Record<string, T>>): T {
  const [name, values] = only(named);
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) throw new RangeError(`expected finite numbers in ${name}, got ${shown(values[at])} at index ${at}`);
  return values;
}
