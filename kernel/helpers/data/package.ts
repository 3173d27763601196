import { readDataFile } from "./source.js";

/** How a resource is stored; a path that ends in `.gz` is opened first. */
export type DatasetFormat = "csv" | "json" | "jsonl" | "images" | "weights";

/** An entry of `lessons/data/datapackage.json` (Frictionless Data Package, with what a card needs beside it). */
export interface DatasetEntry {
  name: string;
  title: string;
  /** Relative to `lessons/data`. Several where the parts belong together: pictures, labels and what else is known of each; pieces of one file of weights. */
  path: string | string[];
  /** Of each path, in its order. */
  sha256: string | string[];
  format: DatasetFormat;
  /** Rows; of weights the number of values. */
  rows: number;
  columns: number;
  /** Of pictures: the name of each label. */
  classes?: string[];
  license: string;
  licenseFile: string;
  source: { package: string; registry: string; version: string; script?: string; path?: string; archive?: { sha256: string; megabytes: number } };
  citation: string;
  /** Columns that say, or stand in for, who somebody is. */
  protected: string[];
  knownFaults: string[];
  /** Who is in the data, who is not, and what the data should not be used for. */
  people: string;
}

export async function describeDataset(name: string): Promise<DatasetEntry> {
  const { resources } = JSON.parse(await readDataFile("datapackage.json")) as { resources: DatasetEntry[] };
  const entry = resources.find((resource) => resource.name === name);
  if (!entry) throw new RangeError(`unknown data set: ${name}; there are ${resources.map((resource) => resource.name).join(", ")}`);
  return entry;
}

/** What a card says in another language, from `lessons/data/datapackage.LANGUAGE.json`; English where that says nothing of it. */
export async function translated(entry: DatasetEntry, language: "zh"): Promise<DatasetEntry> {
  // A data source of one's own may lack the file: a card in English is better than none.
  const text = await readDataFile(`datapackage.${language}.json`).catch(() => `{ "resources": [] }`);
  const { resources } = JSON.parse(text) as { resources: Pick<DatasetEntry, "name" | "title" | "knownFaults" | "people">[] };
  return { ...entry, ...resources.find(({ name }) => name === entry.name) };
}

export const pathsOf = ({ path }: DatasetEntry): string[] => (typeof path === "string" ? [path] : path);
