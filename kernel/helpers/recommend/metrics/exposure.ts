import { say } from "../../../display/language.js";
import { known, sameLength, shown } from "../../arguments.js";
import type { Id, Ratings } from "../ratings/contract.js";
import { indexOf } from "../ratings/read.js";
import { showAs } from "../../label/show.js";

/** Lists of recommended items, one a user. */
export type Lists = readonly (readonly Id[])[];

/**
 * How unequal numbers are: 0 where all are equal, near 1 where one has everything.
 *
 * @param values each 0 or more.
 * @throws `expected values >= 0, got -1 at index 2`; NaN where all are 0.
 * @example recommend.gini([0, 0, 0, 1]) // 0.75
 */
export function gini(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const wrong = Array.from(values).findIndex((value) => !(value >= 0 && Number.isFinite(value)));
  if (wrong >= 0) throw new RangeError(`expected values >= 0, got ${shown(values[wrong])} at index ${wrong}`);
  let [sum, weighted] = [0, 0];
  sorted.forEach((value, at) => {
    sum += value;
    weighted += (at + 1) * value;
  });
  return sum === 0 ? Number.NaN : (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

export interface Exposure {
  /** Share of all items that stand in some list. */
  readonly coverage: number;
  /** Gini index of how often each item stands in a list, items in none included. */
  readonly gini: number;
  /** Mean over places of -log2 of the share of users who have the item: how little known it is, in bits. */
  readonly novelty: number;
  /** Mean over lists of 1 - mean cosine of the items' columns of users, over pairs; NaN where no list has two items. */
  readonly diversity: number;
}

/**
 * What lists of recommendations show and what they hide.
 *
 * @param data `lists`, one a user; `train`: the ratings, for how known an item is and how alike two are. An item that nobody has counts as had by one.
 * @throws `unknown item: ...`; `expected at least one recommendation, got none`.
 * Source: Castells, Hurley and Vargas 2015.
 * @example
 * const r = recommend.ratings([{ user: 1, item: "a" }, { user: 2, item: "a" }, { user: 2, item: "b" }]);
 * recommend.exposure({ lists: [["b"], ["a", "b"]], train: r }).coverage // 1
 */
export function exposure(data: { readonly lists: Lists; readonly train: Ratings }): Exposure {
  known(data, ["lists", "train"]);
  const { train } = data;
  const lists = data.lists.map((list) => list.map((item) => indexOf("item", train.items, item)));
  const [shows, have] = [new Float64Array(train.items.length), new Float64Array(train.items.length)];
  for (const list of lists) for (const item of list) shows[item]++;
  train.item.forEach((item) => have[item]++);
  const places = shows.reduce((sum, count) => sum + count, 0);
  if (places === 0) throw new RangeError("expected at least one recommendation, got none");
  const novelty = shows.reduce((sum, count, item) => sum - count * Math.log2(Math.max(1, have[item]) / train.users.length), 0) / places;
  const users = train.items.map(() => new Set<number>());
  train.item.forEach((item, at) => users[item].add(train.user[at]));
  const alike = likeness(users);
  const spreads = lists.filter(({ length }) => length > 1).map((list) => {
    let [sum, pairs] = [0, 0];
    for (let a = 0; a < list.length; a++) for (let b = a + 1; b < list.length; b++) [sum, pairs] = [sum + alike(list[a], list[b]), pairs + 1];
    return 1 - sum / pairs;
  });
  const diversity = spreads.length === 0 ? Number.NaN : spreads.reduce((sum, value) => sum + value, 0) / spreads.length;
  return Object.freeze({ coverage: shows.filter((count) => count > 0).length / shows.length, gini: gini(shows), novelty, diversity });
}

/** Cosine of two items' users, remembered. */
function likeness(users: readonly ReadonlySet<number>[]): (a: number, b: number) => number {
  const known = new Map<number, number>();
  return (a, b) => {
    const key = Math.min(a, b) * users.length + Math.max(a, b);
    let value = known.get(key);
    if (value === undefined) {
      const [few, many] = users[a].size < users[b].size ? [users[a], users[b]] : [users[b], users[a]];
      let both = 0;
      for (const user of few) if (many.has(user)) both += 1;
      known.set(key, (value = both === 0 ? 0 : both / Math.sqrt(few.size * many.size)));
    }
    return value;
  };
}

export interface GroupBias {
  readonly group: string;
  readonly users: number;
  /** Mean number of users of the items that the group's users have, averaged by user. */
  readonly had: number;
  /** The same of what they are recommended. */
  readonly recommended: number;
  /** recommended / had - 1: 0 is fair to the group's taste, above 0 it is pushed towards the popular. */
  readonly lift: number;
}

/**
 * Popularity bias by group: how much more popular the recommended items are than what the users of each group have themselves.
 *
 * @param data `lists` and `groups`, one for each of the users of `train`, in their order.
 * @throws `expected lists of length 3 like users, got 2`; `expected ratings of user "ann" to compare with, got none`; empty lists.
 * Source: Abdollahpouri et al. 2019 (group average popularity).
 * @example
 * const r = recommend.ratings([{ user: 1, item: "hit" }, { user: 2, item: "hit" }, { user: 3, item: "rare" }]);
 * recommend.popularityBias({ lists: [["hit"], ["hit"], ["hit"]], train: r, groups: ["main", "main", "niche"] })[1].lift // 1
 */
export function popularityBias(data: { readonly lists: Lists; readonly train: Ratings; readonly groups: readonly string[] }): readonly GroupBias[] {
  known(data, ["lists", "train", "groups"]);
  const { train, lists, groups } = data;
  sameLength({ users: train.users, lists, groups });
  const have = new Float64Array(train.items.length);
  train.item.forEach((item) => have[item]++);
  const sums = new Map<string, { users: number; had: number; recommended: number }>();
  groups.forEach((group, u) => {
    const own = train.item.subarray(train.offsets[u], train.offsets[u + 1]);
    if (own.length === 0) throw new RangeError(`expected ratings of user ${shown(train.users[u])} to compare with, got none`);
    if (lists[u].length === 0) throw new RangeError(`expected at least one recommendation for user ${shown(train.users[u])}, got none`);
    const sum = sums.get(group) ?? { users: 0, had: 0, recommended: 0 };
    sums.set(group, sum);
    sum.users += 1;
    sum.had += own.reduce((total, item) => total + have[item], 0) / own.length;
    sum.recommended += lists[u].reduce<number>((total, item) => total + have[indexOf("item", train.items, item)], 0) / lists[u].length;
  });
  const rows = [...sums].map(([group, { users, had, recommended }]) => Object.freeze({ group, users, had: had / users, recommended: recommended / users, lift: recommended / had - 1 })).sort((a, b) => (a.group < b.group ? -1 : 1));
  return showAs(rows, () => rows, () => say("Popularity of what users have and of what they are recommended", "用户已有物品与推荐物品的流行度"));
}

export interface Calibration {
  /** By user, KL divergence in bits from the shares of categories in what the user has to those recommended; 0: the same shares. */
  readonly users: readonly number[];
  readonly mean: number;
}

/**
 * Do recommendations keep the balance of a user's interests? Shares of categories in the list against those in what the user has.
 *
 * @param data `lists`, one for each user of `train`; `categories`, one for each item.
 * @param options `smoothing`: the part of the user's own shares that is mixed into the list's, so that the divergence stays finite; default 0.01.
 * @throws `expected categories of length 5 like items, got 4`; users without ratings or with an empty list, by name.
 * Source: Steck 2018.
 * @example
 * const r = recommend.ratings([{ user: 1, item: "a" }, { user: 1, item: "b" }]);
 * recommend.calibration({ lists: [["a", "b"]], train: r, categories: ["x", "y"] }).mean // 0
 */
export function calibration(data: { readonly lists: Lists; readonly train: Ratings; readonly categories: readonly string[] }, options: { smoothing?: number } = {}): Calibration {
  known(data, ["lists", "train", "categories"]);
  known(options, ["smoothing"]);
  const { train, lists, categories } = data;
  const { smoothing = 0.01 } = options;
  if (!(smoothing > 0 && smoothing < 1)) throw new RangeError(`expected smoothing above 0 and below 1, got ${shown(smoothing)}`);
  sameLength({ users: train.users, lists });
  sameLength({ items: train.items, categories });
  const shares = (items: Iterable<number>, user: Id, what: string): Map<string, number> => {
    const counts = new Map<string, number>();
    let all = 0;
    for (const item of items) {
      counts.set(categories[item], (counts.get(categories[item]) ?? 0) + 1);
      all += 1;
    }
    if (all === 0) throw new RangeError(`expected at least one ${what} of user ${shown(user)}, got none`);
    return new Map([...counts].map(([name, count]) => [name, count / all]));
  };
  const users = train.users.map((user, u) => {
    const own = shares(train.item.subarray(train.offsets[u], train.offsets[u + 1]), user, "rating");
    const list = shares(lists[u].map((item) => indexOf("item", train.items, item)), user, "recommendation");
    return [...own].reduce((sum, [name, p]) => sum + p * Math.log2(p / ((1 - smoothing) * (list.get(name) ?? 0) + smoothing * p)), 0);
  });
  return Object.freeze({ users, mean: users.reduce((sum, value) => sum + value, 0) / users.length });
}
