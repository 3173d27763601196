import { shown } from "../../arguments.js";
import type { AddedToken, ModelJson, Stage, TokenizerJson } from "./contract.js";

/** Reads and checks the outline of a tokenizer.json; the stages check themselves. */
export function readTokenizerJson(given: TokenizerJson | string): TokenizerJson {
  const json = typeof given === "string" ? parsed(given) : given;
  if (typeof json !== "object" || json === null || typeof json.model !== "object" || json.model === null) throw new TypeError(`expected a tokenizer.json with model, got ${shown(json)}`);
  for (const name of ["normalizer", "pre_tokenizer", "post_processor", "decoder"] as const) {
    const stage = json[name] as Stage | null | undefined;
    if (stage !== null && stage !== undefined && typeof stage.type !== "string") throw new TypeError(`expected ${name} with a type, got ${shown(stage)}`);
  }
  const added = json.added_tokens ?? [];
  if (!Array.isArray(added)) throw new TypeError(`expected added_tokens to be a list, got ${shown(added)}`);
  added.forEach((token: AddedToken, at) => {
    if (typeof token?.content !== "string" || !Number.isSafeInteger(token.id)) throw new TypeError(`expected added_tokens with content and id, got ${shown(token)} at index ${at}`);
  });
  if (json.truncation) throw new RangeError(`expected truncation to be null, got ${shown(json.truncation)}: give maxLength to encode`);
  if (json.padding) throw new RangeError(`expected padding to be null, got ${shown(json.padding)}: give padding to encodeBatch`);
  return Object.freeze({
    version: json.version ?? "1.0", truncation: null, padding: null, added_tokens: added, normalizer: json.normalizer ?? null, pre_tokenizer: json.pre_tokenizer ?? null,
    post_processor: json.post_processor ?? null, decoder: json.decoder ?? null, model: withType(json.model),
  });
}

function parsed(text: string): TokenizerJson {
  try {
    return JSON.parse(text) as TokenizerJson;
  } catch (error) {
    throw new TypeError(`expected the JSON text of a tokenizer.json, got ${shown(text)}: ${(error as Error).message}`, { cause: error });
  }
}

/** Files from before `type` was written tell their kind by what they have. */
function withType(model: ModelJson): ModelJson {
  const had = model as unknown as Record<string, unknown>;
  if (had["type"]) return model;
  const type = "merges" in had ? "BPE" : "unk_id" in had ? "Unigram" : "continuing_subword_prefix" in had ? "WordPiece" : undefined;
  if (!type) throw new TypeError(`expected model with a type, got ${shown(model)}`);
  return { ...had, type } as unknown as ModelJson;
}

/** A special token as the file has it. */
export const special = (content: string, id: number): AddedToken => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true });
