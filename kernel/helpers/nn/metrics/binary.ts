import { allFinite, known, sameLength, shown } from "../../arguments.js";
import type { Label } from "../examples/contract.js";
import { encode, listed } from "../examples/labels.js";

/** True classes and scores: the higher, the more the model holds the example for positive. */
export interface Scored {
  truth: ArrayLike<Label>;
  /** Any finite numbers: probabilities, margins, distances. */
  scores: ArrayLike<number>;
  weights?: ArrayLike<number>;
}

export interface PositiveOption {
  /** The class that is looked for. Default 1 or true, where the classes are 0 and 1, -1 and 1, or false and true. */
  positive?: Label;
}

/** 1 where the truth is the positive class; several other classes count as one. */
export function positives(truth: ArrayLike<Label>, positive: Label | undefined): Uint8Array {
  const { classes } = encode({ truth });
  const usual = classes.every((one) => one === 0 || one === 1) || classes.every((one) => one === -1 || one === 1) ? 1 : classes.every((one) => typeof one === "boolean") ? true : undefined;
  const wanted = positive ?? usual;
  if (wanted === undefined) throw new RangeError(`expected positive, the class that is looked for, as the classes are ${listed(classes)}`);
  // A class that is asked for by name but never there is more likely a slip.
  if (positive !== undefined && !classes.includes(positive)) throw new RangeError(`unknown class: positive ${shown(positive)} (known: ${listed(classes)})`);
  return Uint8Array.from({ length: truth.length }, (_, at) => Number(truth[at] === wanted));
}

/** Sums of weights of positives and negatives with a score at or above each different score, falling; first none at all. */
export interface Sweep {
  thresholds: number[];
  truePositives: number[];
  falsePositives: number[];
}

/** Examples of equal score pass the threshold together. */
export function sweep(data: Scored, positive: Label | undefined): Sweep {
  known(data, ["truth", "scores", "weights"]);
  const n = sameLength({ truth: data.truth, scores: data.scores, weights: data.weights });
  if (n === 0) throw new RangeError("expected at least one example, got none");
  const scores = allFinite({ scores: data.scores });
  const yes = positives(data.truth, positive);
  const order = Array.from({ length: n }, (_, at) => at).sort((a, b) => scores[b] - scores[a]);
  const result: Sweep = { thresholds: [Infinity], truePositives: [0], falsePositives: [0] };
  let [right, wrong] = [0, 0];
  order.forEach((at, place) => {
    const weight = data.weights === undefined ? 1 : data.weights[at];
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`expected weights >= 0, got ${shown(weight)} at index ${at}`);
    if (yes[at]) right += weight;
    else wrong += weight;
    if (place + 1 < n && scores[order[place + 1]] === scores[at]) return;
    result.thresholds.push(scores[at]);
    result.truePositives.push(right);
    result.falsePositives.push(wrong);
  });
  return result;
}
