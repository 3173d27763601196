import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import type { LabelBias } from "./label-bias.js";

/** Gives the result its look in a notebook: a row an annotator, then whom to look at. The data stay plain; the symbol is not listed. */
export function showLabelBias(result: LabelBias): LabelBias {
  const groups = Object.keys(result.labels.groups);
  const head = ["annotator", "labels", ...groups.map((name) => `positive in ${name}`), "difference", "p", "p, adjusted"];
  const everyone = ["everyone", result.labels.overall["count"]!, ...groups.map((name) => result.labels.groups[name]!["selectionRate"]!), result.labels.spread["selectionRate"]!.difference, result.pValue, Number.NaN];
  const rows = [everyone, ...result.annotators.map((one) => [one.annotator, one.rows, ...groups.map((name) => one.rates[name]!), one.difference, one.pValue, one.adjustedPValue])];
  const cell = (value: string | number) => (typeof value === "string" ? value : Number.isNaN(value) ? "" : number(value));
  const agreement = Object.entries(result.agreement).filter(([, share]) => !Number.isNaN(share)).map(([name, share]) => `${name} ${number(share)}`);
  const says = [
    result.suspicious.length ? `Look at ${result.suspicious.join(", ")}: such a difference is unlikely to be chance.` : "No annotator stands out.",
    ...(agreement.length ? [`Pairs of annotators agree: ${agreement.join(", ")}.`] : []),
  ];
  const html = `<div class="lyceum-fairness"><table><caption>Labels by annotator and group</caption><thead><tr>${head.map((name) => `<th scope="col">${escape(name)}</th>`).join("")}</tr></thead><tbody>${rows
    .map(([name, ...values]) => `<tr><th scope="row">${escape(String(name))}</th>${values.map((value) => `<td>${cell(value!)}</td>`).join("")}</tr>`).join("")}</tbody></table><ul>${says.map((one) => `<li>${escape(one)}</li>`).join("")}</ul></div>`;
  const text = [head.join(", "), ...rows.map((row) => row.map(cell).join(", ")), ...says].join("\n");
  return Object.freeze(Object.defineProperty(result, Symbol.for("Jupyter.display"), { value: () => ({ "text/html": html, "text/plain": text }), enumerable: false }));
}
