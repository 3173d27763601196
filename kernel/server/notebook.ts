import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NotebookIdentity } from "../session/identity.js";

export interface Notebook extends NotebookIdentity {
  /** The .ipynb, where Jupyter told it. */
  path?: string;
  /** Imports resolve from here: the kernel's working folder, which Jupyter sets to the notebook's. */
  directory: string;
}

/** Jupyter Server names the notebook in JPY_SESSION_NAME; its `metadata.lyceum` says which lesson it is and in which language. */
export function readNotebook(environment: NodeJS.ProcessEnv = process.env, directory = process.cwd()): Notebook {
  const name = environment.JPY_SESSION_NAME;
  const path = name?.endsWith(".ipynb") ? resolve(directory, name) : undefined;
  const { lesson, language } = readMetadata(path);
  return { path, directory, lesson: typeof lesson === "string" ? lesson : undefined, language: isLanguage(language) ? language : preferredLanguage(environment) };
}

function readMetadata(path: string | undefined): { lesson?: unknown; language?: unknown } {
  if (path === undefined) return {};
  try {
    const notebook = JSON.parse(readFileSync(path, "utf8")) as { metadata?: { lyceum?: { lesson?: unknown; language?: unknown } } };
    return notebook.metadata?.lyceum ?? {};
  } catch {
    return {}; // not saved yet, or not readable: an ordinary notebook
  }
}

/** LYCEUM_LANGUAGE first, then the system's language. */
export function preferredLanguage(environment: NodeJS.ProcessEnv): "en" | "zh" {
  if (isLanguage(environment.LYCEUM_LANGUAGE)) return environment.LYCEUM_LANGUAGE;
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return system.startsWith("zh") ? "zh" : "en";
}

function isLanguage(value: unknown): value is "en" | "zh" {
  return value === "en" || value === "zh";
}
