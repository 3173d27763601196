import { known, shown, whole } from "../../arguments.js";
import type { Tokenizer, TokenizerJson } from "./contract.js";
import { special } from "./json.js";
import { byteLetters, toByteLetters } from "./stages/bytes.js";
import { normalizer } from "./stages/normalize.js";
import { preTokenizer } from "./stages/pretokenize.js";
import { tokenizer } from "./tokenizer.js";
import { learnMerges } from "./train/merges.js";
import { countWords, type Corpus } from "./train/words.js";

export interface ByteLevelOptions {
  /** Tokens that are never cut, with the first ids. Default `["<|endoftext|>"]`. */
  specialTokens?: readonly string[];
  /** The first word is treated as if a space stood before it; default false, as GPT-2. */
  addPrefixSpace?: boolean;
}

export interface TrainBpeOptions extends ByteLevelOptions {
  /** How many tokens at most, special ones and the 256 bytes included. */
  vocabSize: number;
  /** A pair that comes less often is not merged; default 2. */
  minFrequency?: number;
  /** No token of more bytes than this; default: any. */
  maxTokenLength?: number;
}

/** GPT-2's pipeline around a vocabulary. */
function byteLevel(vocab: Record<string, number>, merges: readonly (readonly [string, string])[], { specialTokens = ["<|endoftext|>"], addPrefixSpace = false }: ByteLevelOptions): TokenizerJson {
  const stage = { type: "ByteLevel", add_prefix_space: addPrefixSpace, trim_offsets: false, use_regex: true };
  return {
    version: "1.0", truncation: null, padding: null, added_tokens: specialTokens.map((token) => special(token, vocab[token]!)), normalizer: null,
    pre_tokenizer: stage, post_processor: stage, decoder: stage,
    model: { type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab, merges },
  };
}

/**
 * Learns a byte-level BPE tokenizer, as GPT-2 has one: text is cut into words, words into UTF-8 bytes, and the most frequent pair of
 * neighbours becomes a token until the vocabulary is full. Every text can be encoded, so nothing is unknown.
 *
 * @param corpus a text or several
 * @returns the tokenizer; merges and ids are those of Hugging Face's `BpeTrainer` with the alphabet of all bytes
 * @throws `expected vocabSize to be a whole number >= 257, got 100`; `expected corpus with at least one word, got no text`
 * @see Radford et al. (2019), "Language models are unsupervised multitask learners"
 * @example
 * const t = text.trainBpe("low lower lowest low low", { vocabSize: 260 });
 * t.encode("lower").tokens // ["low", "e", "r"]
 * t.decode(t.encode("low 低!").ids) // "low 低!"
 */
export function trainBpe(corpus: Corpus, options: TrainBpeOptions): Tokenizer {
  known(options, ["vocabSize", "minFrequency", "maxTokenLength", "specialTokens", "addPrefixSpace"]);
  const { specialTokens = ["<|endoftext|>"], addPrefixSpace = false, maxTokenLength } = options;
  const vocabSize = whole({ vocabSize: options.vocabSize }, 256 + new Set(specialTokens).size);
  const minFrequency = whole({ minFrequency: options.minFrequency ?? 2 }, 1);
  if (maxTokenLength !== undefined) whole({ maxTokenLength }, 1);
  const words = countWords(corpus, normalizer(null), preTokenizer({ type: "ByteLevel", add_prefix_space: addPrefixSpace, use_regex: true }));
  const letters = new Map([...words].map(([word, count]) => [toByteLetters(word), count]));
  const { tokens, merges } = learnMerges(letters, { vocabSize, minFrequency, specialTokens, alphabet: byteLetters, maxTokenLength });
  return tokenizer(byteLevel(Object.fromEntries(tokens.map((token, id) => [token, id])), merges, { specialTokens, addPrefixSpace }));
}

/**
 * A byte-level BPE tokenizer from a vocabulary and merges that exist already: GPT-2's `vocab.json` and the lines of its `merges.txt`.
 *
 * @param model `vocab`: ids by token; `merges`: `"a b"` or `["a", "b"]`, the first learned first; a line `#version` is left out
 * @throws `expected the parts and the result of merge 0 in the vocabulary, got "a" and "b"`; a special token that the vocabulary does not have
 * @example
 * const vocab = { "<|endoftext|>": 0, h: 1, i: 2, hi: 3 };
 * text.bpe({ vocab, merges: ["h i"] }).encode("hi").ids // [3]
 */
export function bpe(model: { vocab: Readonly<Record<string, number>>; merges: readonly (string | readonly [string, string])[] }, options: ByteLevelOptions = {}): Tokenizer {
  known(options, ["specialTokens", "addPrefixSpace"]);
  const { specialTokens = ["<|endoftext|>"] } = options;
  for (const token of specialTokens) if (model.vocab[token] === undefined) throw new RangeError(`expected specialTokens in the vocabulary, got ${shown(token)}`);
  const merges = model.merges.filter((merge) => typeof merge !== "string" || (merge !== "" && !merge.startsWith("#version"))).map((merge, at) => {
    const parts = typeof merge === "string" ? merge.split(" ") : merge;
    if (parts.length !== 2) throw new RangeError(`expected merges of two parts, got ${shown(merge)} at index ${at}`);
    return parts as readonly [string, string];
  });
  return tokenizer(byteLevel({ ...model.vocab }, merges, options));
}
