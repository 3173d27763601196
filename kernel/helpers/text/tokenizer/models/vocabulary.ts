import { shown } from "../../../arguments.js";

/** Tokens and ids, both ways. */
export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  readonly tokens: readonly (string | undefined)[];
}

/** @throws `expected an id that is a whole number for "a", got -1`; two tokens with one id */
export function vocabularyOf(vocab: Readonly<Record<string, number>>): Vocabulary {
  if (typeof vocab !== "object" || vocab === null || Array.isArray(vocab)) throw new TypeError(`expected vocab as tokens and their ids, got ${shown(vocab)}`);
  const ids = new Map<string, number>();
  const tokens: (string | undefined)[] = [];
  for (const [token, id] of Object.entries(vocab)) {
    if (!Number.isSafeInteger(id) || id < 0 || id > 1e8) throw new RangeError(`expected an id that is a whole number >= 0 for ${shown(token)}, got ${shown(id)}`);
    if (tokens[id] !== undefined) throw new RangeError(`expected one token an id, got ${shown(tokens[id])} and ${shown(token)} with ${id}`);
    ids.set(token, id);
    tokens[id] = token;
  }
  return { ids, tokens };
}

export function unknown(text: string, instead: string): RangeError {
  return new RangeError(`unknown token: ${shown(text)}: the vocabulary has no token for it and none for what is unknown (${instead})`);
}
