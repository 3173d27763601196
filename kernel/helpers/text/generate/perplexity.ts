import * as tf from "@tensorflow/tfjs";
import { known, whole } from "../../arguments.js";
import { escape } from "../../../display/escape.js";
import type { Decoder } from "../model/contract.js";
import { forward, logitsOf, type Parts } from "../model/forward.js";
import { readPrompt, type Prompt, type PromptOptions } from "./prompt.js";

export interface Perplexity {
  /** exp of the loss: as unsure as if it chose among so many tokens. */
  readonly perplexity: number;
  /** Mean of -log p in nats. */
  readonly loss: number;
  /** How many tokens were judged: all but the first. */
  readonly count: number;
  /** -log p in nats of each token but the first, given those before it. */
  readonly surprise: readonly number[];
}

export interface PerplexityOptions extends PromptOptions {
  /** Of a text longer than the positions, how far one window begins after the last: smaller is slower and sees more before each token. Default: half of the positions. */
  stride?: number;
}

/**
 * How well a language model foresees a text. A text longer than the positions is read in windows that overlap; every token is judged once,
 * by the first window that has it.
 *
 * @param prompt text (with `tokenizer`) or ids, at least two tokens
 * @throws `expected at least 2 tokens, got 1`; as `generate`
 * @example
 * const gpt = text.decoder({ vocabSize: 5, positions: 8, width: 4, heads: 1, layers: 1, initialDeviation: 0 });
 * text.perplexity(gpt, [1, 2, 3]).perplexity // 5.00
 */
export function perplexity(model: Decoder, prompt: Prompt, options: PerplexityOptions = {}): Perplexity {
  known(options, ["tokenizer", "stride"]);
  const { parts, ids } = readPrompt(model, prompt, options);
  const { positions } = parts.config;
  if (ids.length < 2) throw new RangeError(`expected at least 2 tokens, got ${ids.length}`);
  const stride = whole({ stride: options.stride ?? Math.max(1, Math.floor(positions / 2)) }, 1);
  if (stride > positions) throw new RangeError(`expected stride <= ${positions}, the positions, got ${stride}`);
  const surprise = new Array<number>(ids.length - 1).fill(0);
  const windows: { start: number; size: number }[] = [];
  for (let start = 0, done = 0; done < surprise.length; start += stride) {
    const size = Math.min(positions, surprise.length - start);
    windows.push({ start, size });
    done = start + size;
  }
  let done = 0;
  for (const together of sameSize(windows)) {
    const { size } = together[0]!;
    const cut = (shift: number): Int32Array[] => together.map(({ start }) => ids.subarray(start + shift, start + shift + size));
    const values = surprises(parts, cut(0), cut(1));
    together.forEach(({ start }, row) => {
      for (let at = done - start; at < size; at++) surprise[start + at] = values[row * size + at]!;
      done = start + size;
    });
  }
  const loss = surprise.reduce((a, b) => a + b, 0) / surprise.length;
  const result: Perplexity = { perplexity: Math.exp(loss), loss, count: surprise.length, surprise: Object.freeze(surprise) };
  const tokens = Array.from(ids, (id) => options.tokenizer?.idToToken(id) ?? String(id));
  Object.defineProperty(result, Symbol.for("Jupyter.display"), { value: () => shownSurprise(result, tokens), enumerable: false });
  return Object.freeze(result);
}

/** Windows that follow each other and are as long as each other go through the model together, up to a bound on memory. */
function* sameSize(windows: readonly { start: number; size: number }[]): Iterable<readonly { start: number; size: number }[]> {
  let together: { start: number; size: number }[] = [];
  for (const window of windows) {
    if (together.length > 0 && (together[0]!.size !== window.size || together.length * window.size >= tokensAtOnce)) {
      yield together;
      together = [];
    }
    together.push(window);
  }
  yield together;
}

const tokensAtOnce = 2048;

/** Of each token of y, row by row. */
function surprises(parts: Parts, x: readonly Int32Array[], y: readonly Int32Array[]): Float32Array {
  return tf.tidy(() => {
    const logits = logitsOf(parts, forward(parts, tf.tensor2d(x.flatMap((row) => [...row]), [x.length, x[0]!.length], "int32")));
    const right = tf.oneHot(tf.tensor1d(y.flatMap((row) => [...row]), "int32"), parts.config.vocabSize);
    return tf.neg(tf.sum(tf.mul(tf.logSoftmax(tf.reshape(logits, right.shape)), right), -1)).dataSync() as never;
  }) as unknown as Float32Array;
}

/** The text, the more surprising the darker. */
function shownSurprise({ perplexity, count, surprise }: Perplexity, tokens: readonly string[]) {
  const head = `perplexity ${perplexity.toPrecision(4)} over ${count.toLocaleString("en-US")} tokens`;
  const chips = tokens.slice(0, 400).map((token, at) => `<span title="${at === 0 ? "not judged" : `${surprise[at - 1]!.toFixed(2)} nats`}" style="white-space:pre;background:rgba(214,39,40,${at === 0 ? 0 : Math.min(0.7, surprise[at - 1]! / 12).toFixed(2)})">${escape(token.replaceAll("Ġ", " ").replaceAll("Ċ", "\n"))}</span>`);
  return { data: { "text/plain": head, "text/html": `<p>${head}; the redder a token, the less it was foreseen</p><div>${chips.join("")}${tokens.length > 400 ? " …" : ""}</div>` }, metadata: {} };
}
