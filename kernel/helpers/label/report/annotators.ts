import { known } from "../../arguments.js";
import type { Annotations, Label } from "../annotations/contract.js";
import { readVotes, requireAnnotators, requireLabels, requireSingle } from "../annotations/read.js";
import { voteShares, largest, rows } from "../aggregate/result.js";
import { pairCounts } from "../agreement/cohen.js";
import { entropy } from "../active/uncertainty.js";
import { showAs } from "../show.js";

export interface AnnotatorSummary<L extends Label = Label> {
  readonly annotator: string | number;
  readonly labels: number;
  /** Share of own labels, on items that others labelled too, that equal the clear majority of the others; null without such an item. */
  readonly agreement: number | null;
  /** Mean over the other annotators of the share of common items with the same label; null without common items. */
  readonly pairwise: number | null;
  /** Share right on items of known truth; null without. */
  readonly accuracy: number | null;
  readonly mostUsed: L;
  /** Share of own labels that are `mostUsed`: near 1 means one button. */
  readonly mostUsedShare: number;
}

export interface ReportOptions<L extends Label = Label> {
  /** True classes by item name (by row number for a matrix). */
  truth?: ReadonlyMap<string | number, L> | readonly (L | null)[];
  classes?: readonly L[];
}

/**
 * A line an annotator: how much, how like the others, how right. The majority that one is compared with leaves out one's own label. Low agreement is a question to talk over, not a fault proven: hard items and unclear guidelines look the same.
 *
 * @throws as `majorityVote`; `expected at least 2 annotators, got 1`.
 * @example
 * label.annotatorReport([["a", "a", "b"], ["b", "b", "b"], ["a", "a", "b"]]).map((row) => row.agreement) // [1, 1, 0.3333]
 */
export function annotatorReport<L extends Label>(annotations: Annotations<L>, options: ReportOptions<L> = {}): readonly AnnotatorSummary<L>[] {
  known(options, ["truth", "classes"]);
  const votes = readVotes(annotations, options.classes);
  requireAnnotators(votes, 2, "a report compares people");
  requireSingle(votes);
  const size = votes.classes.length;
  const tally = votes.annotators.map(() => ({ labels: 0, judged: 0, agreed: 0, known: 0, right: 0, used: new Float64Array(size) }));
  for (let i = 0; i < votes.items.length; i++) {
    const counts = new Float64Array(size);
    for (let at = votes.start[i]!; at < votes.start[i + 1]!; at++) counts[votes.label[at]!]!++;
    const truth = truthOf(options.truth, votes.items[i]!, i);
    for (let at = votes.start[i]!; at < votes.start[i + 1]!; at++) {
      const [own, mine] = [votes.label[at]!, tally[votes.annotator[at]!]!];
      mine.labels += 1;
      mine.used[own]!++;
      counts[own]!--;
      const majority = votes.start[i + 1]! - votes.start[i]! > 1 ? largest(counts) : -1;
      counts[own]!++;
      if (majority >= 0) {
        mine.judged += 1;
        mine.agreed += Number(majority === own);
      }
      if (truth !== undefined) {
        mine.known += 1;
        mine.right += Number(votes.classes[own] === truth);
      }
    }
  }
  const report = tally.map((own, w): AnnotatorSummary<L> => {
    const pairs = votes.annotators.flatMap((_, other) => (other === w ? [] : [sameShare(pairCounts(votes, w, other), size)])).filter((share) => !Number.isNaN(share));
    const most = own.used.indexOf(Math.max(...own.used));
    return {
      annotator: votes.annotators[w]!,
      labels: own.labels,
      agreement: own.judged ? own.agreed / own.judged : null,
      pairwise: pairs.length ? pairs.reduce((sum, share) => sum + share, 0) / pairs.length : null,
      accuracy: own.known ? own.right / own.known : null,
      mostUsed: votes.classes[most]!,
      mostUsedShare: own.labels ? own.used[most]! / own.labels : 0,
    };
  });
  return showAs(report, () => [...report]) as readonly AnnotatorSummary<L>[];
}

function truthOf<L extends Label>(truth: ReportOptions<L>["truth"], item: string | number, at: number): L | undefined {
  if (truth === undefined) return undefined;
  return (Array.isArray(truth) ? (truth as readonly (L | null)[])[at] : (truth as ReadonlyMap<string | number, L>).get(item)) ?? undefined;
}

function sameShare(counts: Float64Array, size: number): number {
  let [same, all] = [0, 0];
  counts.forEach((n, at) => {
    all += n;
    if (Math.floor(at / size) === at % size) same += n;
  });
  return same / all;
}

export interface ItemSummary<L extends Label = Label> {
  readonly item: string | number;
  readonly labels: number;
  /** null: a tie. */
  readonly majority: L | null;
  readonly majorityShare: number;
  /** Entropy of the labels in nats: 0 where all agree. */
  readonly entropy: number;
}

/**
 * A line an item, the most disputed first: what to discuss, to ask one more person about, or to leave out.
 *
 * @throws as `majorityVote`.
 * @example
 * label.itemReport([["a", "a"], ["a", "b"]])[0] // { item: 1, labels: 2, majority: null, majorityShare: 0.5, entropy: 0.6931 }
 */
export function itemReport<L extends Label>(annotations: Annotations<L>, options: { classes?: readonly L[] } = {}): readonly ItemSummary<L>[] {
  known(options, ["classes"]);
  const votes = readVotes(annotations, options.classes);
  requireLabels(votes);
  const report = rows(voteShares(votes), votes.classes.length).map((shares, i): ItemSummary<L> => ({
    item: votes.items[i]!,
    labels: votes.start[i + 1]! - votes.start[i]!,
    majority: votes.classes[largest(shares)] ?? null,
    majorityShare: Math.max(...shares),
    entropy: entropy(shares),
  })).sort((a, b) => b.entropy - a.entropy);
  return showAs(report, () => [...report]) as readonly ItemSummary<L>[];
}
