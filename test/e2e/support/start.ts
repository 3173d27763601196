import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { collect, spawnLyceum, type CliResult } from "../../support/cli.js";

export interface RunningLab {
  /** With the token. */
  url: string;
  origin: string;
  token: string;
  work: string;
  /** Of the command. */
  pid: number;
  /** As `kill -9` would: the command gets no chance to clean up. */
  kill(): Promise<CliResult>;
  /** Ctrl-C; resolves with what the command printed. */
  stop(): Promise<CliResult>;
}

/** Commands that a failed test left running, ended when the test file ends. */
const running = new Set<ChildProcess>();
after(() => running.forEach((child) => child.kill("SIGKILL")));

/** `lyceum start --no-browser --port 0` with a work folder of its own; resolves when it prints the address. */
export async function startLab({ args = [], environment, work = temporaryFolder() }: { args?: string[]; environment?: NodeJS.ProcessEnv; work?: string } = {}): Promise<RunningLab> {
  // Settings and workspace of its own: every test sees JupyterLab for the first time.
  const home = temporaryFolder();
  const child = spawnLyceum(["start", "--no-browser", "--port", "0", "--work", work, ...args], { environment: { LYCEUM_HOME: home, ...environment } });
  running.add(child);
  const ended = collect(child).finally(() => running.delete(child));
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    void ended.then(({ stdout, stderr }) => reject(new Error(`lyceum start ended early:\n${stdout}${stderr}`)), reject);
  });
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    const result = await ended;
    for (const folder of [work, home]) rmSync(folder, { recursive: true, force: true });
    return result;
  };
  const { origin, searchParams } = new URL(url);
  return { url, origin, token: searchParams.get("token") ?? "", work, pid: child.pid!, stop: end("SIGINT"), kill: end("SIGKILL") };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "lyceum-e2e-"));
}
