import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import type { Place } from "../../kernel/setup/place.js";
import type { BenchReport } from "./report.js";

/** The folder of compiled code that holds this file: the kernel under test is the one beside it. */
const build = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** One round of test/bench/kernels.py. `onStep` hears what is being measured; what kernels themselves say is left out. */
export async function measureKernels(place: Place, names: string[], { quick = false, onStep }: { quick?: boolean; onStep?(step: string): void } = {}): Promise<BenchReport> {
  const script = join(place.root, "test/bench/kernels.py");
  const child = spawn(place.python, [script, place.root, build, ...(quick ? ["--quick"] : []), ...names], { cwd: place.root, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (/^(node|lyceum|ipykernel|tslab|deno): (start|memory|cells|loops|conformance)$/.test(line)) onStep?.(line);
    else said.push(line);
  });
  const status = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (status !== 0) throw new Error(`test/bench/kernels.py ended with ${status}:\n${said.slice(-20).join("\n")}`);
  return JSON.parse(text) as BenchReport;
}

/** Figures of the TypeScript service, name to ms or MB, as test/bench/types.ts prints them. */
export async function measureTypes(): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [join(build, "test/bench/types.js"), "native"], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const status = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (status !== 0) throw new Error(`test/bench/types.js ended with ${status}`);
  return Object.fromEntries([...text.matchAll(/^ *([\d.]+) {2}(.+)$/gm)].map(([, value, name]) => [name, Number(value)]));
}
