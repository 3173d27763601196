import { fail, type Place } from "./error.js";

/** The info string of a fence or block, taken apart: `ts id=mse task points=2`. */
export interface Attributes {
  /** Words without `=`, in order: `ts`, `task`. */
  words: string[];
  values: Record<string, string>;
}

export function parseAttributes(info: string): Attributes {
  const words: string[] = [];
  const values: Record<string, string> = {};
  for (const part of info.split(/\s+/).filter(Boolean)) {
    const at = part.indexOf("=");
    if (at < 0) words.push(part);
    else values[part.slice(0, at)] = part.slice(at + 1);
  }
  return { words, values };
}

/** Refuse misspelt attributes: `point=2` would silently cost nothing. */
export function allow(place: Place, { words, values }: Attributes, allowedWords: readonly string[], allowedValues: readonly string[]): void {
  for (const word of words) if (!allowedWords.includes(word)) fail(place, `unknown word "${word}", expected ${list(allowedWords)}`);
  for (const key of Object.keys(values)) if (!allowedValues.includes(key)) fail(place, `unknown attribute "${key}", expected ${list(allowedValues)}`);
}

export function checkId(place: Place, id: string | undefined): string {
  if (!id || !/^[a-z][a-z0-9-]{0,40}$/.test(id)) fail(place, `expected an id of a-z, 0-9 and -, got "${id ?? ""}"`);
  return id;
}

export function points(place: Place, text: string): number {
  const value = Number(text);
  if (!(text.trim() !== "" && Number.isFinite(value) && value >= 0)) fail(place, `expected points >= 0, got "${text}"`);
  return value;
}

const list = (names: readonly string[]): string => (names.length ? names.join(", ") : "none");
