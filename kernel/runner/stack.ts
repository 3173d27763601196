import { SourceMap } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { NamedScript, StackLine } from "./protocol.js";

/** What is needed to show a frame in the learner's terms. */
interface Known {
  label: string;
  prefix: number;
  /** The script's lines, where calls of ours were put into them. */
  lines?: string[];
  map?: SourceMap;
}

/** Stack frames in the learner's terms: cells by number, files by their path from the notebook, nothing of the kernel or of node. */
export interface Stacks {
  /** Register a script of cell n. */
  cell(script: NamedScript, count: number): void;
  /** Register a transformed file. */
  file(path: string, map: string | undefined): void;
  /** Structured frames of an error, as they were when it was made. */
  linesOf(error: unknown): StackLine[] | undefined;
}

export function createStacks(directory: string, ownFolder: string): Stacks {
  const known = new Map<string, Known>();
  const lines = new WeakMap<object, StackLine[]>();

  function toLine(site: NodeJS.CallSite): StackLine | undefined {
    const raw = site.getScriptNameOrSourceURL() ?? "";
    if (raw === "" || raw.startsWith("node:") || raw.includes(ownFolder)) return undefined;
    if (site.getFunctionName()?.includes("__lyceum__")) return undefined;
    const name = raw.startsWith("file:") ? fileURLToPath(raw) : raw;
    const entry = known.get(name);
    const label = entry?.label ?? (relative(directory, name).startsWith("..") ? name : `./${relative(directory, name)}`);
    let line = site.getLineNumber() ?? 1;
    let column = site.getColumnNumber() ?? 1;
    if (entry?.map) {
      const found = entry.map.findEntry(line - 1, column - 1);
      if ("originalLine" in found) {
        line = found.originalLine + 1;
        column = found.originalColumn + 1;
      }
    } else if (entry) column = Math.max(1, column - insertedBefore(entry, line, column));
    const called = callee(site);
    const place = `${label}:${line}:${column}`;
    return { text: called === "" ? `at ${place}` : `at ${called} (${place})`, source: name, line, column };
  }

  Error.stackTraceLimit = 20;
  Error.prepareStackTrace = (error, sites) => {
    const kept = sites.flatMap((site) => toLine(site) ?? []);
    lines.set(error, kept);
    return [headOf(error), ...kept.map((line) => `    ${line.text}`)].join("\n");
  };

  return {
    cell(script, count) {
      known.set(script.name, {
        label: `Cell [${count}]`,
        prefix: script.prefix,
        lines: script.code.split("\n"),
        map: script.map === undefined ? undefined : new SourceMap(JSON.parse(script.map)),
      });
    },
    file(path, map) {
      const shown = relative(directory, path);
      known.set(path, {
        label: shown.startsWith("..") ? path : `./${shown}`,
        prefix: 0,
        map: map === undefined ? undefined : new SourceMap(JSON.parse(map)),
      });
    },
    linesOf(error) {
      if (typeof error !== "object" || error === null) return undefined;
      void (error as Error).stack; // V8 formats on first access
      return lines.get(error);
    },
  };
}

/** Characters before this column that are the transform's, not the learner's. */
function insertedBefore({ prefix, lines }: Known, line: number, column: number): number {
  const before = lines?.[line - 1]?.slice(0, column) ?? "";
  const result = before.includes(resultCall) ? resultCall.length : 0;
  const imports = before.split("__lyceum__.import(").length - 1;
  const refusals = before.match(/new class\{get \S+\(\)\{.*?\}\}\(\)\./g) ?? []; // assignments to constants (kernel/cell/constants.ts)
  return (line === 1 ? prefix : 0) + result + imports * "__lyceum__.".length + refusals.join("").length;
}
const resultCall = "__lyceum__.result((";

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function callee(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? "";
  if (name === "" || name === "eval") return "";
  const asynchronous = (site as NodeJS.CallSite & { isAsync(): boolean }).isAsync() ? "async " : "";
  if (site.isConstructor()) return `new ${name}`;
  const type = site.isToplevel() ? null : site.getTypeName();
  const owner = type && type !== "Object" && type !== "global" && !name.includes(".") ? `${type}.` : "";
  return `${asynchronous}${owner}${name}`;
}
