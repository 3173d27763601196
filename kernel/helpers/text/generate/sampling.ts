import { allFinite, fraction, known, nonNegative, positive, shown, whole } from "../../arguments.js";
import type { Random } from "../../data/random.js";

export interface SamplingOptions {
  /** Divides the scores: below 1 the likely become likelier. 0: always the likeliest token (greedy). Default 1. */
  temperature?: number;
  /** Only the k likeliest tokens may come. Default: all. */
  topK?: number;
  /** Only the likeliest tokens that together reach this probability may come (nucleus). Default 1: all. */
  topP?: number;
  /** Scores of tokens that were there already are made worse by this factor; default 1: none. */
  repetitionPenalty?: number;
}

export const samplingNames = ["temperature", "topK", "topP", "repetitionPenalty"] as const;

/**
 * Scores of all tokens as the probabilities by which the next one is drawn. In this order, as in Hugging Face: repetition penalty,
 * temperature, top-k, top-p. Of equal scores at the border the smaller id stays.
 *
 * @param logits one a token
 * @param options and `previous`: ids that were there already, for `repetitionPenalty`
 * @returns as many probabilities, sum 1
 * @throws `expected temperature >= 0, got -1`; `expected topP above 0 and at most 1, got 0`
 * @see Holtzman et al. (2020), "The curious case of neural text degeneration"; Keskar et al. (2019), "CTRL"
 * @example text.samplingProbabilities([0, Math.log(3), Math.log(6)], { topK: 2 }) // [0, 0.333, 0.667]
 */
export function samplingProbabilities(logits: ArrayLike<number>, options: SamplingOptions & { previous?: Iterable<number> } = {}): Float64Array {
  known(options, [...samplingNames, "previous"]);
  const { topK, topP = 1, previous = [] } = options;
  const temperature = nonNegative({ temperature: options.temperature ?? 1 });
  const penalty = positive({ repetitionPenalty: options.repetitionPenalty ?? 1 });
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`expected topP above 0 and at most 1, got ${shown(topP)}`);
  fraction({ topP });
  if (topK !== undefined) whole({ topK }, 1);
  allFinite({ logits });
  const scores = Float64Array.from(logits);
  if (penalty !== 1) for (const id of new Set(previous)) scores[id] = scores[id]! > 0 ? scores[id]! / penalty : scores[id]! * penalty;
  const out = new Float64Array(scores.length);
  const order = topK !== undefined || topP < 1 || temperature === 0 ? sorted(scores) : undefined;
  if (temperature === 0) {
    out[order![0]!] = 1;
    return out;
  }
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const kept = order ? order.subarray(0, topK ?? scores.length) : Int32Array.from(scores, (_, id) => id);
  let sum = 0;
  for (const id of kept) sum += out[id] = Math.exp((scores[id]! - most) / temperature);
  if (topP < 1) {
    let reached = 0;
    for (const id of kept) {
      // The token that passes the border still belongs to it.
      if (reached >= topP) {
        out[id] = 0;
        continue;
      }
      reached += out[id]! / sum;
    }
    sum = out.reduce((a, b) => a + b, 0);
  }
  for (let id = 0; id < out.length; id++) out[id] = out[id]! / sum;
  return out;
}

const sorted = (scores: Float64Array): Int32Array => Int32Array.from(scores, (_, id) => id).sort((a, b) => scores[b]! - scores[a]! || a - b);

export function drawFrom(probabilities: Float64Array, random: Random): number {
  let left = random.uniform();
  let last = 0;
  for (let id = 0; id < probabilities.length; id++) {
    if (probabilities[id] === 0) continue;
    last = id;
    left -= probabilities[id]!;
    if (left < 0) return id;
  }
  return last;
}
