import type { Encoder } from "../model/contract.js";
import type { Tokenizer } from "../tokenizer/contract.js";

/** A language model that was trained before, with the tokenizer whose ids it knows. */
export interface Pretrained {
  readonly name: string;
  readonly encoder: Encoder;
  readonly tokenizer: Tokenizer;
  /** Frees the encoder's weights. */
  dispose(): void;
}
