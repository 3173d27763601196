import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentWorks, makeEnvironment } from "./python.js";
import { Problem } from "./problem.js";
import { run } from "./run.js";
import { note, step, type Step } from "./steps.js";
import type { Place } from "./place.js";

/** Python packages that are installed together. Sizes in MB, measured on Linux x86-64. */
export interface PackageSet {
  name: string;
  /** In kernel/setup. */
  file: string;
  download: number;
  disk: number;
  /** Leave its dependencies out. */
  alone?: boolean;
}

export const packageSets = {
  jupyter: { name: "JupyterLab", file: "requirements.txt", download: 60, disk: 260 },
  tensorflow: { name: "TensorFlow", file: "requirements-tensorflow.txt", download: 285, disk: 1250, alone: true },
  cuda: { name: "TensorFlow with CUDA", file: "requirements-cuda.txt", download: 3300, disk: 7500, alone: true },
  compiler: { name: "C++ compiler (ziglang)", file: "requirements-compiler.txt", download: 101, disk: 510, alone: true },
  test: { name: "test clients", file: "requirements-test.txt", download: 60, disk: 190 },
} satisfies Record<string, PackageSet>;

/** The sets that are not there yet in their present version. Reads two small files: nothing is asked of pip or the network. */
export function missingSets(place: Place, sets: PackageSet[]): PackageSet[] {
  const installed = existsSync(place.python) ? readInstalled(place) : {};
  return sets.filter((set) => installed[set.file] !== requirementHash(place, set));
}

/**
 * Install what is missing. The note of each set is written after it, so a killed run goes on there.
 * @param announced what will be installed in all, whose cost is said first; default: these sets.
 */
export async function installSets(place: Place, sets: PackageSet[], announced?: PackageSet[]): Promise<void> {
  const missing = missingSets(place, sets);
  if (missing.length === 0) return;
  if (announced?.length !== 0) announce(place, announced ?? missing);
  if (!(await environmentWorks(place))) {
    const progress = step("Python environment");
    await makeEnvironment(place);
    progress.done("made in .venv");
  }
  keepNodeToolsWorking(place);
  for (const set of missing) await installSet(place, set);
}

function announce(place: Place, sets: PackageSet[]): void {
  const total = (key: "download" | "disk") => sets.reduce((sum, set) => sum + set[key], 0);
  note(`Python packages: about ${size(total("download"))} to download, ${size(total("disk"))} on disk (${sets.map(({ name, download }) => `${name} ${size(download)}`).join(", ")}).`);
  const { bavail, bsize } = statfsSync(place.root);
  const free = (bavail * bsize) / 1e6;
  if (free < total("disk")) throw new Problem(`Only ${size(free)} are free on this disk. Make room, or take the smaller engine:  npm start -- --engine wasm`);
}

const size = (mb: number) => (mb >= 1000 ? `${(mb / 1000).toFixed(1)} GB` : `${Math.round(mb)} MB`);

async function installSet(place: Place, set: PackageSet): Promise<void> {
  const progress = step(set.name);
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", ...(set.alone ? ["--no-deps"] : []), "-r", requirementFile(place, set)];
  const { status, output } = await run(place.python, args, { env: pythonEnvironment(), onLine: pipProgress(progress) });
  if (status !== 0) throw new Problem(pipProblem(set, output));
  writeInstalled(place, { ...readInstalled(place), [set.file]: requirementHash(place, set) });
  progress.done();
}

/** pip's `Downloading NAME-1.0.whl (12.3 MB)` lines, added up: the same in every version of pip. */
function pipProgress(progress: Step): (line: string) => void {
  let sum = 0;
  return (line) => {
    const found = /Downloading (\S+?)(?:-\d\S*)? \(([\d.]+) ([kM]?)B\)/.exec(line);
    if (found) {
      sum += Number(found[2]) * (found[3] === "M" ? 1 : found[3] === "k" ? 1e-3 : 1e-6);
      progress.say(`downloading ${found[1]!.split("/").pop()}, ${sum.toFixed(0)} MB in all`);
    } else if (line.startsWith("Installing collected")) progress.say("unpacking");
  };
}

function pipProblem(set: PackageSet, output: string): string {
  const said = output.trim().split("\n").filter((line) => /error|no matching|could not/i.test(line)).slice(-4).join("\n") || output.trim().slice(-600);
  const offline = /NewConnectionError|Temporary failure in name resolution|Max retries|getaddrinfo/.test(output);
  const next = offline ? "PyPI cannot be reached: check the network, then run the same command again; it goes on where it stopped." : "Run the same command again once that is mended; it goes on where it stopped.";
  return `${said}\n\nInstalling ${set.name} failed. ${next}`;
}

/** Python as this project means it: no packages or settings of the user's own leak in. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONHOME: _home, PYTHONPATH: _path, ...rest } = process.env;
  return { ...rest, PYTHONNOUSERSITE: "1" };
}

/** JupyterLab runs a CommonJS tool from its own folder; without this the project's `"type": "module"` would break it. */
function keepNodeToolsWorking(place: Place): void {
  writeFileSync(join(place.venv, "package.json"), `{ "type": "commonjs" }\n`);
}

const requirementFile = (place: Place, set: PackageSet) => join(place.root, "kernel/setup", set.file);
const requirementHash = (place: Place, set: PackageSet) => createHash("sha256").update(readFileSync(requirementFile(place, set))).digest("hex");
const installedFile = (place: Place) => join(place.venv, "lyceum", "installed.json");

function readInstalled(place: Place): Record<string, string> {
  return existsSync(installedFile(place)) ? (JSON.parse(readFileSync(installedFile(place), "utf8")) as Record<string, string>) : {};
}

function writeInstalled(place: Place, installed: Record<string, string>): void {
  mkdirSync(join(place.venv, "lyceum"), { recursive: true });
  writeFileSync(installedFile(place), JSON.stringify(installed, undefined, 2));
}
