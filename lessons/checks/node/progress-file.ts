import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Language } from "../contract.js";
import { noProgress, parseProgress, type Progress, type ProgressStore } from "../progress.js";

/** The progress file of the notebooks in a folder. */
export const progressBeside = (directory: string): string => join(directory, ".lyceum", "progress.json");

/**
 * Progress in a file beside the notebook. Written whole, then renamed, so a crash leaves the old or the new one. A file that cannot be
 * read is moved aside (`progress.json.broken`) and said so; a folder that cannot be written costs the memory, never the check.
 */
export function progressFile(file: string, language: Language): ProgressStore {
  let notice: string | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let unwritable: Progress | undefined;

  async function read(): Promise<Progress> {
    if (unwritable) return unwritable;
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch {
      return noProgress();
    }
    const progress = parseProgress(text);
    if (progress) return progress;
    const aside = `${file}.broken`;
    await rename(file, aside).catch(() => {});
    notice = { en: `The progress file could not be read; it is kept as ${aside} and progress starts anew.`, zh: `进度文件读不出来，已另存为 ${aside}，进度从头算起。` }[language];
    return noProgress();
  }

  async function write(progress: Progress): Promise<Progress> {
    const half = `${file}.${process.pid}.new`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(half, `${JSON.stringify(progress, null, 1)}\n`);
      await rename(half, file);
      unwritable = undefined;
    } catch (error) {
      if (!unwritable) notice = { en: `Progress cannot be written to ${file} (${reason(error)}); it is kept until the kernel stops.`, zh: `进度写不进 ${file}（${reason(error)}），内核停止后会丢失。` }[language];
      unwritable = progress;
    }
    return progress;
  }

  return {
    read,
    update(change) {
      const next = last.then(async () => write(change(await read())));
      last = next.catch(() => {});
      return next;
    },
    notice() {
      const told = notice;
      notice = undefined;
      return told;
    },
  };
}

const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
