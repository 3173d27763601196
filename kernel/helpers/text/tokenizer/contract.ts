/** Text as token ids, with everything that leads back to the text. */
export interface Encoding {
  readonly text: string;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  /** `[from, to)` of each token in the text, in UTF-16 units as `text.slice(from, to)` takes them; `[0, 0]` for added special tokens and padding. */
  readonly offsets: readonly (readonly [number, number])[];
  /** Which word, in the sense of the pre-tokenizer, a token is a part of, from 0; null for special tokens. */
  readonly words: readonly (number | null)[];
  /** 0 for the first text, 1 for the second of a pair. */
  readonly typeIds: readonly number[];
  /** 1 for a token, 0 for padding. */
  readonly attentionMask: readonly number[];
  /** 1 for tokens that the tokenizer added: `[CLS]`, `[SEP]`, padding. */
  readonly specialTokensMask: readonly number[];
  /** How many tokens `maxLength` cut off. */
  readonly truncated: number;
}

export interface EncodeOptions {
  /** A second text, for models of pairs. */
  pair?: string;
  /** Add the special tokens of the tokenizer, such as `[CLS]`; default true. */
  specialTokens?: boolean;
  /** Cut to so many tokens, special ones included. Of a pair the longer text is cut first. Default: nothing is cut. */
  maxLength?: number;
  /** The side that is cut off; default "right". */
  truncationSide?: "left" | "right";
}

export interface BatchOptions extends Omit<EncodeOptions, "pair"> {
  /** true: pad to the longest; a number: to so many tokens. Default false. */
  padding?: boolean | number;
  /** The side that is padded; default "right". */
  paddingSide?: "left" | "right";
  /** Default: the first of `[PAD]`, `<pad>`, `<|pad|>`, `<|endoftext|>` that the tokenizer has. */
  padToken?: string;
}

export interface DecodeOptions {
  /** Leave out special tokens; default true. */
  skipSpecialTokens?: boolean;
}

/** A trained tokenizer. `JSON.stringify(tokenizer)` is a `tokenizer.json` of Hugging Face. */
export interface Tokenizer {
  readonly kind: TokenizerJson["model"]["type"];
  /** Ids are below this. */
  readonly vocabSize: number;
  /** Special tokens and their ids. */
  readonly specialTokens: Readonly<Record<string, number>>;
  /** @throws `expected text to be a string, got 3`; `unknown token: "é" ...` where the vocabulary has no token for it and none for unknown ones */
  encode(text: string, options?: EncodeOptions): Encoding;
  encodeBatch(texts: readonly string[], options?: BatchOptions): readonly Encoding[];
  /** @throws `expected ids from 0 to 99, got 100` */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
  tokenToId(token: string): number | undefined;
  /** @throws `expected id from 0 to 99, got 100` */
  idToToken(id: number): string;
  toJSON(): TokenizerJson;
}

/** The file format of Hugging Face's `tokenizers`, as far as it is read here. */
export interface TokenizerJson {
  version: string;
  truncation: null | object;
  padding: null | object;
  added_tokens: readonly AddedToken[];
  normalizer: Stage | null;
  pre_tokenizer: Stage | null;
  post_processor: Stage | null;
  decoder: Stage | null;
  model: ModelJson;
}

export interface AddedToken {
  id: number;
  content: string;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
  normalized: boolean;
  special: boolean;
}

/** A stage of the pipeline: its type, and settings by name. */
export interface Stage {
  type: string;
  [setting: string]: unknown;
}

export type ModelJson = BpeJson | WordPieceJson | UnigramJson | WordLevelJson;

export interface BpeJson {
  type: "BPE";
  dropout: number | null;
  unk_token: string | null;
  continuing_subword_prefix: string | null;
  end_of_word_suffix: string | null;
  fuse_unk: boolean;
  byte_fallback: boolean;
  ignore_merges: boolean;
  vocab: Readonly<Record<string, number>>;
  /** Pairs, the first learned first; older files have "a b". */
  merges: readonly (readonly [string, string] | string)[];
}

export interface WordPieceJson {
  type: "WordPiece";
  unk_token: string;
  continuing_subword_prefix: string;
  max_input_chars_per_word: number;
  vocab: Readonly<Record<string, number>>;
}

export interface UnigramJson {
  type: "Unigram";
  unk_id: number | null;
  vocab: readonly (readonly [string, number])[];
  byte_fallback: boolean;
}

export interface WordLevelJson {
  type: "WordLevel";
  vocab: Readonly<Record<string, number>>;
  unk_token: string;
}

/** What a model makes of one piece of text: ids, and where in the piece each token begins and ends. Kept for the next time, so never changed. */
export interface Pieces {
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where they are not those of the ids: a unigram model names what it does not know. */
  readonly tokens?: readonly string[];
}

export interface Model {
  readonly type: ModelJson["type"];
  /** Ids of the model itself are below this. */
  readonly size: number;
  tokenize(word: string): Pieces;
  tokenToId(token: string): number | undefined;
  idToToken(id: number): string | undefined;
}
