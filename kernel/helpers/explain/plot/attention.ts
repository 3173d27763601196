import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { heatmap, type Figure } from "../../plot/index.js";

/**
 * Who looks at whom: a row a token that looks, a column a token looked at; of one head of `attentionMaps`, or of `attentionRollout`.
 *
 * @param weights [query][key]
 * @param options `tokens`: the words; alike ones are told apart by their places. Default: places alone
 * @throws another number of tokens than columns
 * @example
 * explain.attentionPlot([[0.9, 0.1], [0.5, 0.5]], { tokens: ["the", "the"] }).data[0].x // ["1 the", "2 the"]
 */
export function attentionPlot(weights: readonly (readonly number[])[], options: { tokens?: readonly string[]; title?: string } = {}): Figure {
  known(options, ["tokens", "title"]);
  const width = weights[0]?.length ?? 0;
  const tokens = options.tokens ?? Array.from({ length: width }, () => "");
  if (tokens.length !== width) throw new RangeError(`expected ${width} tokens, got ${tokens.length}`);
  const names = tokens.map((token, at) => `${at + 1} ${token}`.trim());
  return heatmap(weights as number[][], {
    xNames: names, yNames: names.slice(0, weights.length), xLabel: say("looked at", "被关注"), yLabel: say("looks", "关注者"), zLabel: say("attention", "注意力"), scale: "sequential",
    height: Math.max(220, Math.min(620, 130 + 34 * weights.length)), ...(options.title !== undefined && { title: options.title }),
  });
}
