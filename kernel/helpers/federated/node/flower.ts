import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../root.js";
import { run } from "../../../setup/run.js";

/** The releases whose Fleet API this client speaks. The protocol is Flower's own affair and changes: a newer release needs the contract test first. */
const wanted = "flwr>=1.40,<1.43";

/** Where Flower's programs are, on the one machine that runs the server; LYCEUM_FLOWER moves it. */
export const flowerVenv = (): string => process.env["LYCEUM_FLOWER"] ?? join(projectRoot(), ".build", "flower-venv");

export const flowerProgram = (venv: string, name: string): string => (process.platform === "win32" ? join(venv, "Scripts", `${name}.exe`) : join(venv, "bin", name));

/** Makes the environment if it is missing: from PyPI, about 300 MB on disk, some minutes. */
export async function installFlower(say: (line: string) => void = console.error, venv = flowerVenv()): Promise<string> {
  if (existsSync(flowerProgram(venv, "flower-superlink"))) return venv;
  say(`Flower is not there yet: installing ${wanted} from PyPI into ${venv}`);
  const python = process.platform === "win32" ? "python" : "python3";
  const made = await run(python, ["-m", "venv", venv]);
  if (made.status !== 0) throw new Error(`making ${venv} failed: ${made.output.trim() || `${python} could not start`}\nFlower's server needs Python 3.10 or newer with venv on this one machine; the nodes need none.`);
  const installed = await run(flowerProgram(venv, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted]);
  if (installed.status !== 0) throw new Error(`installing ${wanted} failed: ${installed.output.trim().split("\n").at(-1)}\nCheck the network, then run the same command again.`);
  return venv;
}
