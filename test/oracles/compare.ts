import type { OracleCase } from "./contract.js";

const words: Record<string, number> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };

/** Undefined where the answer agrees; else where and by how much it differs. */
export function difference(actual: unknown, expected: unknown, tolerance: OracleCase["tolerance"] = {}, path = "answer"): string | undefined {
  const { abs = 1e-9, rel = 1e-9 } = tolerance;
  const value = typeof expected === "string" && expected in words ? words[expected] : expected;
  if (typeof value === "number") {
    const given = typeof actual === "string" && actual in words ? words[actual] : typeof actual === "bigint" ? Number(actual) : actual;
    if (typeof given !== "number") return `${path}: expected ${value}, got ${JSON.stringify(given)}`;
    if (Object.is(given, value) || given === value) return undefined;
    if (Math.abs(given - value) <= abs + rel * Math.abs(value)) return undefined;
    return `${path}: expected ${value}, got ${given} (off by ${Math.abs(given - value).toPrecision(2)})`;
  }
  if (Array.isArray(value)) {
    const list = ArrayBuffer.isView(actual) ? Array.from(actual as unknown as ArrayLike<unknown>) : actual;
    if (!Array.isArray(list) || list.length !== value.length) return `${path}: expected ${value.length} values, got ${Array.isArray(list) ? list.length : typeof actual}`;
    for (let at = 0; at < value.length; at++) {
      const found = difference(list[at], value[at], tolerance, `${path}[${at}]`);
      if (found) return found;
    }
    return undefined;
  }
  if (value !== null && typeof value === "object") {
    if (actual === null || typeof actual !== "object") return `${path}: expected an object, got ${String(actual)}`;
    for (const [key, wanted] of Object.entries(value)) {
      const found = difference((actual as Record<string, unknown>)[key], wanted, tolerance, `${path}.${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return actual === value ? undefined : `${path}: expected ${JSON.stringify(value)}, got ${JSON.stringify(actual)}`;
}
