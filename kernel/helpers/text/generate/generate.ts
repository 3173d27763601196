import { known, shown, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Decoder } from "../model/contract.js";
import { withCache, withoutCache } from "./cache.js";
import { readPrompt, type Prompt, type PromptOptions } from "./prompt.js";
import { drawFrom, samplingNames, samplingProbabilities, type SamplingOptions } from "./sampling.js";

export interface GenerateOptions extends SamplingOptions, PromptOptions {
  /** At most so many; default 50. */
  maxTokens?: number;
  /** Tokens or ids that end it; they are not given. Default: none. */
  stop?: readonly (string | number)[];
  /** The same seed gives the same text; default 0. */
  seed?: number;
  /** Keep keys and values of what was read; default true. false: the whole text is read again for every token. */
  cache?: boolean;
  /** Past the last position go on with the newer half of the text; default false: it is an error before it begins. */
  slide?: boolean;
}

export interface GeneratedToken {
  readonly id: number;
  /** With a tokenizer. */
  readonly token?: string;
  /** What the text grew by: "" while a character is not complete. With a tokenizer. */
  readonly text?: string;
  /** By which it was drawn. */
  readonly probability: number;
}

export const generateNames = [...samplingNames, "tokenizer", "maxTokens", "stop", "seed", "cache", "slide"];

/**
 * Goes on with a text, token by token, each as soon as it is there: `for await (const { text } of text.generate(...))`.
 *
 * @param prompt text (with `tokenizer`) or ids, at least one token
 * @throws `expected at most 24 more tokens, 64 positions less 40 of the prompt, got maxTokens 50: ...`; `expected ids from 0 to 9, got 12 at index 0`; `unknown stop token: "x"`
 * @example
 * const gpt = text.decoder({ vocabSize: 5, positions: 8, width: 4, heads: 1, layers: 1 });
 * let n = 0;
 * for await (const { id } of text.generate(gpt, [1, 2], { maxTokens: 3 })) n += id < 5 ? 1 : 0;
 * n // 3
 */
export async function* generate(model: Decoder, prompt: Prompt, options: GenerateOptions = {}): AsyncGenerator<GeneratedToken, void, undefined> {
  known(options, generateNames);
  const { tokenizer, cache = true, slide = false, temperature, topK, topP, repetitionPenalty } = options;
  const maxTokens = whole({ maxTokens: options.maxTokens ?? 50 }, 1);
  const sampling = Object.fromEntries(Object.entries({ temperature, topK, topP, repetitionPenalty }).filter(([, value]) => value !== undefined)) as SamplingOptions;
  samplingProbabilities([0], sampling);
  const draw = random(options.seed ?? 0);
  const { parts, ids } = readPrompt(model, prompt, options);
  const stops = new Set((options.stop ?? []).map((one) => {
    const id = typeof one === "number" ? one : tokenizer?.tokenToId(one);
    if (id === undefined) throw new RangeError(`unknown stop token: ${shown(one)}${tokenizer ? "" : " (give tokenizer)"}`);
    return id;
  }));
  const { positions } = parts.config;
  if (ids.length > positions) throw new RangeError(`expected a prompt of at most ${positions} tokens, the positions of the model, got ${ids.length}`);
  // The last token is not read any more.
  if (!slide && ids.length + maxTokens - 1 > positions) throw new RangeError(`expected at most ${positions - ids.length + 1} more tokens, ${positions} positions less ${ids.length} of the prompt, got maxTokens ${maxTokens}: give less, or slide: true`);
  const all = [...ids];
  const told = tokenizer && growing(tokenizer.decode(all), () => tokenizer.decode(all));
  const text = cache ? withCache(parts) : withoutCache(parts);
  try {
    let logits = await text.begin(ids);
    for (let count = 1; ; count++) {
      const probabilities = samplingProbabilities(logits, { ...sampling, previous: all });
      const id = drawFrom(probabilities, draw);
      if (stops.has(id)) return;
      all.push(id);
      // What was held back comes with the last token.
      yield Object.freeze({ id, ...(tokenizer && { token: tokenizer.idToToken(id), text: told!(count === maxTokens) }), probability: probabilities[id]! });
      if (count === maxTokens) return;
      logits = text.length < positions ? await text.next(id) : await text.begin(Int32Array.from(all.slice(-Math.max(1, Math.floor(positions / 2)))));
    }
  } finally {
    text.dispose();
  }
}

/** What a text grew by since the last time, as far as its characters are complete. */
function growing(start: string, now: () => string): (last: boolean) => string {
  let given = start.length;
  return (last) => {
    const text = now();
    const whole = last ? text : text.replace(/\ufffd+$/, "");
    const more = whole.slice(given);
    given = Math.max(given, whole.length);
    return more;
  };
}

export interface Completion {
  /** Prompt and continuation; "" without a tokenizer. */
  readonly text: string;
  readonly ids: readonly number[];
  readonly tokens: readonly GeneratedToken[];
  /** Why it ended. */
  readonly ended: "stop" | "maxTokens";
}

/**
 * The same as `generate`, at once.
 *
 * @throws as `generate`
 * @example
 * const gpt = text.decoder({ vocabSize: 5, positions: 8, width: 4, heads: 1, layers: 1 });
 * (await text.complete(gpt, [1, 2], { maxTokens: 3, temperature: 0 })).ids.length // 5
 */
export async function complete(model: Decoder, prompt: Prompt, options: GenerateOptions = {}): Promise<Completion> {
  const tokens: GeneratedToken[] = [];
  for await (const token of generate(model, prompt, options)) tokens.push(token);
  const { ids } = readPrompt(model, prompt, options);
  const all = [...ids, ...tokens.map(({ id }) => id)];
  const completion: Completion = { text: options.tokenizer?.decode(all) ?? "", ids: Object.freeze(all), tokens: Object.freeze(tokens), ended: tokens.length < (options.maxTokens ?? 50) ? "stop" : "maxTokens" };
  Object.defineProperty(completion, Symbol.for("Jupyter.display"), { value: () => ({ data: { "text/plain": completion.text || completion.ids.join(" ") }, metadata: {} }), enumerable: false });
  return Object.freeze(completion);
}
