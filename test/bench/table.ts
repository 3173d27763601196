import { conforms, peerFigures, rows } from "./bounds.js";
import type { BenchReport } from "./report.js";

const order = ["lyceum", "ipykernel", "tslab", "deno"];

/** The report as a Markdown table. The ratio is Lyceum's figure by the best peer's: below 1, Lyceum is ahead. */
export function markdownTable(report: BenchReport): string {
  const names = order.filter((name) => report.kernels[name]);
  const { lyceum } = report.kernels;
  const lines = rows.map((row) => {
    const cells = names.map((name) => {
      const figures = report.kernels[name]!;
      const figure = row.figure(figures);
      if (figure === undefined) return "";
      const note = row.note?.(figures);
      return figure === null ? (note ?? "never") : `${round(figure)}${note ? ` (${note})` : ""}`;
    });
    const best = Math.min(...peerFigures(row, report));
    const own = lyceum && row.figure(lyceum);
    const ratio = typeof own === "number" && Number.isFinite(best) ? (own / best).toFixed(2) : "";
    return [`${row.name}, ${row.unit}`, ...cells, ratio, row.must, mark(lyceum && row.holds?.(lyceum, report))];
  });
  if (names.some((name) => report.kernels[name]?.passed !== undefined)) {
    const passed = names.map((name) => `${report.kernels[name]?.passed}/${report.kernels[name]?.applicable}`);
    lines.push(["conformance, questions passed", ...passed, "", "all", mark(lyceum && conforms(lyceum))]);
  }
  return layOut([["", ...names, "ratio", "Lyceum must", ""], ...lines]);
}

function mark(holds: boolean | undefined): string {
  return holds === undefined ? "" : holds ? "✓" : "✗";
}

function round(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toFixed(1);
}

/** Columns of even width, numbers to the right. */
export function layOut(table: string[][]): string {
  const widths = table[0]!.map((_, column) => Math.max(3, ...table.map((row) => row[column]!.length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  const [head, ...body] = table;
  return [line(head!), rule, ...body.map(line)].join("\n");
}
