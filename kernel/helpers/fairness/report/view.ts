import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { svg } from "../../plot/svg.js";
import type { Stratum } from "../measure/by-group.js";
import type { Report } from "./report.js";
import { metricWords, phrases } from "./words.js";

/** Gives a report its look: plain HTML and SVG, no script, so that it stays in the saved notebook. */
export function show(report: Report): Report {
  return Object.freeze(Object.defineProperty(report, Symbol.for("Jupyter.display"), { value: () => ({ "text/html": html(report), "text/plain": text(report) }), enumerable: false }));
}

const text = ({ title, sentences, warnings }: Report): string => [title, ...warnings.map((one) => `! ${one}`), ...sentences.map((one) => `- ${one}`)].join("\n");

function html(report: Report): string {
  const words = phrases[report.language];
  const list = (items: readonly string[]) => `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join("")}</ul>`;
  const pictures = report.figures.map((figure) => svg(figure, { width: 640, ink: "currentColor" })).join("");
  const strata = Object.entries(report.table.strata).map(([level, stratum]) => table(level, stratum, report)).join("");
  const warnings = report.warnings.length ? `<h4>${words.warnings}</h4>${list(report.warnings)}` : "";
  return `<section class="lyceum-fairness" lang="${report.language}"><h3>${escape(report.title)}</h3>${table(words.byMetric, report.table, report)}${strata}${warnings}<h4>${words.reading}</h4>${list(report.sentences)}${pictures}</section>`;
}

function table(caption: string, stratum: Stratum, { table: { metrics }, language }: Report): string {
  const words = phrases[language];
  const heads = metrics.map((name) => (name === "count" ? words.rows : metricWords[name as keyof typeof metricWords][language]));
  const row = (name: string, values: readonly number[], intervals?: readonly (readonly [number, number])[]) =>
    `<tr><th scope="row">${escape(name)}</th>${values.map((value, m) => `<td>${number(value, 3)}${intervals ? `<br><small>[${number(intervals[m][0], 3)},&nbsp;${number(intervals[m][1], 3)}]</small>` : ""}</td>`).join("")}</tr>`;
  const groups = Object.entries(stratum.groups).map(([name, values]) => row(name, metrics.map((m) => values[m]), stratum.intervals && metrics.map((m) => stratum.intervals!.groups[name][m])));
  return `<table><caption>${escape(caption)}</caption><thead><tr><th scope="col">${words.group}</th>${heads.map((head) => `<th scope="col">${escape(head)}</th>`).join("")}</tr></thead><tbody>${groups.join("")}`
    + `${row(words.difference, metrics.map((m) => stratum.spread[m].difference))}${row(words.ratio, metrics.map((m) => stratum.spread[m].ratio))}</tbody></table>`;
}
