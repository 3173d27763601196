/** Options are checked by name and value: a typing mistake is an error, not a plot that ignores it. */

/** Throws `unknown option: colour` for a name that is not in the list. */
export function checkOptions(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new TypeError(`unknown option: ${name} (known: ${known.join(", ")})`);
  }
}

/** The value, if it is one of the allowed; else `invalid kind: x`. */
export function keyword<T extends string>(value: T, name: string, allowed: readonly T[]): T {
  if (!allowed.includes(value)) throw new TypeError(`invalid ${name}: ${String(value)} (expected ${allowed.join(", ")})`);
  return value;
}

/** A whole number of at least `least`; else `expected bins >= 1, got 0`. */
export function wholeNumber(value: number, name: string, least: number): number {
  if (!Number.isInteger(value) || value < least) throw new RangeError(`expected ${name} >= ${least} and whole, got ${String(value)}`);
  return value;
}

/** `[from, to]` with from < to. */
export function interval(value: readonly [number, number], name: string): [number, number] {
  const [from, to] = value;
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) throw new RangeError(`expected ${name} as [from, to] with from < to, got [${String(value)}]`);
  return [from, to];
}
