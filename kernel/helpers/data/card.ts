import { describeDataset, type DatasetEntry } from "./package.js";

/** A data card: provenance, licence, known faults, people. Shows itself as a table. */
export interface DataCard extends DatasetEntry {
  [key: symbol]: unknown;
}

/**
 * Where a data set comes from, under which licence, what is wrong with it, and who is in it.
 *
 * @throws `unknown data set: NAME`.
 * @example (await data.card("ames")).license // "MIT"
 */
export async function card(name: string): Promise<DataCard> {
  const entry = await describeDataset(name);
  const show = { value: () => ({ "text/markdown": markdown(entry), "text/plain": markdown(entry) }), enumerable: false };
  return Object.defineProperty({ ...entry }, Symbol.for("Jupyter.display"), show) as DataCard;
}

function size({ format, rows, columns, classes }: DatasetEntry): string {
  const count = rows.toLocaleString("en-US");
  if (format === "weights") return `${count} weights`;
  if (format === "images") return `${count} pictures of ${classes?.length ?? "unnamed"} classes`;
  return `${count} rows, ${columns} columns`;
}

function markdown(entry: DatasetEntry): string {
  const { package: name, registry, version } = entry.source;
  return [
    `**${entry.title}** (\`${entry.name}\`): ${size(entry)}`,
    "",
    `- **Source:** ${name} ${version} (${registry})`,
    `- **Licence:** ${entry.license}`,
    `- **Cite:** ${entry.citation}`,
    `- **Columns about who somebody is:** ${entry.protected.map((column) => `\`${column}\``).join(", ") || "none named"}`,
    ...entry.knownFaults.map((fault) => `- **Known fault:** ${fault}`),
    `- **People:** ${entry.people}`,
  ].join("\n");
}
