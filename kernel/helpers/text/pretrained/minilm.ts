import { bertWeights } from "../model/bert.js";
import { readSafetensors } from "../model/safetensors.js";
import { encoderFrom } from "../model/transformer.js";
import { wordPiece } from "../tokenizer/word-piece.js";
import type { MakePretrained, Pretrained } from "./contract.js";
import { joined } from "./files.js";

/** all-MiniLM-L6-v2: BERT's architecture with 6 layers of width 384, and BERT's vocabulary of lower-case English. */
export const minilm: MakePretrained<Pretrained> = (files) => {
  // The weights' shapes do not tell how many heads there are.
  const { options, weights } = bertWeights(readSafetensors(joined(files.slice(0, -1))), { heads: 12 });
  const encoder = encoderFrom(options, weights);
  const tokenizer = wordPiece(new TextDecoder().decode(files.at(-1)).trimEnd().split("\n"));
  return Object.freeze({ name: "minilm", encoder, tokenizer, dispose: () => encoder.dispose() });
};
