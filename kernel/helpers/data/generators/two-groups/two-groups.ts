import { say } from "../../../../display/language.js";
import { inside, known, positive, whole } from "../../../arguments.js";
import { normalCdf } from "../../../privacy/mechanisms/special.js";
import { random } from "../../random.js";
import { shows } from "../../statistics/show.js";
import type { Group } from "../bias/contract.js";
import { within } from "../bias/people.js";

export interface TwoGroupsOptions {
  /** People of each group; 10 to 100,000. Default 1000. */
  count?: number;
  /** Share of each group that is truly positive, above 0 and below 1. Default A 0.5, B 0.3. */
  positives?: Readonly<Partial<Record<Group, number>>>;
  /** How far the mean scores of positives and negatives lie apart, in standard deviations; above 0, to 6. Default 1.5. */
  separation?: number;
  /** What is taken off every score of B, in standard deviations; -3 to 3. Default 0. */
  shift?: number;
  /** Default 1. */
  seed?: number;
}

export interface ScoredPerson {
  group: Group;
  /** Negatives around 0, positives around `separation`; standard deviation 1. */
  score: number;
  /** The truth. */
  label: 0 | 1;
}

export interface TwoGroups {
  readonly rows: ScoredPerson[];
  readonly truth: {
    /** Shares above a threshold in the long run: of everybody, of the positives, of the negatives. */
    readonly above: (group: Group, threshold: number) => { readonly selected: number; readonly truePositive: number; readonly falsePositive: number };
    readonly knobs: Readonly<Required<TwoGroupsOptions>>;
  };
}

/**
 * The threshold game: two groups with bell-shaped scores, whose truth is known. With different shares of positives no threshold, and no pair of them, makes selection rates, true positive rates and precision equal at once.
 *
 * @throws `expected positives.A above 0 and below 1, got 1`; `expected separation > 0, got 0`; `unknown option: gap (known: ...)`
 * @example
 * const { rows, truth } = data.twoGroups({ seed: 2 });
 * rows.length // 2000
 * Number(truth.above("A", 0.75).truePositive.toFixed(3)) // 0.773
 * truth.above("A", 0.75).truePositive === truth.above("B", 0.75).truePositive // true
 * truth.above("A", 0.75).selected > truth.above("B", 0.75).selected // true
 */
export function twoGroups(options: TwoGroupsOptions = {}): TwoGroups {
  known(options, ["count", "positives", "separation", "shift", "seed"]);
  const { count = 1000, separation = 1.5, shift = 0, seed = 1 } = options;
  within({ count: whole({ count }, 10) }, 10, 100_000);
  within({ separation: positive({ separation }) }, 0, 6);
  within({ shift }, -3, 3);
  known(options.positives ?? {}, ["A", "B"]);
  const positives = Object.freeze({ A: inside({ "positives.A": options.positives?.A ?? 0.5 }), B: inside({ "positives.B": options.positives?.B ?? 0.3 }) });
  const draw = random(seed);
  const rows = (["A", "B"] as const).flatMap((group) => Array.from({ length: count }, (): ScoredPerson => {
    const label = draw.uniform() < positives[group] ? 1 : 0;
    return { group, score: Number((separation * label - (group === "B" ? shift : 0) + draw.normal()).toFixed(3)), label };
  }));
  const above = (group: Group, threshold: number) => {
    const moved = threshold + (group === "B" ? shift : 0);
    const [truePositive, falsePositive] = [1 - normalCdf(moved - separation), 1 - normalCdf(moved)];
    return { selected: positives[group] * truePositive + (1 - positives[group]) * falsePositive, truePositive, falsePositive };
  };
  const truth = Object.freeze({ above, knobs: Object.freeze({ count, positives, separation, shift, seed }) });
  return shows({ rows, truth }, () => [{ lines: [say(`${rows.length.toLocaleString("en-US")} invented people with a score and a true label, half of group A and half of group B`, `${rows.length.toLocaleString("en-US")} 个虚构的人，各有一个得分和真实标签，A 组与 B 组各半`)] }, { rows: rows.slice(0, 6) }]);
}
