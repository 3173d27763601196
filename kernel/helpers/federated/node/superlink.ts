import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { run, type RunResult } from "../../../setup/run.js";
import { flowerProgram, flowerVenv } from "./flower.js";

export interface SuperLinkOptions {
  /** A folder for Flower's settings and log: `~/.flwr` is neither read nor written. */
  readonly home: string;
  /** Default any free port; always on 127.0.0.1. */
  readonly port?: number;
  /** A file that keeps runs and nodes over a restart. Default: in memory. */
  readonly database?: string;
  /** TLS on the SuperLink itself (paths of PEM files): needed for keys that are registered with it. Behind a fence plain http is enough, since it never leaves the machine. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Only nodes whose key was registered by `flwr supernode register`. Needs `tls`. */
  readonly registeredOnly?: boolean;
  readonly venv?: string;
  readonly onLine?: (line: string) => void;
}

export interface SuperLink {
  readonly url: string;
  readonly home: string;
  readonly venv: string;
  /** Ends when the server does. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

/** Flower's server, unchanged, on this machine only. Put a fence before it: its port serves its control interface too, without a login. */
export async function startSuperLink(options: SuperLinkOptions): Promise<SuperLink> {
  const { home, tls, registeredOnly = false, venv = flowerVenv() } = options;
  if (registeredOnly && !tls) throw new Error("registeredOnly needs tls: a SuperLink checks registered keys only over https");
  const port = options.port ?? (await freePort());
  mkdirSync(home, { recursive: true });
  // What `flwr run` and its sisters talk to.
  writeFileSync(join(home, "config.toml"), `[superlink]\ndefault = "lyceum"\n\n[superlink.lyceum]\naddress = "127.0.0.1:${port}"\n${tls ? `root-certificates = ${JSON.stringify(tls.ca)}\n` : "insecure = true\n"}`);
  const args = [
    "--host", "127.0.0.1", "--port", String(port), "--disable-runtime-dependency-installation",
    ...(tls ? ["--ssl-ca-certfile", tls.ca, "--ssl-certfile", tls.cert, "--ssl-keyfile", tls.key] : ["--insecure"]),
    ...(registeredOnly ? ["--enable-supernode-auth"] : []),
    ...(options.database ? ["--database", options.database] : []),
  ];
  // A group of its own: the runs are processes below it, and end with it.
  const child = spawn(flowerProgram(venv, "flower-superlink"), args, { env: environment(venv, home), stdio: ["ignore", "pipe", "pipe"], detached: true });
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-4000);
    if (options.onLine) text.split(/\r?\n/).filter(Boolean).forEach(options.onLine);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      tail += error.message;
      resolve(null);
    });
    child.on("exit", resolve);
  });
  const onExit = () => signalGroup(child, "SIGKILL");
  process.once("exit", onExit);
  void ended.then(() => process.removeListener("exit", onExit));
  const close = async () => {
    signalGroup(child, "SIGTERM");
    const late = setTimeout(() => signalGroup(child, "SIGKILL"), 5000);
    await ended;
    clearTimeout(late);
    signalGroup(child, "SIGKILL");
  };
  if (!(await answers(port, ended))) {
    await close();
    throw new Error(`flower-superlink did not start:\n${tail.trim() || "it printed nothing"}`);
  }
  return { url: `${tls ? "https" : "http"}://127.0.0.1:${port}`, home, venv, ended, close };
}

/** `flwr` on this SuperLink: `["run", "./app"]`, `["supernode", "register", "key.pub"]`, `["ls"]`. */
export const flwr = ({ venv, home }: Pick<SuperLink, "venv" | "home">, args: string[]): Promise<RunResult> => run(flowerProgram(venv, "flwr"), args, { env: environment(venv, home), cwd: home });

/** Starts a run of a Flower app (a folder with pyproject.toml and a ServerApp), as the teacher, on this machine. */
export async function startRun(link: Pick<SuperLink, "venv" | "home">, app: string): Promise<void> {
  const { status, output } = await flwr(link, ["run", app, "lyceum"]);
  if (status !== 0) throw new Error(`flwr run failed:\n${output.trim()}`);
}

/** Nothing of ours or of the machine's Flower settings; no telemetry, no look for updates. */
function environment(venv: string, home: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(venv, process.platform === "win32" ? "Scripts" : "bin")}${delimiter}${process.env["PATH"] ?? ""}`, VIRTUAL_ENV: venv, FLWR_HOME: home, FLWR_TELEMETRY_ENABLED: "0", FLWR_DISABLE_UPDATE_CHECK: "1" };
}

/** Some answer on the port, whatever it says; false if the server ended or a minute passed. */
async function answers(port: number, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  void ended.then(() => (over = true));
  const { connect } = await import("node:net");
  for (const end = Date.now() + 60_000; Date.now() < end && !over; ) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It is gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
