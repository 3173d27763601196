import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export interface Selection {
  /** Also files below a folder named `full`: minutes, not seconds. */
  full: boolean;
  /** Parts of paths; a file that contains one of them is taken, one below `full` only where a part names that. Empty: every file. */
  patterns: string[];
}

/**
 * Compiled test files below a folder, browser tests last: they are the slowest and want the machine for themselves.
 * @param folder of compiled tests, such as `dist/test`
 */
export function findTestFiles(folder: string, { full, patterns }: Selection): string[] {
  const wanted = patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\.ts$/, ".js"));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".test.js"))
    .filter((path) => {
      const asked = wanted.filter((pattern) => `test/${path}`.includes(pattern));
      const isFull = path.split("/").includes("full");
      return (wanted.length === 0 || asked.length > 0) && (!isFull || full || asked.some((pattern) => pattern.includes("full")));
    });
  return files.sort((a, b) => Number(isBrowserTest(a)) - Number(isBrowserTest(b)) || (a < b ? -1 : 1)).map((path) => join(folder, path));
}

export const isBrowserTest = (path: string): boolean => /(^|\/)e2e\//.test(path.split(sep).join("/"));

/** `test/kernel/cell/strip`, as a person would name it. */
export function fileTitle(folder: string, file: string): string {
  return `test/${relative(folder, file).split(sep).join("/").replace(/\.test\.js$/, "")}`;
}
