import { known, oneOf, shown, whole } from "../../arguments.js";
import type { BatchOptions, Encoding, Tokenizer } from "./contract.js";
import { addSpecial, columns, encodingOf, type Columns } from "./encoding.js";

const usual = ["[PAD]", "<pad>", "<|pad|>", "<|endoftext|>"];

/** Encodes each, and pads them to one length where asked. */
export function batch(tokenizer: Tokenizer, texts: readonly string[], options: BatchOptions): readonly Encoding[] {
  known(options, ["specialTokens", "maxLength", "truncationSide", "padding", "paddingSide", "padToken"]);
  if (!Array.isArray(texts)) throw new TypeError(`expected texts to be a list of strings, got ${shown(texts)}`);
  const { padding = false, paddingSide, padToken, ...each } = options;
  const side = oneOf({ paddingSide: paddingSide ?? "right" }, ["left", "right"]);
  const encodings = texts.map((text) => tokenizer.encode(text, each));
  if (padding === false) return Object.freeze(encodings);
  const { length, id, token } = paddingOf(tokenizer, encodings, padding, padToken);
  return Object.freeze(encodings.map((one) => padded(one, length, id, token, side)));
}

/** The length that all get, and the token that fills it up. */
export function paddingOf(tokenizer: Tokenizer, encodings: readonly Encoding[], padding: true | number, padToken?: string): { length: number; id: number; token: string } {
  const longest = encodings.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const length = padding === true ? longest : whole({ padding }, 1);
  if (length < longest) throw new RangeError(`expected padding >= ${longest}, the longest text, got ${length}: give maxLength ${length} too`);
  const token = padToken ?? usual.find((name) => tokenizer.tokenToId(name) !== undefined);
  const id = token === undefined ? undefined : tokenizer.tokenToId(token);
  if (id === undefined) throw new RangeError(padToken === undefined ? `expected padToken, got none: the tokenizer has none of ${usual.join(", ")}` : `expected padToken in the vocabulary, got ${shown(padToken)}`);
  return { length, id, token: token! };
}

/** With `length - encoding.ids.length` more tokens on a side. */
export function padded(encoding: Encoding, length: number, id: number, token: string, side: "left" | "right"): Encoding {
  const missing = length - encoding.ids.length;
  if (missing === 0) return encoding;
  const pad = columns();
  for (let at = 0; at < missing; at++) addSpecial(pad, id, token, 0, 0);
  const { text, truncated, ...own } = encoding;
  const joined = Object.fromEntries(Object.entries(own).map(([name, values]) => {
    const extra = pad[name as keyof Columns] as unknown[];
    return [name, side === "right" ? [...(values as unknown[]), ...extra] : [...extra, ...(values as unknown[])]];
  })) as unknown as Columns;
  return encodingOf(text, joined, truncated);
}
