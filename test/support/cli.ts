import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "./root.js";

/** The compiled `lyceum` command that belongs to this compiled test, wherever it was built. */
export const cliFile = findCli(dirname(fileURLToPath(import.meta.url)));

function findCli(folder: string): string {
  const file = join(folder, "kernel/cli.js");
  if (existsSync(file)) return file;
  if (folder === projectRoot || folder === dirname(folder)) throw new Error("kernel/cli.js is not compiled");
  return findCli(dirname(folder));
}

export interface CliResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Run `lyceum ARGS` to its end. */
export function lyceum(args: string[], options: { environment?: NodeJS.ProcessEnv; cwd?: string } = {}): Promise<CliResult> {
  return collect(spawnLyceum(args, options));
}

export function spawnLyceum(args: string[], { environment = {}, cwd = projectRoot }: { environment?: NodeJS.ProcessEnv; cwd?: string } = {}): ChildProcess {
  const { npm_lifecycle_event: _event, NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  return spawn(process.execPath, [cliFile, ...args], { cwd, env: { ...inherited, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
}

export function collect(child: ChildProcess): Promise<CliResult> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
