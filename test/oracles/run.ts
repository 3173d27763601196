import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadEngine } from "../../kernel/engine/index.js";
import { difference } from "./compare.js";
import type { Adapter, OracleCase, OracleFile } from "./contract.js";

export interface CaseResult {
  file: string;
  name: string;
  milliseconds: number;
  /** Undefined: passed. */
  problem?: string;
  /** No adapter knows this kind. */
  unknown?: true;
}

/** Every adapter of the folder: adding a subject is adding a file. Answers come from this machine's engine. */
export async function loadAdapters(): Promise<Adapter[]> {
  await loadEngine();
  const folder = join(dirname(fileURLToPath(import.meta.url)), "adapters");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".js")).sort();
  return (await Promise.all(names.map((name) => import(pathToFileURL(join(folder, name)).href)))).map((module) => (module as { adapter: Adapter }).adapter);
}

/** Reads a file, or every `.json` of a folder that holds cases. */
export function readOracles(path: string): { file: string; oracle: OracleFile }[] {
  const files = path.endsWith(".json") ? [path] : readdirSync(path).filter((name) => name.endsWith(".json")).sort().map((name) => join(path, name));
  return files.map((file) => {
    const oracle = JSON.parse(readFileSync(file, "utf8")) as OracleFile;
    if (!Array.isArray(oracle.cases)) throw new Error(`expected cases in ${file}, got ${Object.keys(oracle).join(", ")}`);
    return { file: basename(file, ".json"), oracle };
  });
}

export async function runCase(file: string, { name, input, expected, tolerance }: OracleCase, adapters: Adapter[]): Promise<CaseResult> {
  const started = performance.now();
  const adapter = adapters.find((one) => one.handles(input));
  if (!adapter) return { file, name, milliseconds: 0, problem: `nothing answers this kind yet (${JSON.stringify(input["kind"] ?? Object.keys(input))})`, unknown: true };
  let problem: string | undefined;
  // Warnings are for people who look at one result; the cases are full of corners.
  const { warn } = console;
  console.warn = () => {};
  try {
    problem = difference(await adapter.answer(input, expected), expected, tolerance);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  } finally {
    console.warn = warn;
  }
  return { file, name, milliseconds: performance.now() - started, ...(problem !== undefined && { problem }) };
}
