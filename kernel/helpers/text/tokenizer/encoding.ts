import type { Encoding } from "./contract.js";
import { showTokens } from "./show.js";

/** The columns of an encoding while it is put together. */
export interface Columns {
  ids: number[];
  tokens: string[];
  offsets: [number, number][];
  words: (number | null)[];
  typeIds: number[];
  attentionMask: number[];
  specialTokensMask: number[];
}

export const columns = (): Columns => ({ ids: [], tokens: [], offsets: [], words: [], typeIds: [], attentionMask: [], specialTokensMask: [] });

export function addSpecial(out: Columns, id: number, token: string, type: number, attention: 0 | 1): void {
  out.ids.push(id);
  out.tokens.push(token);
  out.offsets.push([0, 0]);
  out.words.push(null);
  out.typeIds.push(type);
  out.attentionMask.push(attention);
  out.specialTokensMask.push(1);
}

/** Frozen, and in a notebook drawn: the text with its tokens coloured. */
export function encodingOf(text: string, out: Columns, truncated: number): Encoding {
  const encoding = { text, ...out, truncated };
  for (const list of Object.values(out)) Object.freeze(list);
  Object.defineProperty(encoding, Symbol.for("Jupyter.display"), { value: () => showTokens(encoding), enumerable: false });
  return Object.freeze(encoding);
}
