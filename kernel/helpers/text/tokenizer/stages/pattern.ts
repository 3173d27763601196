import { shown } from "../../../arguments.js";
import { space } from "./characters.js";

/** `{ String: "x" }` or `{ Regex: "\\s+" }` of a tokenizer.json as a global pattern. White space means Unicode's, as there. */
export function patternOf(pattern: unknown): RegExp {
  if (typeof pattern === "string") return literal(pattern);
  const { String: text, Regex: source } = (pattern ?? {}) as { String?: string; Regex?: string };
  if (typeof text === "string") return literal(text);
  if (typeof source !== "string") throw new TypeError(`expected a pattern with String or Regex, got ${shown(pattern)}`);
  try {
    return new RegExp(translated(source), "gu");
  } catch (error) {
    throw new TypeError(`expected a pattern that JavaScript understands, got ${shown(source)}: ${(error as Error).message}`, { cause: error });
  }
}

const literal = (text: string): RegExp => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "gu");

/** `\s` and `\S`, in and outside of brackets, and `(?i:...)` of contractions. */
function translated(source: string): string {
  const insensitive = source.replace(/\(\?i:((?:[^()\\]|\\.)*)\)/g, (_, inner: string) => `(?:${inner.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)})`);
  let out = "";
  let inside = false;
  for (let at = 0; at < insensitive.length; at++) {
    const letter = insensitive[at]!;
    if (letter === "\\") {
      const next = insensitive[++at];
      if (next === "s") out += inside ? space : `[${space}]`;
      else if (next === "S" && !inside) out += `[^${space}]`;
      else out += `\\${next}`;
    } else {
      if (letter === "[") inside = true;
      else if (letter === "]") inside = false;
      out += letter;
    }
  }
  return out;
}
