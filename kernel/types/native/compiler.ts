import type { ChildProcess } from "node:child_process";
import { API, type Diagnostic, type Snapshot } from "typescript/unstable/sync";
import type { Compiler, RawCompletion, RawDiagnostic } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { configFile } from "../project.js";
import { completionKind } from "./kinds.js";
import { hoverAt } from "./hover.js";

const unresolved = 2307;

export interface NativeCompiler extends Compiler {
  /** The server's process: a server that hangs is ended from outside. */
  pid: number | undefined;
  /** Does the server still answer? */
  alive(): boolean;
  /** Settles when the server's process has ended. */
  ended: Promise<void>;
}

/** TypeScript 7's server, in another process; calls block this thread, so it must not be the kernel's main one. */
export function createNativeCompiler(host: CompilerHost): NativeCompiler {
  const api = new API({
    cwd: host.directory,
    fs: {
      fileExists: host.fileExists,
      directoryExists: host.directoryExists,
      readFile: host.readFile,
      realpath: host.realpath,
    },
  });
  // Not part of the API's interface: without it a server that hangs could not be ended.
  const child = (api as unknown as { client?: { channel?: { child?: ChildProcess } } }).client?.channel?.child;
  const config = `${host.directory}/${configFile}`;
  let snapshot: Snapshot | undefined;
  /** Modules missing at the last check: they may have been installed or written since. */
  let missing: string[] = [];

  const take = (next: Snapshot): void => {
    snapshot?.dispose();
    snapshot = next;
  };
  const project = () => {
    const found = snapshot?.getProjects()[0];
    if (!found) throw new Error("the TypeScript server has no project");
    return found;
  };
  const path = (file: string): string => `${host.directory}/${file}`;

  return {
    update(changes) {
      const { changed, created, deleted } = host.apply(changes);
      changed.push(...host.changedOnDisk());
      if (!snapshot) return take(api.updateSnapshot({ openProjects: [config] }));
      const again = missing.some((name) => Object.values(changes).some((text) => text?.includes(name)));
      if (again) take(api.updateSnapshot({ fileChanges: { invalidateAll: true } }));
      else if (changed.length + created.length + deleted.length > 0) take(api.updateSnapshot({ fileChanges: { changed, created, deleted } }));
      if (again) missing = [];
    },
    diagnostics(file) {
      const { program } = project();
      const syntactic = program.getSyntacticDiagnostics(path(file)).map((found) => flatten(found, true));
      if (syntactic.length > 0) return syntactic;
      const semantic = program.getSemanticDiagnostics(path(file)).filter(({ category }) => category === 1);
      missing = semantic.flatMap(({ code, text }) => (code === unresolved ? (/'([^']+)'/.exec(text)?.slice(1) ?? []) : []));
      return semantic.map((found) => flatten(found, false));
    },
    completions(file, position) {
      try {
        const info = project().checker.getCompletionsAtPosition(path(file), position);
        return info?.entries.map((entry): RawCompletion => ({ name: entry.name, kind: completionKind(entry.kind), sort: entry.sortText ?? "", insert: entry.insertText }));
      } catch {
        // Thrown inside a bare identifier, where an editor would offer imports of other packages.
        return undefined;
      }
    },
    hover: (file, position) => hoverAt(project(), path(file), position),
    close() {
      try {
        api.close();
      } catch {
        // It says goodbye to its process, which may be gone.
      }
    },
    pid: child?.pid,
    ended: new Promise((resolve) => (child ? child.once("exit", () => resolve()) : resolve())),
    alive() {
      try {
        return api.parseConfigFile(config) !== undefined;
      } catch {
        return false;
      }
    },
  };
}

function flatten(found: Diagnostic, syntactic: boolean): RawDiagnostic {
  const lines: string[] = [];
  const visit = (part: Diagnostic, depth: number): void => {
    lines.push("  ".repeat(depth) + part.text);
    for (const next of part.messageChain ?? []) visit(next, depth + 1);
  };
  visit(found, 0);
  return { start: found.pos, end: found.end, code: found.code, message: lines.join("\n"), syntactic };
}
