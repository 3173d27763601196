import { displaySymbol } from "../../../display/contract.js";

/** Gives a value one line as its picture, and freezes it. */
export function showLine<T extends object>(value: T, line: () => string): Readonly<T> {
  Object.defineProperty(value, displaySymbol, { value: () => ({ data: { "text/plain": line() }, metadata: {} }), enumerable: false });
  return Object.freeze(value);
}

/** The first few names, and how many there are. */
export const some = (names: readonly string[], most = 5): string => (names.length > most ? `${names.slice(0, most).join(", ")}, ... (${names.length})` : names.join(", "));
