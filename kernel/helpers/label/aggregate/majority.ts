import { known } from "../../arguments.js";
import type { Annotations, ClassOptions, Label } from "../annotations/contract.js";
import { readVotes, requireLabels } from "../annotations/read.js";
import { aggregation, voteShares, type Aggregation } from "./result.js";

/**
 * The label that most annotators gave. Everyone counts the same; `probabilities` are shares of the votes. A tie has the label null: break it by a person or by a method that weighs annotators.
 *
 * @param annotations rows or a matrix; one annotator is enough.
 * @throws `expected at least one label for every item, got none for item 2`.
 * @example
 * label.majorityVote([["cat", "cat", "dog"], ["dog", null, "dog"], ["cat", "dog", null]]).labels // ["cat", "dog", null]
 */
export function majorityVote<L extends Label>(annotations: Annotations<L>, options: ClassOptions<L> = {}): Aggregation<L> {
  known(options, ["classes"]);
  const votes = readVotes(annotations, options.classes);
  requireLabels(votes);
  return aggregation("majority vote", votes, voteShares(votes), {});
}
