import { shown } from "../../arguments.js";

/** JSON, or an error with the place where it breaks. */
export function parseJson(text: string, what: string): unknown {
  if (typeof text !== "string") throw new TypeError(`expected ${what} as text, got ${shown(text)}`);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new SyntaxError(`expected ${what} as JSON: ${(error as Error).message}`, { cause: error });
  }
}

export function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError(`expected ${where} to be an object, got ${shown(value)}`);
  return value as Record<string, unknown>;
}

export function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`expected ${where} to be a list, got ${shown(value)}`);
  return value;
}

export function text(value: unknown, where: string): string {
  if (typeof value !== "string") throw new TypeError(`expected ${where} to be text, got ${shown(value)}`);
  return value;
}

export function number(value: unknown, where: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new TypeError(`expected ${where} to be a finite number, got ${shown(value)}`);
  return value;
}

export function name(value: unknown, where: string): string | number {
  if (typeof value !== "string" && typeof value !== "number") throw new TypeError(`expected ${where} to be text or a number, got ${shown(value)}`);
  return value;
}

/** A span inside its text. */
export function span(start: unknown, end: unknown, length: number, where: string): { start: number; end: number } {
  const [from, to] = [number(start, `${where} start`), number(end, `${where} end`)];
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to <= from || to > length) throw new RangeError(`expected 0 <= start < end <= ${length} in ${where}, got ${from} and ${to}`);
  return { start: from, end: to };
}
