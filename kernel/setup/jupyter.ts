import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pythonEnvironment } from "./packages.js";
import { Problem } from "./problem.js";
import type { Place } from "./place.js";

export interface JupyterServer {
  port: number;
  token: string;
  pid: number;
  /** Resolves when the process is gone, whoever ended it. */
  exited: Promise<number | null>;
  /** Shut down kernels and server; after ten seconds, force. */
  stop(): Promise<void>;
}

export interface JupyterOptions {
  port: number;
  /** The folder that JupyterLab shows. */
  work: string;
  environment?: NodeJS.ProcessEnv;
  /** Ends a start that is under way. */
  cancel?: AbortSignal;
}

/** Start JupyterLab and wait until it answers. */
export async function startJupyter(place: Place, options: JupyterOptions): Promise<JupyterServer> {
  const token = randomBytes(24).toString("hex");
  const logFile = join(place.private, `jupyter-${options.port}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(place.python, [join(place.root, "kernel/setup/jupyter.py"), ...serverArguments(options)], {
    cwd: options.work,
    // A group of its own: the terminal's Ctrl-C must reach us only, or JupyterLab would ask whether it was meant.
    detached: process.platform !== "win32",
    stdio: ["pipe", log, log],
    env: { ...jupyterEnvironment(place), ...options.environment, JUPYTER_TOKEN: token },
  });
  closeSync(log);
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(null));
  });
  const stop = async () => {
    child.stdin?.end();
    const force = setTimeout(() => killGroup(child.pid), 10_000);
    await exited;
    clearTimeout(force);
  };
  const failed = exited.then((status) => {
    throw new Problem(`JupyterLab did not start (exit status ${status}). Its last words:\n${lastLines(logFile, 15)}`);
  });
  failed.catch(() => {});
  try {
    await Promise.race([answers(options.port, token, options.cancel), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: options.port, token, pid: child.pid!, exited, stop };
}

/** Command-line settings win over any configuration file on this machine. */
function serverArguments({ port, work }: JupyterOptions): string[] {
  return [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.root_dir=${work}`,
    "--MultiKernelManager.default_kernel_name=lyceum",
    // Nothing is fetched from other hosts: no extension catalogue, no news; no search for language servers either.
    "--LabApp.extension_manager=readonly",
    "--LanguageServerManager.autodetect=False",
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
}

/** Folders of our own, so that a user's Jupyter, with its settings and kernels, is neither read nor changed. */
function jupyterEnvironment(place: Place): NodeJS.ProcessEnv {
  const foreign = /^(JUPYTER|IPYTHON)/;
  const environment = Object.fromEntries(Object.entries(pythonEnvironment()).filter(([name]) => !foreign.test(name)));
  const folder = (name: string) => join(place.private, name);
  return {
    ...environment,
    PATH: [dirname(place.python), process.env.PATH].join(delimiter),
    VIRTUAL_ENV: place.venv,
    JUPYTER_CONFIG_DIR: folder("config"),
    JUPYTER_DATA_DIR: folder("data"),
    JUPYTER_RUNTIME_DIR: folder("runtime"),
    IPYTHONDIR: folder("ipython"),
    PYTHONUNBUFFERED: "1",
  };
}

async function answers(port: number, token: string, cancel?: AbortSignal): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 120_000; ) {
    if (cancel?.aborted) throw new Problem("Ended before JupyterLab was up.", 130);
    const answer = await fetch(`http://127.0.0.1:${port}/api/status?token=${token}`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Problem("JupyterLab did not answer within two minutes.");
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It left in the meantime.
  }
}

function lastLines(file: string, count: number): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
