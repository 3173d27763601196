import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { loadLesson } from "../checks/node/load.js";
import { parseNotebook, type Language, type Notebook } from "../format/index.js";
import { findLesson, lessonFolders, lessonId, lessonsFolder } from "../format/node/folders.js";
import { openDesk } from "./desk.js";
import { defaultLimits, type GradeLimits } from "./limits.js";
import { markSteps } from "./mark.js";
import { rebuild } from "./rebuild.js";
import type { GradeReport } from "./report.js";

export interface GradeOptions {
  /** Which lesson; default what the notebook's metadata says. */
  lesson?: string;
  /** Folder of `NN-slug` lesson folders; default the project's own. */
  lessons?: string;
  /** Language of the messages; default the notebook's. */
  language?: Language;
  limits?: Partial<GradeLimits>;
}

/** Largest submission that is read, in bytes. Outputs count, so it is generous. */
const largest = 100 * 1024 * 1024;

/**
 * Grade one submitted notebook. Never throws: what cannot be graded is a report whose `status` says why.
 * The learner's code runs in a process of its own, in an empty folder; checks stay here, and only their explicit passes earn points.
 */
export async function gradeNotebook(file: string, options: GradeOptions = {}): Promise<GradeReport> {
  const start = performance.now();
  const report: GradeReport = { file, student: studentOf(file), lesson: options.lesson ?? "", status: "failed", tasks: [], points: 0, of: 0, repairs: [], seconds: 0 };
  try {
    await grade(file, options, report);
  } catch (error) {
    report.status = "failed";
    report.problem = error instanceof Error ? error.message : String(error);
  }
  report.points = report.tasks.reduce((sum, task) => sum + task.points, 0);
  report.seconds = Math.round((performance.now() - start) / 10) / 100;
  return report;
}

async function grade(file: string, options: GradeOptions, report: GradeReport): Promise<void> {
  const submission = await readSubmission(file, report);
  if (!submission) return;
  const mark = submission.metadata.lyceum as { lesson?: unknown; language?: unknown; student?: unknown } | undefined;
  if (typeof mark?.student === "string" && mark.student.trim()) report.student = mark.student.trim().slice(0, 200);
  const named = options.lesson ?? (typeof mark?.lesson === "string" ? mark.lesson : "");
  report.lesson = named;
  const lessons = options.lessons ?? lessonsFolder();
  const folder = named ? await findLesson(named, lessons) : undefined;
  if (!folder) return void Object.assign(report, { status: "unknown-lesson", problem: await whichLessons(named, lessons) });

  const checked = await loadLesson(folder);
  report.of = checked.lesson.points;
  const language = options.language ?? (mark?.language === "zh" ? "zh" : "en");
  const { steps, repairs } = rebuild(checked.lesson, language, submission);
  report.repairs = repairs;
  const limits = { ...defaultLimits, ...options.limits };
  const desk = await openDesk(limits);
  try {
    const { tasks, notes } = await markSteps(steps, checked, desk, limits, language);
    report.tasks = tasks;
    report.repairs = [...repairs, ...notes];
    report.status = tasks.some((task) => task.status === "out-of-time") ? "out-of-time" : "graded";
  } finally {
    await desk.close();
  }
}

async function readSubmission(file: string, report: GradeReport): Promise<Notebook | undefined> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > largest) throw new Error(`expected at most ${largest} bytes, got ${size}`);
    text = await readFile(file, "utf8");
  } catch (error) {
    Object.assign(report, { status: "unreadable", problem: (error as Error).message });
    return undefined;
  }
  try {
    return parseNotebook(text);
  } catch (error) {
    Object.assign(report, { status: "not-a-notebook", problem: (error as Error).message });
    return undefined;
  }
}

async function whichLessons(named: string, lessons: string): Promise<string> {
  const ids = (await Promise.all((await lessonFolders(lessons)).map((folder) => lessonId(folder)))).filter((id): id is string => id !== undefined);
  const lead = named ? `there is no lesson "${named}"` : "the notebook does not say which lesson it is: give --lesson";
  return `${lead}; there are ${ids.join(", ") || "none"}`;
}

/** `class/ada.ipynb` is ada's. */
function studentOf(file: string): string {
  const name = basename(file).replace(/\.ipynb$/i, "");
  return name || basename(dirname(join(file)));
}
