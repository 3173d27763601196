import { whole } from "../../../arguments.js";
import type { Model, Pieces, WordLevelJson, WordPieceJson } from "../contract.js";
import { cached } from "./cache.js";
import { unknown, vocabularyOf } from "./vocabulary.js";

/**
 * BERT's: from the left always the longest piece that the vocabulary has; a word of which a part is in no piece is unknown as a whole.
 *
 * @see Schuster and Nakajima (2012), "Japanese and Korean voice search"
 */
export function wordPieceModel(json: WordPieceJson): Model {
  const { ids, tokens } = vocabularyOf(json.vocab);
  const { continuing_subword_prefix: prefix = "##", unk_token = "[UNK]" } = json;
  const most = whole({ max_input_chars_per_word: json.max_input_chars_per_word ?? 100 }, 1);
  const unknownId = ids.get(unk_token);

  function tokenize(word: string): Pieces {
    const pieces = { ids: [] as number[], starts: [] as number[], ends: [] as number[] };
    const failed = (): Pieces => {
      if (unknownId === undefined) throw unknown(word, `its unk_token is ${unk_token}`);
      return { ids: [unknownId], starts: [0], ends: [word.length] };
    };
    if (word.length > most && Array.from(word).length > most) return failed();
    for (let start = 0; start < word.length; ) {
      let end = word.length;
      let id: number | undefined;
      while (start < end) {
        id = ids.get(start > 0 ? prefix + word.slice(start, end) : word.slice(start, end));
        if (id !== undefined) break;
        const last = word.charCodeAt(end - 1);
        end -= last >= 0xdc00 && last <= 0xdfff && end - 1 > start ? 2 : 1;
      }
      if (id === undefined) return failed();
      pieces.ids.push(id);
      pieces.starts.push(start);
      pieces.ends.push(end);
      start = end;
    }
    return pieces;
  }
  return { type: "WordPiece", size: tokens.length, tokenize: cached(tokenize), tokenToId: (token) => ids.get(token), idToToken: (id) => tokens[id] };
}

/** A token for each whole word. */
export function wordLevelModel(json: WordLevelJson): Model {
  const { ids, tokens } = vocabularyOf(json.vocab);
  const unknownId = ids.get(json.unk_token);
  const tokenize = (word: string): Pieces => {
    const id = ids.get(word) ?? unknownId;
    if (id === undefined) throw unknown(word, `its unk_token is ${json.unk_token}`);
    return { ids: [id], starts: [0], ends: [word.length] };
  };
  return { type: "WordLevel", size: tokens.length, tokenize: cached(tokenize), tokenToId: (token) => ids.get(token), idToToken: (id) => tokens[id] };
}
