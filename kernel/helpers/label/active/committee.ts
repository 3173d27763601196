import { known, oneOf } from "../../arguments.js";
import { readProbabilities, type Probabilities } from "../model.js";
import { entropy } from "./uncertainty.js";

/**
 * How much the members of a committee of models disagree on each item.
 *
 * @param predictions one set of probabilities a member, all for the same items.
 * @param options `measure`: "voteEntropy" of the members' top classes, in nats; "consensusEntropy" of their mean; "klDivergence", the mean divergence of the members from their mean. Default "voteEntropy".
 * @throws `expected at least 2 members, got 1`; `expected member 1 with 3 items and 2 classes like member 0, got 2 and 2`.
 * Source: Seung et al. 1992; Dagan and Engelson 1995; McCallum and Nigam 1998; modAL.
 * @example
 * label.committee([[[0.9, 0.1], [0.8, 0.2]], [[0.7, 0.3], [0.4, 0.6]]]) // [0, 0.6931]
 */
export function committee(predictions: readonly Probabilities[], options: { measure?: "voteEntropy" | "consensusEntropy" | "klDivergence" } = {}): readonly number[] {
  known(options, ["measure"]);
  const measure = oneOf({ measure: options.measure ?? "voteEntropy" }, ["voteEntropy", "consensusEntropy", "klDivergence"]);
  if (predictions.length < 2) throw new RangeError(`expected at least 2 members, got ${predictions.length}`);
  const members = predictions.map((given, m) => readProbabilities(given, `predictions of member ${m}`));
  const [items, classes] = [members[0]!.length, members[0]![0]!.length];
  members.forEach((rows, m) => {
    if (rows.length !== items || rows[0]!.length !== classes) throw new RangeError(`expected member ${m} with ${items} items and ${classes} classes like member 0, got ${rows.length} and ${rows[0]!.length}`);
  });
  return Object.freeze(members[0]!.map((_, i) => {
    const own = members.map((rows) => rows[i]!);
    const mean = own[0]!.map((_, k) => own.reduce((sum, row) => sum + row[k]!, 0) / own.length);
    if (measure === "consensusEntropy") return entropy(mean);
    if (measure === "klDivergence") return own.reduce((sum, row) => sum + row.reduce((all, p, k) => (p > 0 ? all + p * Math.log(p / mean[k]!) : all), 0), 0) / own.length;
    const shares = mean.map((_, k) => own.filter((row) => row.indexOf(Math.max(...row)) === k).length / own.length);
    return entropy(shares);
  }));
}
