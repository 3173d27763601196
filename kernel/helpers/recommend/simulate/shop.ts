import { say } from "../../../display/language.js";
import { fraction, known, nonNegative, positive, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import type { Ratings } from "../ratings/contract.js";
import { pack, type Entry } from "../ratings/read.js";
import { showLine } from "../show.js";

export interface ShopOptions {
  /** Default 200. */
  users?: number;
  /** Default 120. */
  items?: number;
  /** Tastes that users and items differ in; default 4. */
  factors?: number;
  /** Mean number of ratings of a user; default 20. */
  perUser?: number;
  /** Of Zipf's law: the k-th item is met 1 / k^zipf times as often; 0: all alike. Default 0.8. */
  zipf?: number;
  /** How much users meet what they like: 0 ratings are missing at random, above they are not. Default 2. */
  selection?: number;
  /** Standard deviation of a rating around the true liking, in stars; default 0.5. */
  noise?: number;
  /** Share of users of the group "niche", whose tastes point away from those of the group "main"; default 0.25. */
  niche?: number;
  /** Rows of the log of shown items and clicks; default 2000. */
  impressions?: number;
  /** Default 1. */
  seed?: number;
}

export interface Impression {
  readonly user: number;
  readonly item: number;
  /** Chance with which the shop showed this item to this user. */
  readonly propensity: number;
  /** 1: clicked. */
  readonly reward: number;
}

export interface Shop {
  /** Users 0, 1, ... and items 0, 1, ...; stars from 1 to 5; time in days from 0 to 365. */
  readonly ratings: Ratings;
  /** By user. */
  readonly groups: readonly ("main" | "niche")[];
  /** By item: the taste it has most of. */
  readonly categories: readonly string[];
  /** One item shown at a time, drawn by popularity, and whether it was clicked. */
  readonly log: readonly Impression[];
  /** What made the data, for judging: no model may see it. */
  readonly truth: {
    /** Users x items: the liking in stars, not rounded, before noise. */
    readonly liking: readonly (readonly number[])[];
    /** Users x items: chance that one draw of the user's is this item. */
    readonly exposure: readonly (readonly number[])[];
    /** By item: share of shown places by Zipf's law alone. */
    readonly popularity: readonly number[];
    /** Chance of a click on an item that is shown. */
    readonly click: (user: number, item: number) => number;
  };
}

/**
 * A made-up shop: people with tastes, items with popularity that follows Zipf's law, and ratings that are missing not at random: people rate what they meet,
 * and meet what is popular and what they like. The hidden truth comes along for judging.
 *
 * @throws `expected perUser of at most a half of 10 items, got 9`.
 * @example
 * const shop = recommend.shop({ users: 30, items: 20, perUser: 5 });
 * shop.ratings.users.length // 30
 * shop.truth.liking[0].length // 20
 */
export function shop(options: ShopOptions = {}): Shop {
  known(options, ["users", "items", "factors", "perUser", "zipf", "selection", "noise", "niche", "impressions", "seed"]);
  const users = whole({ users: options.users ?? 200 }, 1);
  const items = whole({ items: options.items ?? 120 }, 2);
  const factors = whole({ factors: options.factors ?? 4 }, 1);
  const perUser = positive({ perUser: options.perUser ?? 20 });
  if (perUser > items / 2) throw new RangeError(`expected perUser of at most a half of ${items} items, got ${perUser}`);
  const [zipf, selection, noise] = [nonNegative({ zipf: options.zipf ?? 0.8 }), nonNegative({ selection: options.selection ?? 2 }), nonNegative({ noise: options.noise ?? 0.5 })];
  const niche = fraction({ niche: options.niche ?? 0.25 });
  const impressions = whole({ impressions: options.impressions ?? 2000 });
  const draw = random(options.seed ?? 1);
  const vector = () => Array.from({ length: factors }, () => draw.normal());

  const direction = vector();
  const length = Math.hypot(...direction);
  const groups = Array.from({ length: users }, (_, u): "main" | "niche" => (u < Math.round(users * niche) ? "niche" : "main"));
  const tastes = groups.map((group) => vector().map((value, k) => value * 0.7 + ((group === "main" ? 1 : -1) * direction[k]) / length));
  const traits = Array.from({ length: items }, vector);
  const [userMood, itemWorth] = [groups.map(() => 0.3 * draw.normal()), traits.map(() => 0.3 * draw.normal())];
  const liking = tastes.map((taste, u) => traits.map((trait, i) => Math.min(5, Math.max(1, 3.2 + userMood[u] + itemWorth[i] + (0.8 * taste.reduce((sum, value, k) => sum + value * trait[k], 0)) / Math.sqrt(factors)))));

  // What the larger group likes comes first: popularity is made by the many.
  const pull = traits.map((trait) => trait.reduce((sum, value, k) => sum + value * direction[k], 0) / length + draw.normal());
  const rank = Array.from(pull.keys()).sort((a, b) => pull[b] - pull[a]);
  const raw = new Array<number>(items);
  rank.forEach((item, at) => (raw[item] = 1 / (at + 1) ** zipf));
  const popularity = shares(raw);
  const exposure = liking.map((row) => shares(row.map((stars, i) => popularity[i] * Math.exp(selection * (stars - 3)))));

  const entries: Entry[] = [];
  exposure.forEach((chances, user) => {
    const count = Math.max(2, Math.min(Math.floor(items / 2), Math.round(perUser * Math.exp(0.5 * draw.normal() - 0.125))));
    for (const item of withoutReplacement(chances, count, draw)) {
      entries.push({ user, item, value: Math.min(5, Math.max(1, Math.round(liking[user][item] + noise * draw.normal()))), time: Math.floor(draw.uniform() * 3650) / 10 });
    }
  });
  const click = (user: number, item: number) => 1 / (1 + Math.exp(-1.5 * (liking[user][item] - 4)));
  const log = Array.from({ length: impressions }, (): Impression => {
    const user = draw.integer(0, users - 1);
    const item = pick(popularity, draw.uniform());
    return { user, item, propensity: popularity[item], reward: Number(draw.uniform() < click(user, item)) };
  });
  const numbers = (size: number) => Array.from({ length: size }, (_, at) => at);
  const result: Shop = {
    ratings: pack(entries, numbers(users), numbers(items), true), groups, log,
    categories: traits.map((trait) => `taste ${trait.indexOf(Math.max(...trait)) + 1}`),
    truth: { liking, exposure, popularity, click },
  };
  return showLine(result, () => say(`A shop of ${users} users (${groups.filter((group) => group === "niche").length} niche) and ${items} items: ${entries.length} ratings, ${impressions} shown places.`, `一家有 ${users} 名用户（小众 ${groups.filter((group) => group === "niche").length} 名）和 ${items} 件商品的商店：${entries.length} 个评分，${impressions} 次展示。`));
}

function shares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function pick(chances: readonly number[], at: number): number {
  let sum = 0;
  for (let i = 0; i < chances.length; i++) if ((sum += chances[i]) > at) return i;
  return chances.length - 1;
}

/** `count` different places, one after another, each by its chance among those left (the order of weight by exponential clocks). */
function withoutReplacement(chances: readonly number[], count: number, draw: Random): number[] {
  const clocks = chances.map((chance) => -Math.log(1 - draw.uniform()) / chance);
  return Array.from(clocks.keys()).sort((a, b) => clocks[a] - clocks[b]).slice(0, count);
}
