import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { startKernel, type Execution, type Kernel, type StartOptions } from "../../support/jupyter.js";
import { projectRoot } from "../../support/root.js";

/** The stock tslab kernel, as its own installer writes the kernelspec. */
export const tslabSpec = {
  argv: [process.execPath, join(projectRoot, "node_modules/tslab/bin/tslab"), "kernel", "--config-path={connection_file}"],
  display_name: "TypeScript",
  language: "typescript",
};

export const startTslab = (options: StartOptions = {}): Promise<Kernel> => startKernel({ spec: tslabSpec, timeout: 60_000, ...options });

/** Code cells of test/fixtures/tslab/NAME.ipynb. */
export function codeCells(name: string): string[] {
  const { cells } = JSON.parse(readFileSync(join(projectRoot, "test/fixtures/tslab", `${name}.ipynb`), "utf8")) as { cells: { cell_type: string; source: string }[] };
  return cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.source);
}

/** What a reader sees of a cell, colours aside. tslab prints the last value, Jupyter's own way is a result: both read as text. */
export function seen(cell: Execution): { status: string; text: string; stderr: string; shown: Record<string, unknown>[] } {
  const result = cell.result?.data["text/plain"];
  return { status: cell.status, text: stripVTControlCharacters(cell.stdout + (result === undefined ? "" : `${String(result)}\n`)), stderr: stripVTControlCharacters(cell.stderr), shown: shownIn(cell) };
}

/** Display data in order; a later update replaces what its display showed. */
function shownIn(cell: Execution): Record<string, unknown>[] {
  const order: { id?: string; data: Record<string, unknown> }[] = [];
  for (const { type, content } of cell.messages) {
    if (type !== "display_data" && type !== "update_display_data") continue;
    const { data, transient } = content as { data: Record<string, unknown>; transient?: { display_id?: string } };
    const earlier = type === "update_display_data" ? order.find(({ id }) => id === transient?.display_id) : undefined;
    if (earlier) earlier.data = data;
    else order.push({ id: transient?.display_id, data });
  }
  return order.map(({ data }) => data);
}
