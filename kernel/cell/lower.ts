import { typeBlocks } from "./blocks.js";
import { isUsing } from "./declarations.js";
import { Role, type Token, type Tokens } from "./tokens.js";

/**
 * Turns what neither sucrase nor V8 takes (namespaces, decorators, `accessor`, nested `using`) into plain JavaScript.
 * `map` is a version 3 source map as JSON. Throws CellSyntaxError with a position in `source`.
 */
export type Lower = (source: string, options: { jsx: boolean }) => { code: string; map: string };

/** The first construct that needs a `Lower`, in the reader's words, and where it stands. */
export function findLowered({ tokens }: Tokens): { what: string; offset: number } | undefined {
  const block = typeBlocks(tokens).find(({ runs }) => runs);
  if (block) return { what: "namespace", offset: tokens[block.word]!.start };
  for (let i = 0; i < tokens.length; i++) {
    const { text, kind, start, isType, depth } = tokens[i]!;
    if (isType || kind === "string" || kind === "text") continue;
    if (text === "@") return { what: "decorator", offset: start };
    if (text === "using" && depth > 0 && isUsing(tokens, i)) return { what: "using inside a block", offset: start };
    if (text === "accessor" && isModifier(tokens, i)) return { what: "accessor", offset: start };
  }
  return undefined;
}

/** Is the word in front of a class member's name, not itself the name? */
function isModifier(tokens: Token[], i: number): boolean {
  const next = tokens[i + 1];
  return next !== undefined && !next.afterNewline && (next.role === Role.ObjectKey || /^[#["']/.test(next.text));
}
