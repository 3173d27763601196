import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../../kernel/engine/contract.js";
import type { Check } from "../../lessons/checks/contract.js";
import { checksOf } from "../../lessons/checks/define.js";
import type { Language, Lesson } from "../../lessons/format/index.js";
import { lessonFolders, readLesson } from "../../lessons/format/node/folders.js";
import { projectRoot } from "../../kernel/root.js";
import { runLesson } from "./outputs.js";
import { indexPage, lessonPage } from "./page.js";

export interface SiteOptions {
  /** Folder of the finished site; made where missing. Other files in it stay. */
  out: string;
  /** Only the lessons with these ids. */
  lessons?: readonly string[];
  engine?: Engine["tier"];
  onProgress?(message: string): void;
}

export interface SiteReport {
  out: string;
  pages: string[];
}

const languages: readonly Language[] = ["en", "zh"];

/** Run every lesson and write the site: one page a lesson and language, with the outputs of this machine's own run. */
export async function buildSite({ out, lessons: only, engine, onProgress = () => {} }: SiteOptions): Promise<SiteReport> {
  const found = await Promise.all((await lessonFolders()).map(async (folder) => ({ folder, slug: basename(folder), lesson: await readLesson(folder) })));
  const unknown = only?.find((id) => !found.some(({ lesson }) => lesson.id === id));
  const chosen = only ? found.filter(({ lesson }) => only.includes(lesson.id)) : found;
  if (unknown !== undefined) throw new RangeError(`unknown lesson: ${unknown}; there are ${found.map(({ lesson }) => lesson.id).join(", ")}`);
  const pages: string[] = [];
  const write = async (path: string, text: string) => {
    await mkdir(join(out, path, ".."), { recursive: true });
    await writeFile(join(out, path), text);
    pages.push(path);
  };
  for (const { folder, slug, lesson } of chosen) {
    const checks = await lessonChecks(folder);
    for (const language of languages) {
      const outputs = await runLesson(lesson, language, engine, (done, of) => onProgress(`${slug} (${language}): cell ${done} of ${of}`));
      await write(`${language}/${slug}.html`, lessonPage(lesson, slug, { language, outputs, checks }));
    }
  }
  const listed = chosen.map(({ slug, lesson }): { slug: string; lesson: Lesson } => ({ slug, lesson }));
  for (const language of languages) await write(`${language}/index.html`, indexPage(listed, language));
  await write("index.html", await readFile(join(projectRoot(), "site/theme/root.html"), "utf8"));
  await mkdir(join(out, "assets"), { recursive: true });
  await copyFile(join(projectRoot(), "site/theme/lyceum.css"), join(out, "assets/lyceum.css"));
  await copyFile(new URL("../client/page.js", import.meta.url), join(out, "assets/page.js"));
  return { out, pages };
}

/** The compiled checks of a lesson, by task id: the page shows their titles and hints. */
async function lessonChecks(folder: string): Promise<Map<string, Check>> {
  const compiled = new URL(`../../lessons/${basename(folder)}/checks.js`, import.meta.url);
  const module = (await import(pathToFileURL(compiled.pathname).href)) as Record<string, unknown>;
  return new Map(checksOf(module).map((check) => [check.id, check]));
}
