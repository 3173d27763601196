import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect, spawnLyceum, type CliResult } from "../../support/cli.js";

export interface RunningLab {
  /** With the token. */
  url: string;
  origin: string;
  token: string;
  work: string;
  /** Ctrl-C; resolves with what the command printed. */
  stop(): Promise<CliResult>;
}

/** `lyceum start --no-browser --port 0` with a work folder of its own; resolves when it prints the address. */
export async function startLab({ args = [], environment, work = temporaryFolder() }: { args?: string[]; environment?: NodeJS.ProcessEnv; work?: string } = {}): Promise<RunningLab> {
  const child = spawnLyceum(["start", "--no-browser", "--port", "0", "--work", work, ...args], { ...(environment && { environment }) });
  const ended = collect(child);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    void ended.then(({ stdout, stderr }) => reject(new Error(`lyceum start ended early:\n${stdout}${stderr}`)), reject);
  });
  const stop = async () => {
    child.kill("SIGINT");
    const result = await ended;
    rmSync(work, { recursive: true, force: true });
    return result;
  };
  const { origin, searchParams } = new URL(url);
  return { url, origin, token: searchParams.get("token") ?? "", work, stop };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "lyceum-e2e-"));
}
