import { known, oneOf, shown } from "../../arguments.js";
import type { Tokenizer, TokenizerJson } from "./contract.js";
import { special } from "./json.js";
import { tokenizer } from "./tokenizer.js";

export interface UnigramOptions {
  /** The piece that stands for what no piece covers; default "<unk>". null: unknown text is an error. */
  unknown?: string | null;
  /** Pieces that are never cut and that `decode` leaves out, such as `<s>`. Default: the unknown one, and of `<s>`, `</s>`, `<pad>` those that are there. */
  specialTokens?: readonly string[];
  /** Where a mark `▁` is put: before every text, never, or before the first only. Default "always". */
  prepend?: "always" | "never" | "first";
  /** Compose characters and compatibility forms first (NFKC), as SentencePiece; default true. */
  normalize?: boolean;
  /** What is unknown becomes bytes `<0x..>` where the vocabulary has them; default false. */
  byteFallback?: boolean;
}

/** The pipeline around pieces. */
export function unigramJson(pieces: readonly (readonly [string, number])[], options: UnigramOptions): TokenizerJson {
  const { unknown = "<unk>", prepend = "always", normalize = true, byteFallback = false } = options;
  oneOf({ prepend }, ["always", "never", "first"]);
  const at = new Map(pieces.map(([piece], id) => [piece, id]));
  const unkId = unknown === null ? null : at.get(unknown);
  if (unkId === undefined) throw new RangeError(`expected unknown among the pieces, got ${shown(unknown)}: give unknown, or null where nothing may be unknown`);
  const specials = options.specialTokens ?? [...new Set([unknown, "<s>", "</s>", "<pad>"])].filter((token): token is string => token !== null && at.has(token));
  for (const token of specials) if (!at.has(token)) throw new RangeError(`expected specialTokens among the pieces, got ${shown(token)}`);
  const space = { type: "Metaspace", replacement: "▁", prepend_scheme: prepend, split: true };
  return {
    version: "1.0", truncation: null, padding: null, added_tokens: [...specials].sort((a, b) => at.get(a)! - at.get(b)!).map((token) => special(token, at.get(token)!)),
    normalizer: normalize ? { type: "NFKC" } : null, pre_tokenizer: space, post_processor: null, decoder: byteFallback ? { type: "Sequence", decoders: [{ type: "ByteFallback" }, space] } : space,
    model: { type: "Unigram", unk_id: unkId, vocab: pieces.map(([piece, score]) => [piece, score] as const), byte_fallback: byteFallback },
  };
}

/**
 * A SentencePiece-like unigram tokenizer from pieces and their scores (log-probabilities): the likeliest cut of each word by Viterbi's algorithm.
 *
 * @param pieces `[piece, score]`, the id is the place; spaces are written `▁`
 * @throws `expected unknown among the pieces, got "<unk>"`; `expected vocab as a list of [piece, score], got ...`
 * @see Kudo (2018), "Subword regularization"
 * @example text.unigram([["<unk>", 0], ["▁", -3], ["un", -2], ["▁un", -2.5], ["do", -2], ["a", -4]]).encode("undo a").tokens // ["▁un", "do", "▁", "a"]
 */
export function unigram(pieces: readonly (readonly [string, number])[], options: UnigramOptions = {}): Tokenizer {
  known(options, ["unknown", "specialTokens", "prepend", "normalize", "byteFallback"]);
  if (!Array.isArray(pieces)) throw new TypeError(`expected pieces as a list of [piece, score], got ${shown(pieces)}`);
  return tokenizer(unigramJson(pieces, options));
}
