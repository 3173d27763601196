import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../project.js";
import type { Compiler } from "./compilers.js";
import type { TensorFlowLibrary } from "./tensorflow-library.js";

/** Compiler flags that do not depend on where things are; part of the manifest's key. */
export const flags = ["-O2", "-std=c++17", "-shared", "-fPIC", "-pthread", "-s", "-DNAPI_VERSION=8", "-static-libstdc++", "-static-libgcc"];

export interface Addon {
  /** Texts by file name; the `.cc` ones are compiled. */
  files: Map<string, string>;
  /** TensorFlow libraries to link. */
  libraries: string[];
  /** Where the addon goes. */
  output: string;
}

/** Undefined, or the compiler's first complaint. Sources are laid out in a folder of their own that is removed afterwards. */
export async function compileAddon(addon: Addon, library: TensorFlowLibrary, compiler: Compiler, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-binding-"));
  try {
    for (const [name, text] of addon.files) writeFileSync(join(folder, name), text);
    const { directory } = library;
    const { code, output } = await runTool(compiler.command, [
      ...compiler.prefix, ...flags, `-DLYCEUM_TENSORFLOW_DIRECTORY=${JSON.stringify(directory)}`,
      `-I${join(packageFolder("node-api-headers"), "include")}`, `-I${join(directory, "include")}`,
      ...[...addon.files.keys()].filter((name) => name.endsWith(".cc")), "-o", addon.output,
      // The run path is the wheel's own folder: a link to one library file would hide CUDA's libraries beside it.
      `-L${directory}`, ...addon.libraries.map((name) => `-l:${name}`), `-Wl,-rpath,${directory}`,
    ], { cwd: folder, env: environment });
    return code === 0 ? undefined : firstError(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads the addons in a process of its own: a broken one must not take the caller down. */
export async function tryAddons(paths: string[]): Promise<{ version: string; gpu: boolean } | { complaint: string }> {
  const program = `let b; for (const p of process.argv.slice(1)) { const m = { exports: {} }; process.dlopen(m, p); b = m.exports; }
    process.stdout.write("\\n" + JSON.stringify({ version: b.TF_Version, gpu: b.isUsingGpuDevice() }));`;
  const { code, output } = await runTool(process.execPath, ["-e", program, ...paths], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" } });
  const answer = output.split("\n").find((line) => line.startsWith('{"version"'));
  if (code === 0 && answer) return JSON.parse(answer) as { version: string; gpu: boolean };
  return { complaint: firstError(output) || `ended with ${code}` };
}

function runTool(command: string, args: string[], options: { cwd?: string; env: NodeJS.ProcessEnv }): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", (error) => resolve({ code: error.message, output: error.message }));
    child.on("close", (code, signal) => resolve({ code: code ?? String(signal), output }));
  });
}

function firstError(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "").slice(0, 400);
}
