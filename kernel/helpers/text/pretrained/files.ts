import { describeDataset, pathsOf } from "../../data/package.js";
import { readDataBytes } from "../../data/source.js";

/** The files of a model, in the order of its entry in `lessons/data/datapackage.json`. Models are too large for the repository: set-up fetches them. */
export async function modelFiles(name: string): Promise<Uint8Array[]> {
  const paths = pathsOf(await describeDataset(name));
  try {
    return await Promise.all(paths.map(readDataBytes));
  } catch (cause) {
    throw new Error(`the weights of ${name} are not on this machine: in a terminal run "lyceum weights ${name}" (or "npm start", which fetches all), then run this cell again`, { cause });
  }
}

/** Pieces of one file, together again. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
