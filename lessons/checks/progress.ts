import type { Status, Verdict } from "./contract.js";

/** What a learner has reached, by lesson and task. Plain JSON: the notebook's folder and the page's storage hold the same. */
export interface Progress {
  version: 1;
  lessons: Record<string, { version: number; tasks: Record<string, TaskProgress> }>;
}

export interface TaskProgress {
  /** Of the best attempt: what was passed once stays passed. */
  status: Status;
  points: number;
  of: number;
  /** Runs of the check, untouched stubs not counted. */
  attempts: number;
}

/** Where progress is kept. `notice`: something the learner should hear, once. */
export interface ProgressStore {
  read(): Promise<Progress>;
  /** Change what is kept now, not what was read long ago: two notebooks may share it. */
  update(change: (progress: Progress) => Progress): Promise<Progress>;
  /** What happened to the store that a learner should know; asked once, then empty. */
  notice(): string | undefined;
}

export const noProgress = (): Progress => ({ version: 1, lessons: {} });

/** Progress with one more verdict. A lesson of another version starts anew. */
export function record(progress: Progress, lesson: { id: string; version: number }, task: string, verdict: Verdict): Progress {
  const kept = Object.hasOwn(progress.lessons, lesson.id) ? progress.lessons[lesson.id] : undefined;
  const tasks = kept && kept.version === lesson.version ? kept.tasks : {};
  const before = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  const better = !before || verdict.status === "passed" || (before.status !== "passed" && verdict.points >= before.points);
  const best = better ? { status: verdict.status, points: verdict.points, of: verdict.of } : { status: before.status, points: before.points, of: before.of };
  const attempts = (before?.attempts ?? 0) + (verdict.status === "not-started" ? 0 : 1);
  const changed = { version: lesson.version, tasks: { ...tasks, [task]: { ...best, attempts } } };
  return { version: 1, lessons: { ...progress.lessons, [lesson.id]: changed } };
}

/** A text read as progress; undefined where it is not. Numbers outside their range make it invalid as a whole. */
export function parseProgress(text: string): Progress | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(json) || json["version"] !== 1 || !isRecord(json["lessons"])) return undefined;
  for (const lesson of Object.values(json["lessons"])) {
    if (!isRecord(lesson) || typeof lesson["version"] !== "number" || !isRecord(lesson["tasks"])) return undefined;
    for (const task of Object.values(lesson["tasks"])) {
      if (!isRecord(task) || typeof task["status"] !== "string") return undefined;
      if (![task["points"], task["of"], task["attempts"]].every((value) => typeof value === "number" && value >= 0)) return undefined;
    }
  }
  return json as unknown as Progress;
}

/** What is reached of a lesson: tasks passed, points earned. */
export function sums(progress: Progress, lesson: { id: string; version: number }, tasks: readonly { id: string; points: number }[]) {
  const kept = Object.hasOwn(progress.lessons, lesson.id) ? progress.lessons[lesson.id] : undefined;
  const own = kept?.version === lesson.version ? kept.tasks : {};
  const of = (id: string): TaskProgress | undefined => (Object.hasOwn(own, id) ? own[id] : undefined);
  return {
    passed: tasks.filter(({ id }) => of(id)?.status === "passed").length,
    tasks: tasks.length,
    points: tasks.reduce((sum, { id, points }) => sum + Math.min(of(id)?.points ?? 0, points), 0),
    of: tasks.reduce((sum, { points }) => sum + points, 0),
  };
}

/** Kept in memory only, until the program ends. */
export function memoryProgress(): ProgressStore {
  let progress = noProgress();
  return {
    read: () => Promise.resolve(progress),
    update: (change) => Promise.resolve((progress = change(progress))),
    notice: () => undefined,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
