// Runs in Node and in a browser worker alike: nothing from `node:`.
import type { Example } from "./examples.js";

export const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;

/** Run an example with these names in scope. Undefined: it gave what it promises; otherwise what went wrong, with its code. */
export async function runExample({ where, code, script, checks }: Example, scope: Record<string, unknown>): Promise<string | undefined> {
  try {
    if (checks === 0) throw new Error("no line `expression // value` to check");
    await new AsyncFunction(...Object.keys(scope), "__check", script)(...Object.values(scope), compare);
  } catch (error) {
    return `${where}: ${error instanceof Error ? error.message : String(error)}\n${code}`;
  }
  return undefined;
}

/** Equal as written: a number to the digits that the docstring gives; of an object the fields that it names. */
function compare(actual: unknown, expected: unknown, written: string): void {
  const digits = Math.max(0, ...[...written.matchAll(/\d\.(\d+)(?!\d*e)/g)].map((found) => found[1]!.length));
  const wrong = (a: unknown): Error => new Error(`expected ${written}, got ${typeof a === "object" ? JSON.stringify(a) : String(a)}`);
  const near = (a: unknown, b: unknown): void => {
    if (typeof b === "number" && typeof a === "number" && Number.isFinite(b)) {
      const scientific = written.includes("e");
      const within = scientific ? Math.abs(b) * 10 ** -Math.max(1, digits) : Number.isInteger(b) && digits === 0 ? 0 : 0.5000001 * 10 ** -digits;
      if (!(Math.abs(a - b) <= within)) throw wrong(a);
    } else if (Array.isArray(b) && Array.isArray(a)) {
      if (a.length !== b.length) throw wrong(a);
      b.forEach((value, at) => near(a[at], value));
    } else if (b && typeof b === "object" && !Array.isArray(b) && a && typeof a === "object") {
      for (const [key, value] of Object.entries(b)) near(plain((a as Record<string, unknown>)[key]), value);
    } else if (!Object.is(a, b)) throw wrong(a);
  };
  near(plain(actual), expected);
}

/** Tensors and typed arrays as arrays. */
function plain(value: unknown): unknown {
  if (value && typeof value === "object" && "dataSync" in value) return Array.from((value as { dataSync(): ArrayLike<number> }).dataSync());
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  return Array.isArray(value) ? value.map(plain) : value;
}
