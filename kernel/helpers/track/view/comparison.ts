import { displaySymbol } from "../../../display/contract.js";
import { say } from "../../../display/language.js";
import { duration } from "../../train/view.js";
import type { Comparison } from "../compare.js";
import { short, table, textTable, type Cell, type Column } from "./html.js";

const shownRuns = 50;

/** Parameters in which runs differ stand out, the best run has a star, and so has the best value of each metric a heavier face. */
export function comparisonView(comparison: Comparison): Comparison {
  const show = (): object => {
    const { runs, metric, mode, differing, best } = comparison;
    const parameters = Object.keys(runs[0]!.parameters);
    const ordered = [...parameters.filter((name) => differing.includes(name)), ...parameters.filter((name) => !differing.includes(name))];
    const metrics = Object.keys(runs[0]!.metrics);
    const columns: Column[] = [
      { name: say("run", "运行") },
      ...ordered.map((name): Column => ({ name, kind: "parameter", right: runs.every((run) => typeof run.parameters[name] === "number"), marked: differing.includes(name) })),
      ...metrics.map((name): Column => ({ name, kind: "metric", right: true })),
      { name: say("status", "状态") }, { name: say("time", "用时"), right: true },
    ];
    const top = new Map(metrics.map((name) => [name, extreme(runs.map((run) => run.metrics[name]), name === metric ? mode : /acc|f1|auc|precision|recall|r2|score/i.test(name) ? "max" : "min")]));
    const rows = runs.slice(0, shownRuns).map((run): Cell[] => [
      { text: `${run.id === best ? "★ " : ""}${run.id.slice(-8)}`, strong: run.id === best, title: `${run.experiment}/${run.id}` },
      ...ordered.map((name): Cell => ({ text: short(run.parameters[name]) })),
      ...metrics.map((name): Cell => ({ text: short(run.metrics[name]), strong: runs.length > 1 && name !== "learningRate" && run.metrics[name] !== undefined && run.metrics[name] === top.get(name) })),
      { text: run.status }, { text: duration(run.seconds) },
    ]);
    const parts = [
      say(`${runs.length} run${runs.length === 1 ? "" : "s"}`, `${runs.length} 次运行`) + (runs.length > shownRuns ? say(`, the first ${shownRuns}`, `，显示前 ${shownRuns} 次`) : ""),
      differing.length > 0 ? say(`differ in ${differing.join(", ")}`, `不同的参数：${differing.join("、")}`) : runs.length > 1 ? say("the same parameters", "参数相同") : "",
      best && metric ? say(`★ best by ${metric} (${mode === "min" ? "lowest" : "highest"})`, `★ 按 ${metric} 最佳（${mode === "min" ? "最低" : "最高"}）`) : "",
    ];
    const caption = parts.filter(Boolean).join(say("; ", "；"));
    return { data: { "text/html": table(caption, columns, rows), "text/plain": textTable(caption, columns, rows) }, metadata: {} };
  };
  return Object.freeze(Object.defineProperty(comparison, displaySymbol, { value: show }));
}

function extreme(values: readonly (number | undefined)[], mode: "min" | "max"): number | undefined {
  const given = values.filter((value): value is number => value !== undefined && !Number.isNaN(value));
  return given.length === 0 ? undefined : mode === "min" ? Math.min(...given) : Math.max(...given);
}
