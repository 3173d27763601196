import { known, oneOf, shown, whole } from "../../arguments.js";
import { batch } from "./batch.js";
import type { DecodeOptions, Encoding, EncodeOptions, Tokenizer, TokenizerJson } from "./contract.js";
import { addSpecial, columns, encodingOf, type Columns } from "./encoding.js";
import { model as makeModel } from "./models/model.js";
import { addedTokens } from "./stages/added.js";
import { space } from "./stages/characters.js";
import { decoder } from "./stages/decode.js";
import { normalizer } from "./stages/normalize.js";
import { endOf, startOf, type Piece } from "./stages/piece.js";
import { preTokenizer } from "./stages/pretokenize.js";
import { processor } from "./stages/process.js";
import { readTokenizerJson } from "./json.js";

/** One text, before special tokens. */
interface Raw {
  ids: number[];
  tokens: string[];
  offsets: [number, number][];
  words: number[];
}

const encodeNames = ["pair", "specialTokens", "maxLength", "truncationSide"];

/**
 * A tokenizer from a `tokenizer.json` of Hugging Face: BPE, WordPiece, Unigram or WordLevel. Gives the same tokens, ids and offsets as
 * `tokenizers` from PyPI; offsets count UTF-16 units, as `slice` does. What the file has and is not known here is refused by name.
 *
 * @param json the object, or its text
 * @returns `encode`, `encodeBatch`, `decode`, `tokenToId`, `idToToken`; `JSON.stringify` gives the file again
 * @throws `expected a tokenizer.json with model, got an object with a, b`; `unknown model: X (known: BPE, Unigram, WordLevel, WordPiece)`
 * @example
 * const t = text.tokenizer({ version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: { type: "WhitespaceSplit" }, post_processor: null, decoder: null, model: { type: "WordLevel", vocab: { "<unk>": 0, a: 1, cat: 2 }, unk_token: "<unk>" } });
 * t.encode("a big cat").ids // [1, 0, 2]
 */
export function tokenizer(json: TokenizerJson | string): Tokenizer {
  const definition = readTokenizerJson(json);
  const normalize = normalizer(definition.normalizer);
  const { split, bytes } = preTokenizer(definition.pre_tokenizer);
  const model = makeModel(definition.model, bytes);
  const { single, pair: double, trim } = processor(definition.post_processor);
  const join = decoder(definition.decoder);
  const cut = addedTokens(definition.added_tokens, normalize);
  const added = new Map(definition.added_tokens.map((token) => [token.id, token]));
  const addedIds = new Map(definition.added_tokens.map(({ content, id }) => [content, id]));
  const vocabSize = Math.max(model.size, ...[...added.keys()].map((id) => id + 1));
  const specialTokens = Object.freeze(Object.fromEntries(definition.added_tokens.filter(({ special }) => special).map(({ content, id }) => [content, id])));
  const tokenOf = (id: number): string | undefined => added.get(id)?.content ?? model.idToToken(id);

  function raw(text: string, what: string): Raw {
    if (typeof text !== "string") throw new TypeError(`expected ${what} to be a string, got ${shown(text)}`);
    const out: Raw = { ids: [], tokens: [], offsets: [], words: [] };
    let word = 0;
    const pieces: Piece[] = [];
    for (const piece of cut(text)) {
      if (piece.id !== undefined) pieces.push(piece);
      else split(piece, pieces);
    }
    for (const piece of pieces) {
      if (piece.text === "") continue;
      if (piece.id !== undefined) add(out, piece.id, piece.text, startOf(piece, 0), endOf(piece, piece.text.length), word++);
      else {
        const { ids, starts, ends, tokens } = model.tokenize(piece.text);
        for (let at = 0; at < ids.length; at++) add(out, ids[at]!, tokens ? tokens[at]! : model.idToToken(ids[at]!)!, startOf(piece, starts[at]!), endOf(piece, ends[at]!), word);
        word += 1;
      }
    }
    if (trim) out.tokens.forEach((token, at) => trimOffsets(text, out.offsets[at]!, token, trim.prefixed && (at === 0 || out.offsets[at]![0] === 0)));
    return out;
  }

  function encode(text: string, options: EncodeOptions = {}): Encoding {
    known(options, encodeNames);
    const { pair, specialTokens: special = true, maxLength } = options;
    const side = oneOf({ truncationSide: options.truncationSide ?? "right" }, ["left", "right"]);
    const raws = pair === undefined ? [raw(text, "text")] : [raw(text, "text"), raw(pair, "pair")];
    const slots = pair === undefined ? single : double;
    const length = raws.reduce((sum, { ids }) => sum + ids.length, 0);
    const fixed = special ? slots.filter((slot) => "id" in slot).length : 0;
    const keep = maxLength === undefined ? length : whole({ maxLength }) - fixed;
    if (keep < 0) throw new RangeError(`expected maxLength >= ${fixed}, the special tokens, got ${maxLength}`);
    const kept = shares(raws.map(({ ids }) => ids.length), keep);
    if (slots.length === 1 && keep >= length) return encodingOf(text, whole1(raws[0]!, (slots[0] as { type: number }).type), 0);
    const out = columns();
    for (const slot of slots) {
      if ("id" in slot) {
        if (special) addSpecial(out, slot.id, slot.token, slot.type, 1);
      } else append(out, raws[slot.sequence]!, kept[slot.sequence]!, side, slot.type);
    }
    return encodingOf(text, out, Math.max(0, length - keep));
  }

  function decode(ids: ArrayLike<number>, options: DecodeOptions = {}): string {
    known(options, ["skipSpecialTokens"]);
    const { skipSpecialTokens = true } = options;
    const tokens: string[] = [];
    for (let at = 0; at < ids.length; at++) {
      const token = named(ids[at]!, "ids");
      if (!(skipSpecialTokens && added.get(ids[at]!)?.special)) tokens.push(token);
    }
    return join(tokens);
  }

  function named(id: number, what: string): string {
    const token = Number.isInteger(id) ? tokenOf(id) : undefined;
    if (token === undefined) throw new RangeError(`expected ${what} from 0 to ${vocabSize - 1}, got ${shown(id)}`);
    return token;
  }

  const self: Tokenizer = {
    kind: definition.model.type, vocabSize, specialTokens, encode, decode,
    encodeBatch: (texts, options = {}) => batch(self, texts, options),
    tokenToId: (token) => addedIds.get(token) ?? model.tokenToId(token),
    idToToken: (id) => named(id, "id"),
    toJSON: () => definition,
  };
  const words = `${definition.model.type} tokenizer, ${vocabSize.toLocaleString("en-US")} tokens${definition.added_tokens.length > 0 ? `, among them ${definition.added_tokens.slice(0, 8).map(({ content }) => content).join(" ")}` : ""}`;
  Object.defineProperty(self, Symbol.for("Jupyter.display"), { value: () => ({ data: { "text/plain": words }, metadata: {} }), enumerable: false });
  return Object.freeze(self);
}

