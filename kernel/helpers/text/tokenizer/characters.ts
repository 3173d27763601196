import type { Tokenizer } from "./contract.js";
import { tokenizer } from "./tokenizer.js";
import type { Corpus } from "./train/words.js";

/**
 * A tokenizer whose tokens are the characters of a corpus, in the order of their code points: the smallest vocabulary, and the longest texts.
 *
 * @param corpus a text or several
 * @throws `expected corpus with at least one character, got none`; when it encodes `unknown token: "é": ...` for what the corpus does not have
 * @example
 * const letters = text.characters("banana");
 * letters.encode("nab").ids // [2, 0, 1]
 * letters.decode([1, 0, 2]) // "ban"
 */
export function characters(corpus: Corpus): Tokenizer {
  const found = new Set<string>();
  for (const text of typeof corpus === "string" ? [corpus] : corpus) for (const letter of text) found.add(letter);
  if (found.size === 0) throw new RangeError("expected corpus with at least one character, got none");
  const vocab = Object.fromEntries([...found].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!).map((letter, id) => [letter, id]));
  // BPE that has learned no merges: a text stays as it begins, in characters.
  return tokenizer({
    version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: { type: "Fuse" },
    model: { type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab, merges: [] },
  });
}
