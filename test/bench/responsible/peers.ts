import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Problem } from "../../../kernel/setup/problem.js";
import { findPython } from "../../../kernel/setup/python.js";
import { run } from "../../../kernel/setup/run.js";

const packages = ["fairlearn==0.15.0", "shap==0.51.0", "crowd-kit==1.4.2", "scikit-learn==1.9.1"];

export interface Timed {
  seconds: number;
  result: number[][];
}

export interface Peers {
  /** Of the packages. */
  versions: Record<string, string>;
  ask(task: string): Promise<Timed>;
  stop(): void;
}

/** Python with the packages, in .build/responsible-venv: made at the first use, about 1 GB. */
export async function peersPython(root: string, onStep: (what: string) => void): Promise<string> {
  const venv = join(root, ".build/responsible-venv");
  const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python) && (await run(python, ["-c", "import fairlearn, shap, crowdkit, sklearn"])).status === 0) return python;
  onStep(`${packages.join(", ")} into ${venv}`);
  await must((await findPython()).command, ["-m", "venv", venv]);
  await must(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  return python;
}

async function must(command: string, args: string[]): Promise<void> {
  const { status, output } = await run(command, args);
  if (status !== 0) throw new Problem(`${command} ${args.join(" ")} failed:\n${output.trim()}`, 1);
}

/** Start peers.py, which writes the inputs into the folder before it is ready. */
export async function startPeers(root: string, python: string, folder: string): Promise<Peers> {
  const child = spawn(python, [join(root, "test/bench/responsible/peers.py"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done) throw new Problem("the Python side ended early: its last words are above", 1);
    return JSON.parse(value) as T;
  };
  const { ready } = await next<{ ready: Record<string, string> }>();
  return {
    versions: ready,
    async ask(task) {
      child.stdin.write(`${task}\n`);
      return next<Timed>();
    },
    stop: () => void child.stdin.end(),
  };
}
