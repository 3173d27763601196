import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Write a notebook of code cells for the kernel under test. */
export function writeNotebook(folder: string, path: string, cells: string[]): void {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "lyceum", display_name: "TypeScript (Lyceum)", language: "typescript" }, language_info: { name: "typescript" } },
    cells: cells.map((source, index) => ({ cell_type: "code", id: `cell-${index}`, metadata: {}, execution_count: null, outputs: [], source })),
  };
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(notebook));
}
