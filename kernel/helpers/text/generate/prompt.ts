import { shown } from "../../arguments.js";
import { checkedIds } from "../model/batches.js";
import type { Decoder } from "../model/contract.js";
import type { Parts } from "../model/forward.js";
import { partsOf } from "../model/transformer.js";
import type { Tokenizer } from "../tokenizer/contract.js";

/** A text, which takes a tokenizer, or ids. */
export type Prompt = string | ArrayLike<number>;

export interface PromptOptions {
  /** For prompts that are text, and for tokens and text in the answer. */
  tokenizer?: Tokenizer;
}

/** The ids of a prompt, checked, and what the model is made of. */
export function readPrompt(model: Decoder, prompt: Prompt, { tokenizer }: PromptOptions): { parts: Parts; ids: Int32Array } {
  const parts = partsOf(model);
  const { kind, vocabSize } = parts.config;
  if (kind !== "decoder") throw new TypeError("expected a model of text.decoder, got an encoder");
  if (tokenizer && tokenizer.vocabSize !== vocabSize) throw new RangeError(`expected a tokenizer of ${vocabSize} tokens, as the model has, got ${tokenizer.vocabSize}`);
  if (typeof prompt === "string" && !tokenizer) throw new TypeError(`expected tokenizer where the prompt is text, got ${shown(tokenizer)}`);
  const ids = checkedIds(typeof prompt === "string" ? tokenizer!.encode(prompt, { specialTokens: false }).ids : prompt, vocabSize);
  if (ids.length === 0) throw new RangeError("expected a prompt of at least one token, got none: begin with a special token, such as <|endoftext|>");
  return { parts, ids };
}
