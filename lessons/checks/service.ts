import type { MimeBundle } from "../../kernel/display/contract.js";
import type { Session } from "../../kernel/session/contract.js";
import { lessonFolders, lessonId, lessonsFolder } from "../format/node/folders.js";
import { graded } from "../format/index.js";
import { card } from "./card.js";
import type { Language } from "./contract.js";
import { nearest } from "./nearest.js";
import { loadLesson, type CheckedLesson } from "./node/load.js";
import { progressBeside, progressFile } from "./node/progress-file.js";
import { memoryProgress, record, sums } from "./progress.js";
import { runCheck } from "./run.js";

export interface CheckServiceOptions {
  language?: Language;
  /** Where progress is kept; default `.lyceum/progress.json` in `directory`. */
  progressFile?: string;
  /** The notebook's folder. Without it and `progressFile`, progress lives as long as the kernel. */
  directory?: string;
  /** Folder of `NN-slug` lesson folders; default the variable LYCEUM_LESSONS (`lyceum lesson preview` sets it), else the project's own. */
  lessons?: string;
}

export type CheckService = (id: unknown, session: Pick<Session, "ask">) => Promise<MimeBundle>;

/** What `check("regression.mse")` in a cell asks of the kernel server (`SessionOptions.services`). Node only. */
export function createCheckService({ language = "en", directory, progressFile: given, lessons = process.env.LYCEUM_LESSONS ?? lessonsFolder() }: CheckServiceOptions = {}): CheckService {
  const file = given ?? (directory === undefined ? undefined : progressBeside(directory));
  const store = file ? progressFile(file, language) : memoryProgress();
  const loaded = new Map<string, Promise<CheckedLesson>>();

  async function load(id: string): Promise<CheckedLesson | undefined> {
    for (const folder of loaded.has(id) ? [] : await lessonFolders(lessons)) {
      if ((await lessonId(folder)) !== id) continue;
      const lesson = loadLesson(folder);
      loaded.set(id, lesson);
      // A lesson under construction is read again at the next try.
      lesson.catch(() => loaded.delete(id));
    }
    return await loaded.get(id);
  }

  return async (argument, session) => {
    const id = typeof argument === "string" ? argument.trim() : "";
    const [lessonName = "", task = ""] = id.split(".", 2);
    const found = await load(lessonName);
    const check = found?.checks.get(task);
    if (!found || !check) return unknown(id, language, await names(found));

    const stub = found.stubs.get(task);
    const verdict = await runCheck(check, session, stub ? { stub } : {});
    const progress = await store.update((before) => record(before, found.lesson, task, verdict));
    return card({ check, verdict, progress: sums(progress, found.lesson, graded(found.lesson)), notice: store.notice() }, language);
  };

  /** The ids a learner could have meant: those of the lesson, or of all lessons where even that is unknown. */
  async function names(found: CheckedLesson | undefined): Promise<string[]> {
    const ids = found ? [found.lesson.id] : (await Promise.all((await lessonFolders(lessons)).map(lessonId))).filter((id): id is string => id !== undefined);
    const all = await Promise.all(ids.map((id) => load(id).catch(() => undefined)));
    return all.flatMap((lesson) => (lesson ? [...lesson.checks.keys()].map((task) => `${lesson.lesson.id}.${task}`) : []));
  }
}

function unknown(id: string, language: Language, names: string[]): MimeBundle {
  const near = nearest(id, names);
  const asked = id ? `"${id}"` : "";
  const text = {
    en: `There is no check ${asked || "without a name"}.${near ? ` Did you mean check("${near}")?` : names.length ? ` There are: ${names.join(", ")}.` : ""}`,
    zh: `没有${asked ? `名为 ${asked} ` : "不写名字"}的检查。${near ? `你要的是 check("${near}") 吗？` : names.length ? `现有的检查：${names.join("、")}。` : ""}`,
  }[language];
  return { data: { "text/plain": text, "text/html": `<div role="note">○ ${text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</div>` }, metadata: {} };
}
