import { known, shown, whole } from "../../arguments.js";
import { padded, paddingOf } from "./batch.js";
import type { Encoding, Tokenizer } from "./contract.js";
import { encodingOf } from "./encoding.js";

export interface EncodeWordsOptions {
  /** Cut each to so many tokens, special ones included. Default: nothing is cut. */
  maxLength?: number;
  /** true: pad to the longest; a number: to so many tokens. Default false. */
  padding?: boolean | number;
}

/**
 * Sentences that are words already, as those with a label for each word are: `encoding.words` counts the words of the list, where a
 * tokenizer alone would take 555-0143 for three. So `text.alignLabels` and tags fit.
 *
 * @param sentences lists of words without spaces in them
 * @returns one encoding a sentence; its text is the words with single spaces between
 * @throws `expected words without spaces, got "chest pain" in sentence 0`; as `encodeBatch`
 * @example
 * const t = text.wordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "555", "-", "call"]);
 * text.encodeWords(t, [["call", "555-555"]])[0].words // [null, 0, 1, 1, 1, null]
 */
export function encodeWords(tokenizer: Tokenizer, sentences: readonly (readonly string[])[], options: EncodeWordsOptions = {}): readonly Encoding[] {
  known(options, ["maxLength", "padding"]);
  const { maxLength, padding = false } = options;
  const encodings = sentences.map((words, sentence) => {
    const bad = words.find((word) => typeof word !== "string" || /\s|^$/.test(word));
    if (bad !== undefined) throw new RangeError(`expected words without spaces, got ${shown(bad)} in sentence ${sentence}`);
    const encoding = tokenizer.encode(words.join(" "), maxLength === undefined ? {} : { maxLength: whole({ maxLength }, 1) });
    const starts: number[] = [];
    words.reduce((at, word) => (starts.push(at), at + word.length + 1), 0);
    let word = 0;
    const wordOf = encoding.words.map((one, token) => {
      if (one === null) return null;
      while (word + 1 < starts.length && starts[word + 1]! <= encoding.offsets[token]![0]) word += 1;
      return word;
    });
    const { text, truncated, ...columns } = encoding;
    return encodingOf(text, { ...columns, words: wordOf } as never, truncated);
  });
  if (padding === false) return Object.freeze(encodings);
  const { length, id, token } = paddingOf(tokenizer, encodings, padding);
  return Object.freeze(encodings.map((one) => padded(one, length, id, token, "right")));
}
