import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { line } from "../../plot/line.js";
import { svg } from "../../plot/svg.js";
import { duration } from "../../train/view.js";
import type { RunRecord } from "../contract.js";
import { short } from "./html.js";

/** A run shows its head, its curves, what it kept and where it was made. */
export function recordView(run: RunRecord): RunRecord {
  const show = (): object => {
    const title = `${run.experiment} / ${run.id}: ${run.status}, ${duration(run.seconds)}${run.error === undefined ? "" : `: ${run.error}`}`;
    const last = Object.entries(run.metrics).map(([name, { values, steps }]) => `${name} ${number(values.at(-1)!)} (step ${steps.at(-1)})`).join(", ");
    const { versions, backend, platform, seed, git, data } = run.environment;
    const facts: [string, string][] = [
      ["parameters", Object.entries(run.parameters).map(([name, value]) => `${name} = ${short(value)}`).join(", ")],
      ["metrics", last],
      ["tags", run.tags.join(", ")],
      ["notes", run.notes.join(" · ")],
      ["artefacts", run.artefacts.map(({ name, bytes }) => `${name} (${bytes.toLocaleString("en-US")} bytes)`).join(", ")],
      ["made with", [...Object.entries(versions).map(([name, version]) => `${name} ${version}`), backend, platform, seed === undefined ? undefined : `seed ${seed}`, git && `commit ${git.commit.slice(0, 10)}${git.changed ? " with changes" : ""}`, data && `data ${data.slice(0, 12)}…`].filter(Boolean).join(", ")],
      ["problems", run.problems.join("; ")],
    ];
    const told = facts.filter(([, text]) => text !== "");
    const rows = told.map(([name, text]) => `<tr><th scope="row" style="text-align:left;vertical-align:top">${name}</th><td style="text-align:left">${escape(text)}</td></tr>`).join("");
    const pictures = Object.entries(run.metrics).filter(([, { values }]) => values.length > 2 && new Set(values).size > 1).slice(0, 4).map(([name, { steps, values }]) => svg(line(steps.map((step, at) => [step, values[at]!] as const), { xLabel: "step", yLabel: name, height: 200, markers: false }), { width: 420, ink: "currentColor" })).join("");
    return { data: { "text/html": `<div class="lyceum-progress"><p><strong>${escape(title)}</strong></p><table class="lyceum-table" cellpadding="4"><tbody>${rows}</tbody></table>${pictures}</div>`, "text/plain": [title, ...told.map(([name, text]) => `${name}: ${text}`)].join("\n") }, metadata: {} };
  };
  return Object.freeze(Object.defineProperty({ ...run }, displaySymbol, { value: show }));
}
