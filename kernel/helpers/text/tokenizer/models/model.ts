import { shown } from "../../../arguments.js";
import type { Model, ModelJson } from "../contract.js";
import { bpeModel } from "./bpe.js";
import { unigramModel } from "./unigram.js";
import { wordLevelModel, wordPieceModel } from "./word-piece.js";

/** The model of a tokenizer.json; `bytes`: it sees bytes. */
export function model(json: ModelJson, bytes: boolean): Model {
  switch (json.type) {
    case "BPE": return bpeModel(json, bytes);
    case "WordPiece": return wordPieceModel(json);
    case "Unigram": return unigramModel(json);
    case "WordLevel": return wordLevelModel(json);
    default: throw new TypeError(`unknown model: ${shown((json as { type?: unknown }).type)} (known: BPE, Unigram, WordLevel, WordPiece)`);
  }
}
