import { readDataFile } from "./source.js";

/** An entry of `lessons/data/datapackage.json`. */
export interface DatasetEntry {
  name: string;
  title: string;
  path: string;
  sha256: string;
  rows: number;
  columns: number;
  license: string;
  licenseFile: string;
  source: { package: string; registry: string; version: string };
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
