import { known, oneOf, shown } from "../../arguments.js";
import { showLine } from "../show.js";
import type { Id, RatingRow, Ratings } from "./contract.js";

export interface RatingsOptions {
  /** All users, also those without ratings; default those of the rows, in the order in which they appear. */
  users?: readonly Id[];
  /** All items; default those of the rows. */
  items?: readonly Id[];
  /** The same user and item again: "error", or take the "last" or the "mean". Default "error". */
  duplicates?: "error" | "last" | "mean";
}

/**
 * Ratings from rows.
 *
 * @throws `expected value of row 3 to be a finite number, got NaN`; `row 5 repeats row 2 (user "ann", item 7): say duplicates: "last" or "mean"`; `unknown user: "bo" in row 1`;
 * `expected time in all rows or in none, got none in row 4`.
 * @example
 * const r = recommend.ratings([{ user: "ann", item: "tea", value: 5 }, { user: "bo", item: "tea", value: 3 }]);
 * r.users // ["ann", "bo"]
 * r.value // [5, 3]
 */
export function ratings(rows: readonly RatingRow[], options: RatingsOptions = {}): Ratings {
  known(options, ["users", "items", "duplicates"]);
  const duplicates = oneOf({ duplicates: options.duplicates ?? "error" }, ["error", "last", "mean"]);
  const [users, items] = [numbered("user", options.users), numbered("item", options.items)];
  const timed = rows.length > 0 && rows[0].time !== undefined;
  const first = new Map<string, { row: number; user: number; item: number; sum: number; count: number; time: number }>();
  rows.forEach((row, at) => {
    const { value = 1, time } = row;
    if (typeof value !== "number" || !Number.isFinite(value)) throw new RangeError(`expected value of row ${at} to be a finite number, got ${shown(value)}`);
    if ((time !== undefined) !== timed) throw new RangeError(`expected time in all rows or in none, got ${time === undefined ? "none" : shown(time)} in row ${at}`);
    if (time !== undefined && !Number.isFinite(time)) throw new RangeError(`expected time of row ${at} to be a finite number, got ${shown(time)}`);
    const [user, item] = [users.of(row.user, at), items.of(row.item, at)];
    const key = `${user} ${item}`;
    const before = first.get(key);
    if (!before) first.set(key, { row: at, user, item, sum: value, count: 1, time: time ?? 0 });
    else if (duplicates === "error") throw new RangeError(`row ${at} repeats row ${before.row} (user ${shown(row.user)}, item ${shown(row.item)}): say duplicates: "last" or "mean"`);
    else Object.assign(before, duplicates === "last" ? { sum: value, time: time ?? 0 } : { sum: before.sum + value, count: before.count + 1, time: Math.max(before.time, time ?? 0) });
  });
  return pack([...first.values()].map(({ user, item, sum, count, time }) => ({ user, item, value: sum / count, time })), users.ids, items.ids, timed);
}

function numbered(kind: string, given: readonly Id[] | undefined): { ids: Id[]; of(id: Id, row: number): number } {
  const ids: Id[] = given ? [...given] : [];
  const places = new Map(ids.map((id, at) => [id, at]));
  if (places.size < ids.length) throw new RangeError(`expected each ${kind} once in ${kind}s, got ${shown(ids.find((id, at) => places.get(id) !== at))} twice`);
  const of = (id: Id, row: number): number => {
    const at = places.get(id);
    if (at !== undefined) return at;
    if (typeof id !== "string" && typeof id !== "number") throw new TypeError(`expected ${kind} of row ${row} to be a name or a number, got ${shown(id)}`);
    if (given) throw new RangeError(`unknown ${kind}: ${shown(id)} in row ${row}`);
    places.set(id, ids.length);
    return ids.push(id) - 1;
  };
  return { ids, of };
}

export interface Entry {
  readonly user: number;
  readonly item: number;
  readonly value: number;
  readonly time: number;
}

/** Entries sorted by user, in their order otherwise. */
export function pack(entries: readonly Entry[], users: readonly Id[], items: readonly Id[], timed: boolean): Ratings {
  const offsets = new Int32Array(users.length + 1);
  for (const { user } of entries) offsets[user + 1]++;
  for (let u = 0; u < users.length; u++) offsets[u + 1] += offsets[u];
  const next = offsets.slice();
  const [user, item] = [new Int32Array(entries.length), new Int32Array(entries.length)];
  const [value, time] = [new Float64Array(entries.length), new Float64Array(entries.length)];
  for (const entry of entries) {
    const at = next[entry.user]++;
    [user[at], item[at], value[at], time[at]] = [entry.user, entry.item, entry.value, entry.time];
  }
  const result: Ratings = { users: Object.freeze([...users]), items: Object.freeze([...items]), offsets, user, item, value, time: timed ? time : undefined };
  return showLine(result, () => {
    const filled = (100 * value.length) / (users.length * items.length || 1);
    const mean = value.reduce((sum, v) => sum + v, 0) / (value.length || 1);
    return `${value.length} ratings of ${users.length} users and ${items.length} items (${filled.toFixed(1)}% of all pairs), mean ${mean.toFixed(2)}.`;
  });
}

/** Entry `at`, as it was packed. */
export const entry = (r: Ratings, at: number): Entry => ({ user: r.user[at], item: r.item[at], value: r.value[at], time: r.time?.[at] ?? 0 });

const places = new WeakMap<readonly Id[], Map<Id, number>>();

/** Index of a user or an item; `unknown user: "x" (500 users)`. */
export function indexOf(kind: "user" | "item", ids: readonly Id[], id: Id): number {
  let known = places.get(ids);
  if (!known) places.set(ids, (known = new Map(ids.map((one, at) => [one, at]))));
  const at = known.get(id);
  if (at === undefined) throw new RangeError(`unknown ${kind}: ${shown(id)} (${ids.length} ${kind}s: ${ids.slice(0, 4).map(String).join(", ")}${ids.length > 4 ? ", ..." : ""})`);
  return at;
}

export interface ByItem {
  readonly offsets: Int32Array;
  /** Entries in the order of items. */
  readonly entries: Int32Array;
}

const turned = new WeakMap<Ratings, ByItem>();

/** The same entries sorted by item, made once. */
export function byItem(r: Ratings): ByItem {
  let result = turned.get(r);
  if (!result) {
    const offsets = new Int32Array(r.items.length + 1);
    for (const item of r.item) offsets[item + 1]++;
    for (let i = 0; i < r.items.length; i++) offsets[i + 1] += offsets[i];
    const next = offsets.slice();
    const entries = new Int32Array(r.item.length);
    r.item.forEach((item, at) => (entries[next[item]++] = at));
    turned.set(r, (result = { offsets, entries }));
  }
  return result;
}

export function requireRatings(r: Ratings): void {
  if (r.value.length === 0) throw new RangeError("expected at least one rating, got none");
}
