import { createTeller } from "./assert.js";
import type { Check, Reason, Verdict } from "./contract.js";
import { CheckFailure, StudentFailure } from "./failure.js";
import { isUntouched, type Stub } from "./started.js";
import { createStudent, type Asker } from "./student.js";

export interface RunOptions {
  /** What the student was given; an untouched stub is `not-started`. */
  stub?: Stub;
  /** Milliseconds for the whole check; default 60,000. */
  time?: number;
}

/**
 * Run a check against a session. Never throws: a check that breaks, is silent or takes too long has a verdict of that name.
 * Only the verdict of the check's own `t.pass` passes.
 */
export async function runCheck(check: Check, session: Asker, { stub, time = 60_000 }: RunOptions = {}): Promise<Verdict> {
  const student = createStudent(session);
  const { teller, made, earned } = createTeller(check);
  const of = check.points;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), time);
  });
  try {
    if (stub && (await isUntouched(student, stub))) return { status: "not-started", points: 0, of, reason: notStarted };
    const verdict = await Promise.race([check.run(student, teller), late]);
    if (verdict === "late") return { status: "timeout", points: 0, of, reason: new StudentFailure("timeout", check.id, `no verdict within ${time / 1000} s`).reason };
    return made(verdict) ? verdict : { status: "crashed", points: 0, of, reason: broken("it gave no verdict") };
  } catch (error) {
    if (error instanceof CheckFailure) return { status: "failed", points: earned(), of, reason: error.reason };
    if (error instanceof StudentFailure) return { status: error.status, points: earned(), of, reason: error.reason };
    return { status: "crashed", points: 0, of, reason: broken(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) };
  } finally {
    clearTimeout(timer);
  }
}

const notStarted: Reason = {
  saw: { en: "This task still holds its placeholder.", zh: "这道题还是原来的占位代码。" },
  expected: { en: "Your own lines in its place.", zh: "应该换成你自己写的几行。" },
  next: { en: "Replace the line under TODO, run the cell, then run this check.", zh: "替换 TODO 下面那一行，运行单元，再运行检查。" },
};

function broken(problem: string): Reason {
  return {
    saw: { en: `The check itself broke: ${problem}.`, zh: `检查程序自己出错了：${problem}。` },
    expected: { en: "A verdict. You lose nothing by this.", zh: "应该给出结论。这不是你的错。" },
    cause: { en: "An answer of a kind that the check did not think of, or a mistake in the check.", zh: "可能是检查没有料到这样的结果，也可能是检查本身写错了。" },
    next: { en: "Display what your code returns; if it looks right, report this message.", zh: "把你的代码返回的结果显示出来；如果看起来没错，就把这段话报告给我们。" },
  };
}
