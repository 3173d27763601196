import type { About, Check, Reason, Teller, Text, Verdict } from "./contract.js";
import { describe, show } from "./describe.js";
import { CheckFailure, StudentFailure } from "./failure.js";
import { difference, near, readNumbers } from "./numbers.js";

/** A teller, and what `runCheck` must know of it afterwards. */
export interface BoundTeller {
  teller: Teller;
  /** True for the verdict that this teller's `pass` made: no other object passes. */
  made(verdict: unknown): verdict is Verdict;
  /** Points of the parts that held so far. */
  earned(): number;
}

/** The assertions of one run of one check. `failed` verdicts carry the first reason. */
export function createTeller({ id, points }: Pick<Check, "id" | "points">): BoundTeller {
  const parts: { points: number; failure?: CheckFailure | StudentFailure }[] = [];
  let made: Verdict | undefined;
  const earned = (): number => parts.reduce((sum, part) => sum + (part.failure ? 0 : part.points), 0);

  const teller: Teller = {
    pass(meaning) {
      const sum = parts.reduce((total, part) => total + part.points, 0);
      if (parts.length && sum !== points) throw new RangeError(`expected the parts of check ${id} to add up to ${points} points, got ${sum}`);
      const failure = parts.find((part) => part.failure)?.failure;
      const status = failure instanceof StudentFailure ? failure.status : "failed";
      made = Object.freeze(failure ? { status, points: earned(), of: points, reason: failure.reason } : { status: "passed" as const, points, of: points, meaning });
      return made;
    },
    fail(reason) {
      throw new CheckFailure(reason);
    },
    that(condition, reason) {
      if (condition !== true) throw new CheckFailure(reason);
    },
    async part(worth, body) {
      const part: (typeof parts)[number] = { points: worth };
      try {
        await body();
      } catch (error) {
        if (!(error instanceof CheckFailure || error instanceof StudentFailure)) throw error;
        part.failure = error;
      }
      parts.push(part);
    },
    number,
    close(value, want, about) {
      const got = number(value, about);
      const { tolerance = 1e-9 } = about;
      if (!near(got, want, tolerance)) refuse(about, is(about, { en: show(got), zh: show(got) }), own(tolerance));
      return got;
    },
    between(value, low, high, about) {
      const got = number(value, about);
      if (!(got >= low && got <= high)) {
        refuse(about, is(about, { en: show(got), zh: show(got) }), { en: `It should lie between ${show(low)} and ${show(high)}.`, zh: `应该在 ${show(low)} 和 ${show(high)} 之间。` });
      }
      return got;
    },
    finite: (value, about) => finite(value, about).flat,
    shape(value, shape, about) {
      const got = readNumbers(value)?.shape ?? (Array.isArray(value) ? [value.length] : undefined);
      const fits = got && got.length === shape.length && shape.every((n, axis) => n === null || n === got[axis]);
      const list = `[${shape.map((n) => n ?? "n").join(", ")}]`;
      const saw = got ? { en: `of shape [${got.join(", ")}]`, zh: `形状为 [${got.join(", ")}] 的` } : describe(value);
      if (!fits) refuse(about, is(about, saw), { en: `Its shape should be ${list}.`, zh: `形状应该是 ${list}。` });
    },
    allClose(value, want, about) {
      const { tolerance = 1e-9 } = about;
      const got = finite(value, about);
      const twin = readNumbers(want);
      if (!twin) throw new TypeError(`expected numbers to compare with in check ${id}, got ${describe(want).en}`);
      if (got.shape.join() !== twin.shape.join()) teller.shape(value, twin.shape, about);
      const wrong = got.flat.flatMap((item, index) => (near(item, twin.flat[index]!, tolerance) ? [] : [index]));
      if (wrong.length) {
        const at = place(wrong[0]!, got.shape);
        const first = show(got.flat[wrong[0]!]!);
        refuse(about, {
          en: `${words(about).en}: ${wrong.length} of ${got.flat.length} numbers differ from mine, the first at ${at}, where it is ${first}.`,
          zh: `${words(about).zh}：${got.flat.length} 个数中有 ${wrong.length} 个和我的不同，第一个在 ${at}，值为 ${first}。`,
        }, own(tolerance));
      }
      return got.flat;
    },
    equal(value, want, about) {
      const path = difference(value, want);
      if (path === undefined) return;
      const saw = path === "" ? is(about, describe(value)) : { en: `${words(about).en} differs from mine at ${path}.`, zh: `${spaced(words(about).zh, "在", path, "处和我的不同")}。` };
      refuse(about, saw, { en: "It should be the same as mine on the same input.", zh: "同样的输入，应该和我的结果一样。" });
    },
  };
  return { teller, made: (verdict): verdict is Verdict => verdict !== undefined && verdict === made, earned };
}

function number(value: unknown, about: About): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const cause = value === undefined ? { en: "Is a return missing?", zh: "是不是漏了 return？" } : Number.isNaN(value) ? { en: "Does a step use a value that is not there, or divide 0 by 0?", zh: "是不是用到了不存在的值，或者用 0 除 0？" } : undefined;
  return refuse({ cause, ...about }, is(about, describe(value)), { en: "It should be a finite number.", zh: "应该是一个有限的数。" });
}

function finite(value: unknown, about: About): { shape: number[]; flat: readonly number[] } {
  const got = readNumbers(value);
  if (!got) return refuse(about, is(about, describe(value)), { en: "It should hold numbers only, in rows of equal length.", zh: "里面应该只有数字，而且每行一样长。" });
  const bad = got.flat.findIndex((item) => !Number.isFinite(item));
  if (bad < 0) return got;
  const at = place(bad, got.shape);
  return refuse(about, { en: `${words(about).en} holds ${got.flat[bad]} at ${at}.`, zh: `${spaced(words(about).zh, "在", at, `处是 ${got.flat[bad]}`)}。` }, { en: "All numbers should be finite.", zh: "所有的数都应该是有限的。" });
}

/** Throw the failure; what the author said goes before the assertion's own words. */
function refuse(about: About, saw: Text, expected: Text): never {
  const reason: Reason = { saw, expected: about.expected ?? expected };
  if (about.cause) reason.cause = about.cause;
  if (about.next) reason.next = about.next;
  throw new CheckFailure(reason);
}

const words = ({ what }: About): Text => (typeof what === "string" ? { en: what, zh: what } : what);

const is = (about: About, value: Text): Text => ({ en: `${words(about).en} is ${value.en}.`, zh: `${spaced(words(about).zh, "是", value.zh)}。` });

const own = (tolerance: number): Text => {
  const within = tolerance >= 1e-6 ? { en: ` within ${tolerance}`, zh: `（误差不超过 ${tolerance}）` } : { en: "", zh: "" };
  return { en: `It should agree with my own computation on the same input${within.en}.`, zh: `同样的输入，应该和我算出来的一致${within.zh}。` };
};

/** Index in a flat list as an index in the shape: `[2, 0]`. */
function place(index: number, shape: readonly number[]): string {
  const path: number[] = [];
  let rest = index;
  for (const n of [...shape].reverse()) {
    path.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return `[${path.join(", ")}]`;
}

/** Chinese typesetting: a space between Chinese and Latin letters, none between two Chinese words. */
const spaced = (...parts: string[]): string => parts.reduce((left, right) => left + (/\p{Script=Han}$/u.test(left) && /^\p{Script=Han}/u.test(right) ? "" : " ") + right);
