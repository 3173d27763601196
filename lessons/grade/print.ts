import { csvFormatRows } from "d3-dsv";
import type { GradeReport } from "./report.js";

/** One row a submission, one column a task, as schools' systems read it. */
export function csv(reports: readonly GradeReport[]): string {
  const columns = [...new Set(reports.flatMap((report) => report.tasks.map((task) => `${report.lesson}.${task.id}`)))];
  const head = ["file", "student", "lesson", "status", ...columns, "points", "of", "repairs", "problem"];
  const rows = reports.map((report) => {
    const marks = new Map(report.tasks.map((task) => [`${report.lesson}.${task.id}`, `${task.points}`]));
    const repairs = report.repairs.map(({ kind, cell }) => `${kind} ${cell}`).join("; ");
    return [report.file, report.student, report.lesson, report.status, ...columns.map((column) => marks.get(column) ?? ""), `${report.points}`, `${report.of}`, repairs, report.problem ?? ""].map(harmless);
  });
  return `${csvFormatRows([head, ...rows])}\n`;
}

/** A table for people: marks, then what was repaired or went wrong. */
export function table(reports: readonly GradeReport[]): string {
  const rows = reports.map((report) => [report.student, report.lesson || "-", report.tasks.length ? `${report.points} of ${report.of}` : "-", report.status, report.tasks.map(short).join(" ")]);
  const head = ["student", "lesson", "points", "status", "tasks (points/of, ○ not started, ! stopped)"];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => width(row[column]!))));
  const lines = [head, ...rows].map((row) => row.map((text, column) => text + " ".repeat(widths[column]! - width(text))).join("  ").trimEnd());
  const notes = reports.flatMap((report) => [
    ...(report.problem ? [`${report.student}: ${report.problem}`] : []),
    ...report.repairs.map(({ kind, cell, text }) => `${report.student}: ${kind} ${cell} (${text})`),
  ]);
  return `${[...lines, ...(notes.length ? ["", ...notes] : [])].join("\n")}\n`;
}

function short({ id, status, points, of }: GradeReport["tasks"][number]): string {
  const sign = status === "not-started" ? "○" : status === "passed" || status === "failed" || status === "missing" || status === "threw" ? "" : `!${status}`;
  return `${id}:${points}/${of}${sign}`;
}

/** A spreadsheet runs a cell that starts like a formula; file and student names are the learner's to choose. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

/** Columns of a terminal: Chinese characters take two. */
const width = (text: string): number => [...text].reduce((sum, character) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(character) ? 2 : 1), 0);
