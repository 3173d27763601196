import type { Check } from "./contract.js";

/** Marks what `checks.ts` exports: also true for a check that another copy of this file made (a bundled lesson). */
const mark = Symbol.for("lyceum.check");

/**
 * One task's check. Export it under any name from the lesson's `checks.ts`.
 * Throws where a definition cannot be right: an id that no task can have, points below 0, an empty text.
 */
export function defineCheck(check: Check): Check {
  if (!/^[a-z][a-z0-9-]*$/.test(check.id)) throw new TypeError(`expected a check id of a-z, 0-9 and -, got ${JSON.stringify(check.id)}`);
  if (!(Number.isFinite(check.points) && check.points >= 0)) throw new RangeError(`expected points >= 0 in check ${check.id}, got ${check.points}`);
  for (const text of [check.title, ...check.hints]) {
    if (!text.en.trim() || !text.zh.trim()) throw new TypeError(`expected title and hints of check ${check.id} in both languages`);
  }
  for (const { name, source, edit } of check.wrong) {
    if ((source === undefined) === (edit === undefined)) throw new TypeError(`expected wrong solution "${name}" of check ${check.id} to have either source or edit`);
  }
  return Object.freeze({ ...check, [mark]: true });
}

/** The checks among a module's exports, in no promised order: the lesson orders them. */
export function checksOf(module: Record<string, unknown>): Check[] {
  return Object.values(module).filter((value): value is Check => typeof value === "object" && value !== null && mark in value);
}
