import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { say } from "../../../display/language.js";
import type { LabelBias } from "./label-bias.js";

/** Gives the result its look in a notebook: a row an annotator, then whom to look at. The data stay plain; the symbol is not listed. */
export function showLabelBias(result: LabelBias): LabelBias {
  const groups = Object.keys(result.labels.groups);
  const head = [say("annotator", "标注者"), say("labels", "标签数"), ...groups.map((name) => say(`positive in ${name}`, `${name} 中的正例`)), say("difference", "差值"), "p", say("p, adjusted", "校正后的 p")];
  const everyone = [say("everyone", "所有人"), result.labels.overall["count"]!, ...groups.map((name) => result.labels.groups[name]!["selectionRate"]!), result.labels.spread["selectionRate"]!.difference, result.pValue, Number.NaN];
  const rows = [everyone, ...result.annotators.map((one) => [one.annotator, one.rows, ...groups.map((name) => one.rates[name]!), one.difference, one.pValue, one.adjustedPValue])];
  const cell = (value: string | number) => (typeof value === "string" ? value : Number.isNaN(value) ? "" : number(value));
  const agreement = Object.entries(result.agreement).filter(([, share]) => !Number.isNaN(share)).map(([name, share]) => `${name} ${number(share)}`);
  const says = [
    result.suspicious.length ? say(`Look at ${result.suspicious.join(", ")}: such a difference is unlikely to be chance.`, `请查看 ${result.suspicious.join("、")}：这样的差异不太可能出于偶然。`) : say("No annotator stands out.", "没有标注者明显不同。"),
    ...(agreement.length ? [say(`Pairs of annotators agree: ${agreement.join(", ")}.`, `两两标注者的一致率：${agreement.join("，")}。`)] : []),
  ];
  const html = `<div class="lyceum-fairness"><table><caption>${say("Labels by annotator and group", "各标注者在各组的标签")}</caption><thead><tr>${head.map((name) => `<th scope="col">${escape(name)}</th>`).join("")}</tr></thead><tbody>${rows
    .map(([name, ...values]) => `<tr><th scope="row">${escape(String(name))}</th>${values.map((value) => `<td>${cell(value!)}</td>`).join("")}</tr>`).join("")}</tbody></table><ul>${says.map((one) => `<li>${escape(one)}</li>`).join("")}</ul></div>`;
  const text = [head.join(", "), ...rows.map((row) => row.map(cell).join(", ")), ...says].join("\n");
  return Object.freeze(Object.defineProperty(result, Symbol.for("Jupyter.display"), { value: () => ({ "text/html": html, "text/plain": text }), enumerable: false }));
}
