import helpers from "sucrase/dist/HelperManager.js";
import names from "sucrase/dist/NameManager.js";
import processor from "sucrase/dist/TokenProcessor.js";
import root from "sucrase/dist/transformers/RootTransformer.js";
import type { Tokens } from "./tokens.js";

export interface Stripped {
  /** JavaScript with the lines of the source. */
  code: string;
  /** Offset in `code` -> offset in the source. */
  toSource(offset: number): number;
}

interface Output { code: string; mappings: (number | undefined)[] }

/** Types out, JSX to calls, enums to objects; every line stays where it is. `tokens` must be free of errors and is used up. */
export function stripTypes(tokens: Tokens): Stripped {
  const { source, raw, jsx } = tokens;
  const nameManager = new names.default(source, raw);
  const helperManager = new helpers.HelperManager(nameManager);
  const tokenProcessor = new processor.default(source, raw, false, true, helperManager);
  const options = { disableESTransforms: true, keepUnusedImports: true, jsxRuntime: "classic", production: true, ...pragmas(source) };
  const context = { tokenProcessor, nameManager, helperManager, importProcessor: null };
  const transformer = new root.default(context, jsx ? ["typescript", "jsx"] : ["typescript"], false, options);
  const { code, mappings } = separate(tokens, transformer.transform());
  return { code, toSource: (offset) => originalOffset(tokens, mappings, offset) };
}

/**
 * A removed type declaration ended the statement before it: without a semicolon in its place, `x = 3`, `interface I {}`, `(1)` on
 * three lines would become a call.
 */
function separate({ tokens }: Tokens, { code, mappings }: Output): Output {
  let text = code;
  const at = [...mappings];
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    const place = at[i];
    if (!before || before.isType || /^[;{]$/.test(before.text) || !token.afterNewline || place === undefined) return;
    const isType = token.isType && /^(interface|type|declare|namespace|module|function|abstract)$/.test(token.text);
    if (!isType && !(token.text === "import" && tokens[i + 1]?.text === "type")) return;
    text = `${text.slice(0, place)};${text.slice(place)}`;
    for (let later = i + 1; later < at.length; later++) if (at[later] !== undefined) at[later]!++;
  });
  return { code: text, mappings: at };
}

/** `@jsx h` and `@jsxFrag Fragment` in a block comment name the functions that elements become. */
export function pragmas(source: string): { jsxPragma?: string; jsxFragmentPragma?: string } {
  const jsxPragma = /\/\*[^]*?@jsx\s+([\w$.]+)[^]*?\*\//.exec(source)?.[1];
  const jsxFragmentPragma = /\/\*[^]*?@jsxFrag\s+([\w$.]+)[^]*?\*\//.exec(source)?.[1];
  return { ...(jsxPragma && { jsxPragma }), ...(jsxFragmentPragma && { jsxFragmentPragma }) };
}

function originalOffset({ source, tokens }: Tokens, mappings: (number | undefined)[], offset: number): number {
  let best = -1;
  for (let i = 0; i < tokens.length; i++) {
    const at = mappings[i];
    if (at !== undefined && at <= offset) best = i;
  }
  if (best < 0) return Math.min(offset, source.length);
  const token = tokens[best]!;
  return Math.min(token.start + offset - mappings[best]!, source.length);
}
