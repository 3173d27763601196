import type { Compiler, RawCompletion, RawDiagnostic } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { configFile } from "../project.js";
import { hoverAt } from "./hover.js";
import { completionKind } from "./kinds.js";
import { startServer, type ServerDiagnostic } from "./server.js";

const unresolved = 2307;
const error = 1;

export interface NativeCompiler extends Compiler {
  /** The server's process: a server that hangs is ended from outside. */
  pid: number | undefined;
  /** Does the server still answer? */
  alive(): boolean;
  /** Settles when the server's process has ended. */
  ended: Promise<void>;
}

/** TypeScript 7's server, in another process; calls block this thread, so it must not be the kernel's main one. */
export async function createNativeCompiler(host: CompilerHost): Promise<NativeCompiler> {
  const server = await startServer(host);
  const path = (file: string): string => `${host.directory}/${file}`;
  let opened = false;
  /** Modules missing at the last check: they may have been installed or written since. */
  let missing: string[] = [];

  return {
    update(changes) {
      const { changed, created, deleted } = host.apply(changes);
      changed.push(...host.changedOnDisk());
      if (!opened) {
        opened = true;
        return server.update({ openProjects: [path(configFile)] });
      }
      const again = missing.some((name) => Object.values(changes).some((text) => text?.includes(name)));
      if (again) server.update({ fileChanges: { invalidateAll: true } });
      else if (changed.length + created.length + deleted.length > 0) server.update({ fileChanges: { changed, created, deleted } });
      if (again) missing = [];
    },
    diagnostics(file) {
      const syntactic = server.ask<ServerDiagnostic[]>("getSyntacticDiagnostics", { file: path(file) }) ?? [];
      if (syntactic.length > 0) return syntactic.map((found) => flatten(found, true));
      const semantic = (server.ask<ServerDiagnostic[]>("getSemanticDiagnostics", { file: path(file) }) ?? []).filter(({ category }) => category === error);
      missing = semantic.flatMap(({ code, text }) => (code === unresolved ? (/'([^']+)'/.exec(text)?.slice(1) ?? []) : []));
      return semantic.map((found) => flatten(found, false));
    },
    completions(file, position) {
      try {
        const info = server.ask<{ entries: { name: string; kind?: number; sortText?: string; insertText?: string }[] }>("getCompletionsAtPosition", { file: path(file), position });
        return info?.entries.map((entry): RawCompletion => ({ name: entry.name, kind: completionKind(entry.kind), sort: entry.sortText ?? "", insert: entry.insertText }));
      } catch (problem) {
        // Thrown inside a bare identifier, where an editor would offer imports of other packages.
        if (server.alive()) return undefined;
        throw problem;
      }
    },
    hover: (file, position) => hoverAt(server, path(file), position),
    close: server.close,
    alive: server.alive,
    pid: server.process?.pid,
    ended: new Promise((resolve) => (server.process ? server.process.once("exit", () => resolve()) : resolve())),
  };
}

function flatten(found: ServerDiagnostic, syntactic: boolean): RawDiagnostic {
  const lines: string[] = [];
  const visit = (part: ServerDiagnostic, depth: number): void => {
    lines.push("  ".repeat(depth) + part.text);
    for (const next of part.messageChain ?? []) visit(next, depth + 1);
  };
  visit(found, 0);
  return { start: found.pos, end: found.end, code: found.code, message: lines.join("\n"), syntactic };
}
