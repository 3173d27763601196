import { known, shown } from "../../arguments.js";

/** What a language model gave the true tokens: natural logs of probabilities, or the losses of cross-entropy in nats, one a token; with `weights` such as a mask. */
export type TokenScores = ({ logProbabilities: ArrayLike<number> } | { losses: ArrayLike<number> }) & { weights?: ArrayLike<number> };

/**
 * exp of the mean cross-entropy of the true tokens: among how many equally likely tokens the model hesitates. 1 at best; the size of the vocabulary for guessing.
 * Only comparable between models with the same tokens.
 *
 * @throws `expected at least one token, got none`; `expected logProbabilities <= 0, got 0.3 at index 1`
 * @example nn.perplexity({ logProbabilities: [Math.log(0.5), Math.log(0.125)] }) // 4.000
 */
export function perplexity(data: TokenScores): number {
  known(data, ["logProbabilities", "losses", "weights"]);
  const logs = "logProbabilities" in data;
  if (logs === "losses" in data) throw new TypeError("expected either logProbabilities or losses");
  const values = logs ? data.logProbabilities : data.losses;
  const name = logs ? "logProbabilities <= 0" : "losses >= 0";
  if (data.weights && data.weights.length !== values.length) throw new RangeError(`expected weights of length ${values.length}, one a token, got ${data.weights.length}`);
  let [sum, total] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const loss = logs ? -values[at] : values[at];
    const weight = data.weights?.[at] ?? 1;
    // 32-bit losses of a sure model may lie a rounding below 0.
    if (!(loss >= -1e-6)) throw new RangeError(`expected ${name}, got ${shown(values[at])} at index ${at}`);
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`expected weights >= 0, got ${shown(weight)} at index ${at}`);
    if (weight > 0) sum += weight * loss;
    total += weight;
  }
  if (!(total > 0)) throw new RangeError("expected at least one token, got none");
  return Math.exp(sum / total);
}
