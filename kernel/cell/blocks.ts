import { closing, Role, type Token } from "./tokens.js";

/** The braces of a namespace, `declare module "m"` or `declare global`: a scope of its own inside the cell. */
export interface TypeBlock {
  /** Token that starts the statement: `namespace`, `module`, `global`. */
  word: number;
  open: number;
  close: number;
  /** Not under `declare`: it may hold values. */
  runs: boolean;
}

export function typeBlocks(tokens: Token[]): TypeBlock[] {
  const blocks: TypeBlock[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const open = blockOpening(tokens, i);
    if (open < 0) continue;
    const close = closing(tokens, open);
    blocks.push({ word: i, open, close, runs: tokens[i - 1]?.text !== "declare" });
    i = close;
  }
  return blocks;
}

function blockOpening(tokens: Token[], i: number): number {
  const { text, isType } = tokens[i]!;
  if (!isType || (text !== "namespace" && text !== "module" && text !== "global")) return -1;
  let at = i + 1;
  if (text === "global") return tokens[at]?.text === "{" && tokens[i - 1]?.text === "declare" ? at : -1;
  const name = tokens[at];
  if (name?.kind !== "string" && name?.role !== Role.TopLevel && name?.role !== Role.BlockScoped) return -1;
  at++;
  while (tokens[at]?.text === ".") at += 2;
  return tokens[at]?.text === "{" ? at : -1;
}
