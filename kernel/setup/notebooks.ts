import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A notebook as the lesson makes it. */
export interface LessonNotebook {
  /** Below the work folder, with `/`: `en/05-gradient-descent.ipynb`. */
  path: string;
  text: string;
}

export interface WrittenNotebook {
  path: string;
  /** `beside`: the lesson has changed since; the student's file stays, the new one lies next to it. */
  what: "written" | "kept" | "beside";
}

/** What was written from which text, so that a changed lesson is told from a student's own changes. */
type Origins = Record<string, string>;

/**
 * Write student notebooks into the work folder. A file that is there is never touched. A lesson that changed since it was
 * written arrives once as `NAME.v2.ipynb`. A deleted notebook is written afresh.
 */
export function writeNotebooks(work: string, notebooks: LessonNotebook[]): WrittenNotebook[] {
  const recordFile = join(work, ".lyceum", "notebooks.json");
  const record: Origins = existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, "utf8")) as Origins) : {};
  const written = notebooks.map((notebook) => writeOne(work, notebook, record));
  mkdirSync(dirname(recordFile), { recursive: true });
  writeFileSync(recordFile, JSON.stringify(record, undefined, 2) + "\n");
  return written;
}

function writeOne(work: string, { path, text }: LessonNotebook, record: Origins): WrittenNotebook {
  const hash = createHash("sha256").update(text).digest("hex");
  const versions = versionsOf(work, path);
  if (versions.length === 0) return write(work, path, text, hash, record, "written");
  // A file of unknown origin counts as this version: a lost record must not fill the folder with copies.
  for (const version of versions) record[version] ??= hash;
  if (versions.some((version) => record[version] === hash)) return { path: versions.at(-1)!, what: "kept" };
  return write(work, versionPath(path, versions.length + 1), text, hash, record, "beside");
}

function write(work: string, path: string, text: string, hash: string, record: Origins, what: WrittenNotebook["what"]): WrittenNotebook {
  const file = join(work, path);
  mkdirSync(dirname(file), { recursive: true });
  // `wx`: should the file have appeared meanwhile, fail rather than overwrite a student's work.
  writeFileSync(file, text, { flag: "wx" });
  record[path] = hash;
  return { path, what };
}

/** The notebook and its later versions that are there, in order. */
function versionsOf(work: string, path: string): string[] {
  const found: string[] = [];
  for (let version = 1; existsSync(join(work, versionPath(path, version))); version++) found.push(versionPath(path, version));
  return found;
}

const versionPath = (path: string, version: number) => (version === 1 ? path : path.replace(/\.ipynb$/, `.v${version}.ipynb`));