function add(out: Raw, id: number, token: string, start: number, end: number, word: number): void {
  out.ids.push(id);
  out.tokens.push(token);
  out.offsets.push([start, end]);
  out.words.push(word);
}

const whole1 = ({ ids, tokens, offsets, words }: Raw, type: number): Columns => ({
  ids, tokens, offsets, words, typeIds: new Array<number>(ids.length).fill(type), attentionMask: new Array<number>(ids.length).fill(1), specialTokensMask: new Array<number>(ids.length).fill(0),
});

function append(out: Columns, { ids, tokens, offsets, words }: Raw, keep: number, side: "left" | "right", type: number): void {
  const from = side === "right" ? 0 : ids.length - keep;
  for (let at = from; at < from + keep; at++) {
    out.ids.push(ids[at]!);
    out.tokens.push(tokens[at]!);
    out.offsets.push(offsets[at]!);
    out.words.push(words[at]!);
    out.typeIds.push(type);
    out.attentionMask.push(1);
    out.specialTokensMask.push(0);
  }
}

/** How much is kept of each text: the longer one is cut first; two that are both too long get half each. */
function shares(lengths: readonly number[], keep: number): number[] {
  if (lengths.length === 1) return [Math.min(lengths[0]!, keep)];
  const [a, b] = lengths as [number, number];
  if (a + b <= keep) return [a, b];
  const short = Math.min(a, b);
  let [n1, n2] = [short, short > keep ? short : Math.max(short, keep - short)];
  if (n1 + n2 > keep) [n1, n2] = [Math.floor(keep / 2), Math.floor(keep / 2) + (keep % 2)];
  return a > b ? [n2, n1] : [n1, n2];
}

const leading = new RegExp(`^[\\u0120${space}]+`, "u");
const trailing = new RegExp(`[\\u0120${space}]+$`, "u");

/** Without the spaces at the ends of a byte-level token. The one that was put before a text counts as its first character. */
function trimOffsets(text: string, offsets: [number, number], token: string, prefixed: boolean): void {
  let front = leading.exec(token)?.[0].length ?? 0;
  const back = trailing.exec(token)?.[0].length ?? 0;
  if (prefixed && front === 1) front = 0;
  for (; front > 0 && offsets[0] < offsets[1]; front--) offsets[0] += text.codePointAt(offsets[0])! > 0xffff ? 2 : 1;
  for (let left = back; left > 0 && offsets[1] > offsets[0]; left--) offsets[1] -= text.charCodeAt(offsets[1] - 1) >> 10 === 0x37 && offsets[1] - offsets[0] > 1 ? 2 : 1;
}
