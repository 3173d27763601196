import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CompilerHost } from "../host.js";

/** What of the server's answers is used here. */
export interface ServerDiagnostic {
  pos: number;
  end: number;
  code: number;
  category: number;
  text: string;
  messageChain?: ServerDiagnostic[];
}

export interface ServerSymbol {
  id: number;
  name: string;
  flags: number;
  declarations?: string[];
  valueDeclaration?: string;
  parent?: number;
}

/** A program at one moment; `ask` names it in each request. */
export interface Server {
  readonly process: ChildProcess | undefined;
  /** Let the server look at changed files; the former program is let go. */
  update(params: { openProjects?: string[]; fileChanges?: unknown }): void;
  /** A question about the program as it is now. */
  ask<T>(method: string, params: Record<string, unknown>): T | undefined;
  alive(): boolean;
  close(): void;
}

interface Channel {
  apiRequest(method: string, params: unknown): unknown;
  close(): void;
  channel?: { child?: ChildProcess };
}

/**
 * TypeScript 7's server, through the client that its own API is built on. The API above it (`typescript/unstable/sync`) brings factories for
 * every syntax node, 12 MB and 70 ms that nothing here uses.
 */
export async function startServer(host: CompilerHost): Promise<Server> {
  const folder = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const { Client } = (await import(pathToFileURL(join(folder, "dist/api/sync/client.js")).href)) as { Client: new (options: object) => Channel };
  const { fileExists, directoryExists, readFile, realpath } = host;
  // Halves the garbage that the server keeps between collections: 15 MB at rest, 70 MB after a long notebook.
  process.env["GOGC"] ??= "50";
  const client = new Client({ cwd: host.directory, fs: { fileExists, directoryExists, readFile, realpath } });
  const child = client.channel?.child;
  const ended = (): boolean => child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  const request = (method: string, params: unknown): unknown => {
    // Node closes the pipes of a process that ended, and their numbers may soon belong to another file.
    if (ended()) throw new Error("the TypeScript server has ended");
    return client.apiRequest(method, params);
  };
  request("initialize", null);
  let current: { snapshot: number; project: string | undefined } | undefined;

  return {
    process: child,
    update(params) {
      const { snapshot, projects } = request("updateSnapshot", params) as { snapshot: number; projects: { id: string }[] };
      if (current) request("release", { snapshot: current.snapshot });
      current = { snapshot, project: projects[0]?.id };
    },
    ask<T>(method: string, params: Record<string, unknown>) {
      return (request(method, { ...current, ...params }) as T | null) ?? undefined;
    },
    alive() {
      try {
        request("echo", "");
        return true;
      } catch {
        // A living server answers an echo, whatever it made of the request before.
        return false;
      }
    },
    close() {
      try {
        client.close();
      } catch {
        // Its process may be gone already.
      }
    },
  };
}
