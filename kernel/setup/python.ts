import { existsSync } from "node:fs";
import { run } from "./run.js";
import { installHint } from "./system.js";
import { Problem } from "./problem.js";
import type { Place } from "./place.js";

export interface Python {
  command: string;
  /** [3, 11] */
  version: [number, number];
  /** Can make environments: Debian splits this off into python3-venv. */
  venv: boolean;
}

const probe = `import sys
try:
    import venv, ensurepip
    able = 1
except ImportError:
    able = 0
print(sys.version_info[0], sys.version_info[1], able)`;

/** JupyterLab needs 3.10; TensorFlow 2.21 has wheels up to 3.13, so a newer Python is the last choice. */
const names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python", "py"];

/**
 * The Python to build on: the first of 3.10 to 3.13 that can make environments, else the best there is.
 * @throws Problem when there is none of 3.10 or newer.
 */
export async function findPython(candidates = process.env.LYCEUM_PYTHON ? [process.env.LYCEUM_PYTHON] : names): Promise<Python> {
  const found: Python[] = [];
  for (const command of candidates) {
    const python = await askPython(command);
    if (!python) continue;
    if (fits(python)) return python;
    found.push(python);
  }
  const usable = found.filter(({ version: [major, minor] }) => major === 3 && minor >= 10);
  const best = usable.find((python) => python.venv) ?? usable[0];
  if (best) return best;
  const seen = found.length ? `found only Python ${found.map(({ version }) => version.join(".")).join(", ")}` : "found no Python";
  const hint = installHint({ debian: "python3 python3-venv", fedora: "python3", brew: "python@3.13", windows: "Python.Python.3.13" });
  throw new Problem(`JupyterLab needs Python 3.10 or newer; ${seen}.\nInstall it with:  ${hint}\nthen run the same command again.`);
}

const fits = ({ version: [major, minor], venv }: Python) => venv && major === 3 && minor >= 10 && minor <= 13;

async function askPython(command: string): Promise<Python | undefined> {
  const { status, stdout } = await run(command, [...(command === "py" ? ["-3"] : []), "-c", probe]);
  const [major, minor, venv] = stdout.trim().split(" ").map(Number);
  if (status !== 0 || !major || minor === undefined) return undefined;
  return { command, version: [major, minor], venv: venv === 1 };
}

/** False also for an environment whose making was cut off. */
export async function environmentWorks(place: Place): Promise<boolean> {
  return existsSync(place.python) && (await run(place.python, ["-m", "pip", "--version"])).status === 0;
}

/** Make the environment afresh, with what this machine has for it: venv, uv or virtualenv. */
export async function makeEnvironment(place: Place): Promise<void> {
  const python = await findPython();
  const attempts = [
    python.venv ? [python.command, "-m", "venv", "--clear", place.venv] : undefined,
    ["uv", "venv", "--seed", "--clear", "--python", python.command, place.venv],
    ["virtualenv", "--clear", "--python", python.command, place.venv],
  ];
  let said = "";
  for (const attempt of attempts) {
    if (!attempt) continue;
    const { status, output } = await run(attempt[0]!, attempt.slice(1));
    if (status === 0) return;
    if (status !== null) said += output.trim() + "\n";
  }
  const version = python.version.join(".");
  const hint = installHint({ debian: `python${version}-venv`, fedora: "python3", brew: "python@3.13", windows: "Python.Python.3.13" });
  throw new Problem(`Python ${version} is there, but cannot make an environment (its venv module is missing).\n${said}Install it with:  ${hint}\nthen run the same command again.`);
}
