import type { Artefact, Line, RunRecord, Series, Status } from "./contract.js";

/** JSON has no NaN and no infinity: words stand for them. */
const words: Record<string, number> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };

export const lineOf = (line: Line): string => `${JSON.stringify(line, (_key, value: unknown) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value))}\n`;

/**
 * A run from the text of its file. A last line without its end is left out: its writer was killed. Other lines that cannot be read are left out and told.
 */
export function readLines(text: string, place: { experiment: string; id: string }): RunRecord {
  const lines = text.split("\n");
  lines.pop();
  const problems: string[] = [];
  const metrics = new Map<string, { steps: number[]; values: number[]; times: number[] }>();
  const artefacts = new Map<string, Artefact>();
  let [parameters, tags, notes]: [RunRecord["parameters"], string[], string[]] = [{}, [], []];
  let start: Extract<Line, { event: "start" }> | undefined;
  let [status, error]: [Status, string | undefined] = ["unfinished", undefined];
  let last = "";

  function take(line: Line): void {
    if (typeof line?.time === "string") last = line.time;
    switch (line?.event) {
      case "start":
        start ??= line;
        parameters = { ...parameters, ...line.parameters };
        tags = [...new Set([...tags, ...line.tags])];
        // A run that goes on after a break is not at its end.
        [status, error] = ["unfinished", undefined];
        break;
      case "metrics": {
        const seconds = start ? (Date.parse(line.time) - Date.parse(start.time)) / 1000 : 0;
        for (const [name, value] of Object.entries(line.values)) {
          const series = metrics.get(name) ?? { steps: [], values: [], times: [] };
          metrics.set(name, series);
          series.steps.push(line.step);
          series.values.push(typeof value === "string" ? (words[value] ?? Number.NaN) : value);
          series.times.push(seconds);
        }
        break;
      }
      case "parameters": parameters = { ...parameters, ...line.values }; break;
      case "tags": tags = [...new Set([...tags, ...line.tags])]; break;
      case "note": notes.push(line.text); break;
      case "artefact": artefacts.set(line.name, { name: line.name, bytes: line.bytes, sha256: line.sha256 }); break;
      case "end": [status, error] = [line.status, line.error]; break;
      default: throw new Error(`unknown event: ${String((line as { event?: unknown } | null)?.event)}`);
    }
  }

  lines.forEach((line, at) => {
    if (line === "") return;
    try {
      take(JSON.parse(line) as Line);
    } catch (problem) {
      problems.push(`line ${at + 1}: ${(problem as Error).message}`);
    }
  });
  if (!start) problems.push("no start of the run");
  const started = start?.time ?? last;
  return Object.freeze({
    ...place, status, started, seconds: Math.max(0, (Date.parse(last) - Date.parse(started)) / 1000) || 0, parameters: Object.freeze(parameters),
    metrics: Object.freeze(Object.fromEntries([...metrics].map(([name, { steps, values, times }]): [string, Series] => [name, Object.freeze({ steps: Object.freeze(steps), values: Object.freeze(values), times: Object.freeze(times) })]))),
    tags: Object.freeze(tags), notes: Object.freeze(notes), artefacts: Object.freeze([...artefacts.values()]), environment: start?.environment ?? { versions: {} }, ...(error !== undefined && { error }), problems: Object.freeze(problems),
  });
}
