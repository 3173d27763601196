import { autoType, csvParse } from "d3-dsv";
import { gunzipSync } from "fflate";
import type { Picture } from "./datasets.js";
import { pathsOf, type DatasetEntry } from "./package.js";
import { readIdx } from "./read/idx.js";
import { readDataBytes, readDataFile } from "./source.js";

/** Rows of a data set that ships with the course, by its stored format. */
export async function rowsOf(entry: DatasetEntry): Promise<unknown[]> {
  switch (entry.format) {
    case "csv":
      return [...csvParse(await words(entry), autoType)];
    case "jsonl":
      return (await words(entry)).split("\n").filter(Boolean).map((line) => JSON.parse(line) as unknown);
    case "json":
      return JSON.parse(await words(entry)) as unknown[];
    case "images":
      return pictures(entry);
    case "weights":
      throw new TypeError(`${entry.name} is a pretrained model, not a table: text.pretrained or vision.pretrained loads it`);
  }
}

async function words(entry: DatasetEntry): Promise<string> {
  const path = pathsOf(entry)[0]!;
  const bytes = await readDataBytes(path);
  return new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/**
 * Two IDX files: pictures [n, height, width] or [n, height, width, channels] of bytes, and their labels. The rows share one buffer.
 * A third path, JSON, holds what else is known of each: `{ column: [a value a picture] }`.
 */
async function pictures(entry: DatasetEntry): Promise<Picture[]> {
  const [pixelPath, labelPath, morePath] = pathsOf(entry);
  const [images, labels] = await Promise.all([pixelPath!, labelPath!].map(async (path) => readIdx(await readDataBytes(path))));
  const more = Object.entries(morePath ? (JSON.parse(await readDataFile(morePath)) as Record<string, unknown[]>) : {});
  const [count, height, width, channels = 1] = images!.shape as [number, number, number, number?];
  const pixels = images!.data as Uint8Array, size = height * width * channels;
  return Array.from({ length: count }, (_, row) => {
    const label = labels!.data[row]!;
    const own = Object.fromEntries(more.map(([column, values]) => [column, values[row]]));
    return { pixels: pixels.subarray(row * size, (row + 1) * size), height, width, channels, label, name: entry.classes?.[label] ?? String(label), ...own };
  });
}
