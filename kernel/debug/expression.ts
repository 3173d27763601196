import { stripTypes } from "../cell/strip.js";
import { readTokens } from "../cell/tokens.js";

/** What a learner types in the debug console: TypeScript, an expression or statements. An object literal is an object. */
export function toExpression(text: string): string {
  const source = /^\s*\{[^]*\}\s*;?\s*$/.test(text) ? `(${text.replace(/;\s*$/, "")})` : text;
  const read = readTokens(source);
  return read.error ? text : stripTypes(read).code;
}
