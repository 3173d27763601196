import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { say } from "../../../display/language.js";
import { line } from "../../plot/line.js";
import { svg } from "../../plot/svg.js";
import { duration } from "../../train/view.js";
import type { RunRecord } from "../contract.js";
import { short } from "./html.js";

/** A run shows its head, its curves, what it kept and where it was made. */
export function recordView(run: RunRecord): RunRecord {
  const show = (): object => {
    const title = `${run.experiment} / ${run.id}: ${run.status}, ${duration(run.seconds)}${run.error === undefined ? "" : `: ${run.error}`}`;
    const last = Object.entries(run.metrics).map(([name, { values, steps }]) => `${name} ${number(values.at(-1)!)} ${say(`(step ${steps.at(-1)})`, `（第 ${steps.at(-1)} 步）`)}`).join(say(", ", "，"));
    const { versions, backend, platform, seed, git, data } = run.environment;
    const facts: [string, string][] = [
      [say("parameters", "参数"), Object.entries(run.parameters).map(([name, value]) => `${name} = ${short(value)}`).join(", ")],
      [say("metrics", "指标"), last],
      [say("tags", "标签"), run.tags.join(", ")],
      [say("notes", "备注"), run.notes.join(" · ")],
      [say("artefacts", "产物"), run.artefacts.map(({ name, bytes }) => `${name} (${bytes.toLocaleString("en-US")} ${say("bytes", "字节")})`).join(", ")],
      [say("made with", "环境"), [...Object.entries(versions).map(([name, version]) => `${name} ${version}`), backend, platform, seed === undefined ? undefined : `${say("seed", "种子")} ${seed}`, git && `${say("commit", "提交")} ${git.commit.slice(0, 10)}${git.changed ? say(" with changes", "（有改动）") : ""}`, data && `${say("data", "数据")} ${data.slice(0, 12)}…`].filter(Boolean).join(", ")],
      [say("problems", "问题"), run.problems.join("; ")],
    ];
    const told = facts.filter(([, text]) => text !== "");
    const rows = told.map(([name, text]) => `<tr><th scope="row" style="text-align:left;vertical-align:top">${name}</th><td style="text-align:left">${escape(text)}</td></tr>`).join("");
    const pictures = Object.entries(run.metrics).filter(([, { values }]) => values.length > 2 && new Set(values).size > 1).slice(0, 4).map(([name, { steps, values }]) => svg(line(steps.map((step, at) => [step, values[at]!] as const), { xLabel: say("step", "步"), yLabel: name, height: 200, markers: false }), { width: 420, ink: "currentColor" })).join("");
    return { data: { "text/html": `<div class="lyceum-progress"><p><strong>${escape(title)}</strong></p><table class="lyceum-table" cellpadding="4"><tbody>${rows}</tbody></table>${pictures}</div>`, "text/plain": [title, ...told.map(([name, text]) => `${name}: ${text}`)].join("\n") }, metadata: {} };
  };
  return Object.freeze(Object.defineProperty({ ...run }, displaySymbol, { value: show }));
}
