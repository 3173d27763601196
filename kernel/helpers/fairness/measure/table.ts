import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import type { ByGroup, Stratum } from "./by-group.js";

/** Gives the result its look in a notebook: a table of groups and metrics, then the warnings. The data stay plain; the symbol is not listed. */
export function showTable(result: ByGroup): ByGroup {
  const bundle = () => ({ "text/html": html(result), "text/plain": text(result) });
  return Object.freeze(Object.defineProperty(result, Symbol.for("Jupyter.display"), { value: bundle, enumerable: false }));
}

type Row = readonly [name: string, values: readonly number[]];

function rowsOf({ overall, groups, spread }: Stratum, metrics: readonly string[]): Row[] {
  return [
    [say("overall", "总体"), metrics.map((m) => overall[m])],
    ...Object.entries(groups).map(([name, values]): Row => [name, metrics.map((m) => values[m])]),
    [say("difference (max - min)", "差值（最大 − 最小）"), metrics.map((m) => spread[m].difference)],
    [say("ratio (min / max)", "比值（最小 / 最大）"), metrics.map((m) => spread[m].ratio)],
  ];
}

function text(result: ByGroup): string {
  const block = (name: string, stratum: Stratum) => [`${name}: ${result.metrics.join(", ")}`, ...rowsOf(stratum, result.metrics).map(([row, values]) => `  ${row}: ${values.map((v) => number(v)).join(", ")}`)];
  return [...block(say("by group", "按组"), result), ...Object.entries(result.strata).flatMap(([level, stratum]) => block(level, stratum)), ...result.warnings.map(({ message }) => `! ${message}`)].join("\n");
}

function html(result: ByGroup): string {
  const table = (caption: string, stratum: Stratum) => `<table><caption>${escape(caption)}</caption><thead><tr><th scope="col">${say("group", "组")}</th>${result.metrics.map((m) => `<th scope="col">${escape(m)}</th>`).join("")}</tr></thead><tbody>${rowsOf(stratum, result.metrics)
    .map(([name, values]) => `<tr><th scope="row">${escape(name)}</th>${values.map((v) => `<td>${number(v)}</td>`).join("")}</tr>`).join("")}</tbody></table>`;
  const warnings = result.warnings.length ? `<ul>${result.warnings.map(({ message }) => `<li>${escape(message)}</li>`).join("")}</ul>` : "";
  return `<div class="lyceum-fairness">${table(say(`${result.rows.toLocaleString("en-US")} rows by group`, `按组统计，共 ${result.rows.toLocaleString("en-US")} 行`), result)}${Object.entries(result.strata).map(([level, stratum]) => table(level, stratum)).join("")}${warnings}</div>`;
}
