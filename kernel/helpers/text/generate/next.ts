import { known, whole } from "../../arguments.js";
import { escape } from "../../../display/escape.js";
import type { Decoder } from "../model/contract.js";
import { withoutCache } from "./cache.js";
import { readPrompt, type Prompt, type PromptOptions } from "./prompt.js";
import { samplingNames, samplingProbabilities, type SamplingOptions } from "./sampling.js";

export interface NextToken {
  readonly id: number;
  readonly token: string;
  readonly probability: number;
}

/**
 * What a language model thinks comes next: the likeliest tokens and their probabilities, drawn as bars in a notebook. With the sampling
 * options it shows what they do.
 *
 * @param options `top`: how many, default 10
 * @returns the likeliest first; tokens that cannot come are left out
 * @throws as `generate`
 * @example
 * const gpt = text.decoder({ vocabSize: 5, positions: 8, width: 4, heads: 1, layers: 1 });
 * (await text.nextTokens(gpt, [1, 2], { top: 3 })).length // 3
 */
export async function nextTokens(model: Decoder, prompt: Prompt, options: SamplingOptions & PromptOptions & { top?: number } = {}): Promise<readonly NextToken[]> {
  known(options, [...samplingNames, "tokenizer", "top"]);
  const { tokenizer, top = 10, ...sampling } = options;
  whole({ top }, 1);
  const { parts, ids } = readPrompt(model, prompt, options);
  const probabilities = samplingProbabilities(await withoutCache(parts).begin(ids), { ...sampling, previous: ids });
  const list = Array.from(probabilities, (probability, id) => ({ id, probability })).filter(({ probability }) => probability > 0).sort((a, b) => b.probability - a.probability || a.id - b.id).slice(0, top)
    .map(({ id, probability }) => Object.freeze({ id, token: tokenizer ? readable(tokenizer.decode([id], { skipSpecialTokens: false }), tokenizer.idToToken(id)) : String(id), probability }));
  Object.defineProperty(list, Symbol.for("Jupyter.display"), { value: () => bars(list), enumerable: false });
  return Object.freeze(list);
}

/** The text of a token, or its letters where it is a part of a character. */
const readable = (text: string, token: string): string => (text.includes("\ufffd") || text === "" ? token : text);

const percent = (probability: number): string => `${(100 * probability).toFixed(1)}%`;

function bars(list: readonly NextToken[]) {
  const most = list[0]?.probability ?? 1;
  const row = ({ token, probability }: NextToken): string =>
    `<tr><td style="text-align:right;white-space:pre"><code>${escape(JSON.stringify(token).slice(1, -1).replaceAll(" ", "␣"))}</code></td><td style="width:16em;text-align:left"><div style="height:1em;width:${((100 * probability) / most).toFixed(1)}%;background:rgba(31,119,180,0.6)"></div></td><td>${percent(probability)}</td></tr>`;
  return {
    data: {
      "text/plain": list.map(({ token, probability }) => `${percent(probability).padStart(6)}  ${JSON.stringify(token)}`).join("\n"),
      "text/html": `<table><thead><tr><th>next token</th><th></th><th>probability</th></tr></thead><tbody>${list.map(row).join("")}</tbody></table>`,
    },
    metadata: {},
  };
}
