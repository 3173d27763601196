import { inside, known, oneOf, shown, whole } from "../../arguments.js";
import type { Tokenizer, TokenizerJson } from "./contract.js";
import { special } from "./json.js";
import { normalizer } from "./stages/normalize.js";
import { preTokenizer } from "./stages/pretokenize.js";
import { tokenizer } from "./tokenizer.js";
import { learnPieces } from "./train/pieces.js";
import { countWords, type Corpus } from "./train/words.js";

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

export interface TrainUnigramOptions {
  /** How many pieces at most, special ones and every character of the corpus included. */
  vocabSize: number;
  /** With the first ids; the first is the one for what is unknown. Default `["<unk>", "<s>", "</s>", "<pad>"]`. */
  specialTokens?: readonly string[];
  /** Longest piece in characters; default 16. */
  maxPieceLength?: number;
  /** Share of the pieces that stays at each cut; default 0.75. */
  shrinking?: number;
  /** As `unigram`. */
  normalize?: boolean;
}

/**
 * Learns a unigram tokenizer, as SentencePiece does: many candidates, likelihoods by expectation maximisation, and again and again the
 * pieces that matter least go.
 *
 * @param corpus a text or several
 * @returns the tokenizer; ids follow the scores. Steps and constants are those of Hugging Face's `UnigramTrainer`; scores agree up to rounding
 * @throws `expected vocabSize of at least 30 besides the special tokens, one a character of the corpus, got 10`; `expected corpus with at least one word, got no text`
 * @see Kudo (2018), "Subword regularization"
 * @example
 * const t = text.trainUnigram("low lower lowest low lower low", { vocabSize: 20 });
 * t.decode(t.encode("lower lowest").ids) // "lower lowest"
 */
export function trainUnigram(corpus: Corpus, options: TrainUnigramOptions): Tokenizer {
  known(options, ["vocabSize", "specialTokens", "maxPieceLength", "shrinking", "normalize"]);
  const { specialTokens = ["<unk>", "<s>", "</s>", "<pad>"], normalize = true } = options;
  if (specialTokens.length === 0) throw new RangeError("expected specialTokens with at least the unknown one, got none");
  const vocabSize = whole({ vocabSize: options.vocabSize }, specialTokens.length + 1);
  const maxPieceLength = whole({ maxPieceLength: options.maxPieceLength ?? 16 }, 1);
  const shrinking = inside({ shrinking: options.shrinking ?? 0.75 });
  const words = countWords(corpus, normalizer(normalize ? { type: "NFKC" } : null), preTokenizer({ type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true }));
  const pieces = learnPieces(words, { vocabSize: vocabSize - specialTokens.length, maxPieceLength, rounds: 2, shrinking, seeds: 1_000_000 });
  const taken = new Set(specialTokens);
  return tokenizer(unigramJson([...specialTokens.map((token) => [token, 0] as const), ...pieces.filter(([piece]) => !taken.has(piece))], { unknown: specialTokens[0]!, specialTokens, normalize }));
}
