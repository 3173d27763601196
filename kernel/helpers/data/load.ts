import type { DatasetName, Datasets } from "./datasets.js";
import { rowsOf } from "./formats.js";
import { describeDataset } from "./package.js";

/**
 * Rows of a data set that ships with the course, as plain records: numbers where the column holds numbers, else strings; of pictures
 * `{ pixels, height, width, channels, label, name }`. Each call returns new rows, so changing them harms nobody.
 *
 * @param name one of the names in `lessons/data/datapackage.json`.
 * @throws `unknown data set: NAME` with the names there are; `minilm is a pretrained model, not a table: ...`.
 * @example (await data.load("ames")).length // 2930
 */
export async function load<Name extends DatasetName>(name: Name): Promise<Datasets[Name][]> {
  return (await rowsOf(await describeDataset(name))) as Datasets[Name][];
}
