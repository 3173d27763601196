import { say } from "../../../display/language.js";
import { inside, known, oneOf } from "../../arguments.js";
import { random } from "../../data/random.js";
import { showLine } from "../show.js";
import type { Ratings } from "./contract.js";
import { entry, pack, requireRatings } from "./read.js";

export interface RatingSplitOptions {
  /**
   * "user": a share of each user's ratings; "random": of all ratings; "time": those after a moment, as a shop meets them; "last": each user's last one
   * (by time, else by place). Default "user".
   */
  by?: "user" | "random" | "time" | "last";
  /** Share to judge on; default 0.2. Not for "last". */
  test?: number;
  /** Default 1. */
  seed?: number;
}

export interface RatingSplit {
  readonly train: Ratings;
  /** The same users and items, also those without ratings here. */
  readonly test: Ratings;
}

/**
 * Ratings to learn from and to judge on. Every rating is in exactly one part; a user's only rating is learnt from ("user", "last").
 *
 * @throws `expected ratings with time for by: "time", got none`; `expected at least 2 ratings, got 1`; `expected two different times, got one`.
 * @example
 * const r = recommend.ratings([1, 2, 3, 4, 5].map((item) => ({ user: "ann", item })));
 * recommend.split(r).test.value.length // 1
 */
export function split(r: Ratings, options: RatingSplitOptions = {}): RatingSplit {
  known(options, ["by", "test", "seed"]);
  const by = oneOf({ by: options.by ?? "user" }, ["user", "random", "time", "last"]);
  const share = inside({ test: options.test ?? 0.2 });
  requireRatings(r);
  if (r.value.length < 2) throw new RangeError(`expected at least 2 ratings, got ${r.value.length}`);
  const draw = random(options.seed ?? 1);
  const held = new Set<number>();
  const all = Array.from(r.value.keys());
  const portion = (n: number) => Math.min(n - 1, Math.max(1, Math.round(n * share)));
  if (by === "random") for (const at of draw.shuffle(all).slice(0, portion(all.length))) held.add(at);
  else if (by === "time") for (const at of later(r, share)) held.add(at);
  else {
    for (let u = 0; u < r.users.length; u++) {
      const own = all.slice(r.offsets[u], r.offsets[u + 1]);
      if (own.length < 2) continue;
      if (by === "last") held.add(own.reduce((last, at) => (r.time === undefined || r.time[at] >= r.time[last] ? at : last)));
      else for (const at of draw.shuffle(own).slice(0, portion(own.length))) held.add(at);
    }
  }
  const part = (inTest: boolean) => pack(all.filter((at) => held.has(at) === inTest).map((at) => entry(r, at)), r.users, r.items, r.time !== undefined);
  const result = { train: part(false), test: part(true) };
  return showLine(result, () => say(`${result.train.value.length} ratings to learn from, ${result.test.value.length} to judge on (by ${by}).`, `${result.train.value.length} 个评分用于学习，${result.test.value.length} 个用于评判（按 ${by} 划分）。`));
}

/** Entries after a moment, so that about the share lies after it; entries of one moment stay together. */
function later(r: Ratings, share: number): number[] {
  const { time } = r;
  if (!time) throw new RangeError('expected ratings with time for by: "time", got none');
  const sorted = Float64Array.from(time).sort();
  if (sorted[0] === sorted.at(-1)) throw new RangeError("expected two different times, got one");
  let cut = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share)))];
  if (cut === sorted[0]) cut = sorted.find((moment) => moment > sorted[0])!;
  return Array.from(time.keys()).filter((at) => time[at] >= cut);
}
