import { known, shown, whole } from "../../arguments.js";
import type { Stage, Tokenizer, TokenizerJson } from "./contract.js";
import { special } from "./json.js";
import { normalizer } from "./stages/normalize.js";
import { preTokenizer } from "./stages/pretokenize.js";
import { tokenizer } from "./tokenizer.js";
import { learnMerges } from "./train/merges.js";
import { countWords, type Corpus } from "./train/words.js";

export interface WordPieceOptions {
  /** Lower-case, and without accents: as the uncased BERTs. Default true. */
  lowercase?: boolean;
  /** Default: as `lowercase`. */
  stripAccents?: boolean;
  /** Put `[CLS]` before and `[SEP]` after each text; default true. */
  frame?: boolean;
  /** Words of more characters are unknown; default 100. */
  maxWordLength?: number;
}

export interface TrainWordPieceOptions extends WordPieceOptions {
  /** How many tokens at most, special ones and characters included. */
  vocabSize: number;
  /** Default 2. */
  minFrequency?: number;
  /** At most so many characters, the most frequent ones; default 1,000, which keeps rare Chinese characters from filling the vocabulary. */
  limitAlphabet?: number;
}

const specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const names = ["lowercase", "stripAccents", "frame", "maxWordLength"];

const bertNormalizer = ({ lowercase = true, stripAccents }: WordPieceOptions): Stage => ({ type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: stripAccents ?? null, lowercase });

function bert(vocab: Record<string, number>, options: WordPieceOptions): TokenizerJson {
  for (const token of ["[UNK]", ...(options.frame === false ? [] : ["[CLS]", "[SEP]"])]) if (vocab[token] === undefined) throw new RangeError(`expected ${token} in the vocabulary, got a vocabulary without it`);
  return {
    version: "1.0", truncation: null, padding: null, added_tokens: specials.filter((token) => vocab[token] !== undefined).map((token) => special(token, vocab[token]!)),
    normalizer: bertNormalizer(options), pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: options.frame === false ? null : { type: "TemplateProcessing", ...frame(vocab) }, decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: whole({ maxWordLength: options.maxWordLength ?? 100 }, 1), vocab },
  };
}

function frame(vocab: Record<string, number>) {
  const mark = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const sequence = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const token = (id: string) => ({ id, ids: [vocab[id]], tokens: [id] });
  return {
    single: [mark("[CLS]", 0), sequence("A", 0), mark("[SEP]", 0)], pair: [mark("[CLS]", 0), sequence("A", 0), mark("[SEP]", 0), sequence("B", 1), mark("[SEP]", 1)],
    special_tokens: { "[CLS]": token("[CLS]"), "[SEP]": token("[SEP]") },
  };
}

/**
 * BERT's tokenizer around a vocabulary: the lines of a `vocab.txt`, or ids by token. Control characters go, Chinese characters stand
 * alone, words are cut at spaces and punctuation, then into the longest pieces from the left.
 *
 * @throws `expected [UNK] in the vocabulary, got a vocabulary without it`
 * @example text.wordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "play", "##ing", "!"]).encode("Playing!").tokens // ["[CLS]", "play", "##ing", "!", "[SEP]"]
 */
export function wordPiece(vocab: readonly string[] | Readonly<Record<string, number>>, options: WordPieceOptions = {}): Tokenizer {
  known(options, names);
  const byToken = Array.isArray(vocab) ? Object.fromEntries((vocab as string[]).map((token, id) => [token, id])) : { ...(vocab as Record<string, number>) };
  if (Array.isArray(vocab) && Object.keys(byToken).length !== vocab.length) throw new RangeError(`expected every token once in vocab, got ${shown(vocab.find((token, id) => byToken[token] !== id))} twice`);
  return tokenizer(bert(byToken, options));
}

/**
 * Learns a WordPiece vocabulary with BERT's pipeline around it. As in Hugging Face's trainer pieces are learned by frequency, as in BPE,
 * with `##` before what continues a word. There the order of characters with `##`, and so of ties, changes from run to run; here it is that
 * of their first appearance.
 *
 * @param corpus a text or several
 * @throws `expected vocabSize to be a whole number >= 6, got 3`; `expected corpus with at least one word, got no text`
 * @example
 * const t = text.trainWordPiece("play play play played stayed", { vocabSize: 40 });
 * t.encode("played").tokens // ["[CLS]", "play", "##ed", "[SEP]"]
 */
export function trainWordPiece(corpus: Corpus, options: TrainWordPieceOptions): Tokenizer {
  known(options, [...names, "vocabSize", "minFrequency", "limitAlphabet"]);
  const vocabSize = whole({ vocabSize: options.vocabSize }, specials.length + 1);
  const minFrequency = whole({ minFrequency: options.minFrequency ?? 2 }, 1);
  const limitAlphabet = whole({ limitAlphabet: options.limitAlphabet ?? 1000 }, 1);
  const words = countWords(corpus, normalizer(bertNormalizer(options)), preTokenizer({ type: "BertPreTokenizer" }));
  const { tokens } = learnMerges(words, { vocabSize, minFrequency, specialTokens: specials, alphabet: [], limitAlphabet, prefix: "##" });
  return tokenizer(bert(Object.fromEntries(tokens.map((token, id) => [token, id])), options));
}
