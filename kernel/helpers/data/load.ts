import { autoType, csvParse } from "d3-dsv";
import type { DatasetName, Datasets } from "./datasets.js";
import { describeDataset } from "./package.js";
import { readDataFile } from "./source.js";

/**
 * Rows of a data set that ships with the course, as plain records: numbers where the column holds numbers, else strings.
 * Each call returns new rows, so changing them harms nobody.
 *
 * @param name one of the names in `lessons/data/datapackage.json`.
 * @throws `unknown data set: NAME` with the names there are.
 * @example (await data.load("ames")).length // 2930
 */
export async function load<Name extends DatasetName>(name: Name): Promise<Datasets[Name][]> {
  const { path } = await describeDataset(name);
  const rows = csvParse(await readDataFile(path), autoType);
  return [...rows] as unknown as Datasets[Name][];
}
