import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { logoPng, logoSvg } from "./logo.js";

export const kernelName = "lyceum";

export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: string;
  /** A message, not a signal: the only way that works on Windows too, and that stops a cell without stopping the kernel. */
  interrupt_mode: "message";
  metadata: { debugger: boolean };
}

/** What Jupyter starts: this Node, this build. */
export function createKernelspec(node = process.execPath, main = fileURLToPath(new URL("./main.js", import.meta.url))): Kernelspec {
  return { argv: [node, main, "{connection_file}"], display_name: "TypeScript (Lyceum)", language: "typescript", interrupt_mode: "message", metadata: { debugger: true } };
}

/** Write the kernelspec into a folder of kernels, `share/jupyter/kernels` of a prefix for example; gives the folder written. Needs no Python. */
export function installKernelspec(kernels: string, spec: Kernelspec = createKernelspec()): string {
  const folder = join(kernels, kernelName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
  for (const size of [32, 64]) writeFileSync(join(folder, `logo-${size}x${size}.png`), logoPng(size));
  writeFileSync(join(folder, "logo-svg.svg"), logoSvg());
  return folder;
}

/** The folder of kernels of a prefix: a Python environment, `/usr/local`. */
export function prefixKernels(prefix: string): string {
  return join(prefix, "share", "jupyter", "kernels");
}

/** The folder of kernels of one user, as Jupyter looks for it on Linux, macOS and Windows. */
export function userKernels(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env, home = homedir()): string {
  return join(userData(platform, environment, home), "kernels");
}

function userData(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  if (environment.JUPYTER_DATA_DIR) return environment.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") return join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "jupyter");
  return join(environment.XDG_DATA_HOME ?? join(home, ".local", "share"), "jupyter");
}
