import { spawn, type SpawnOptions } from "node:child_process";

export interface RunResult {
  /** Exit status; null when it could not start or was ended by a signal. */
  status: number | null;
  /** stdout and stderr as they came. */
  output: string;
  stdout: string;
}

/** Run a program to its end without a terminal. Never throws: a program that is not there has status null. */
export function run(command: string, args: string[], options: SpawnOptions & { onLine?: (line: string) => void } = {}): Promise<RunResult> {
  const { onLine, ...rest } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...rest, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    let unfinished = "";
    const take = (text: string) => {
      output += text;
      if (!onLine) return;
      const lines = (unfinished + text).split(/\r\n|\n|\r/);
      unfinished = lines.pop() ?? "";
      lines.forEach(onLine);
    };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => { stdout += text; take(text); });
    child.stderr?.setEncoding("utf8").on("data", take);
    child.on("error", (error) => resolve({ status: null, output: output + error.message, stdout }));
    child.on("close", (status) => resolve({ status, output, stdout }));
  });
}
