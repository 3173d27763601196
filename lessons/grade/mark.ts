import type { CheckedLesson } from "../checks/node/load.js";
import { runCheck } from "../checks/run.js";
import { messageOf } from "../checks/words.js";
import { graded, solutionOf, type Language } from "../format/index.js";
import type { Desk, Outcome } from "./desk.js";
import type { GradeLimits } from "./limits.js";
import type { Step } from "./rebuild.js";
import type { Repair, TaskMark } from "./report.js";

/** Run the steps at the desk and mark each task. Every task of the lesson has a mark in the end, whatever happens. */
export async function markSteps(steps: readonly Step[], checked: CheckedLesson, desk: Desk, limits: GradeLimits, language: Language) {
  const marks = new Map<string, TaskMark>();
  const outcomes = new Map<string, Outcome>();
  const notes: Repair[] = [];
  for (const step of steps) {
    if (desk.clock.over()) break;
    if (step.kind === "check") {
      marks.set(step.id, await mark(step.id, checked, desk, limits, language, outcomes.get(step.id)));
      continue;
    }
    const outcome = await desk.run({ id: step.id, source: step.source, learner: step.kind !== "given" });
    outcomes.set(step.id, outcome);
    if (step.kind === "extra" && outcome.status !== "ok") notes.push({ kind: "failed-cell", cell: step.id, text: `the learner's own cell failed: ${outcome.message}` });
  }
  const tasks = graded(checked.lesson).map(({ id, points }) => marks.get(id) ?? { id, status: "out-of-time" as const, points: 0, of: points, message: late[language] });
  return { tasks, notes };
}

async function mark(id: string, checked: CheckedLesson, desk: Desk, limits: GradeLimits, language: Language, outcome?: Outcome): Promise<TaskMark> {
  const check = checked.checks.get(id)!;
  const of = check.points;
  let result: TaskMark;
  if (outcome?.status === "timeout" || outcome?.status === "died" || outcome?.status === "out-of-time") {
    result = { id, status: outcome.status, points: 0, of, message: stopped(outcome.message, language) };
  } else {
    const stub = checked.stubs.get(id);
    const verdict = await runCheck(check, desk.session, { ...(stub ? { stub } : {}), time: Math.min(limits.cell, Math.max(1, desk.clock.left())) });
    const error = outcome?.status === "error" && verdict.status !== "not-started" ? ` ${stopped(outcome.message, language)}` : "";
    const died = await desk.settle(id);
    // A process that ends while it is asked has not shown that the task is right.
    if (died && verdict.status === "passed") result = { id, status: "died", points: 0, of, message: stopped("the process ended", language) };
    else result = { id, status: verdict.status, points: verdict.points, of, message: messageOf(verdict, language) + error };
  }
  if (result.status !== "passed") await help(id, checked, desk);
  return result;
}

/** Later tasks are judged on their own: the reference solution stands in for the one that did not pass. */
async function help(id: string, { lesson }: CheckedLesson, desk: Desk): Promise<void> {
  const task = lesson.blocks.find((block) => block.kind === "task" && block.id === id);
  if (task?.kind === "task") await desk.run({ id, source: solutionOf(task, "en"), learner: false });
}

const stopped = (message: string, language: Language): string => ({ en: `The cell stopped: ${message}.`, zh: `单元停下了：${message}。` })[language];

const late = { en: "The time for this submission ran out before this task.", zh: "还没轮到这道题，这份作业的时间就用完了。" };
