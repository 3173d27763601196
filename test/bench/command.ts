import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { findPlace } from "../../kernel/setup/place.js";
import { Problem } from "../../kernel/setup/problem.js";
import { allHold } from "./bounds.js";
import { measureKernels, measureTypes } from "./measure.js";
import { bestOf, type BenchReport } from "./report.js";
import { markdownTable } from "./table.js";
import { describeTraining, installTorch, measureTraining } from "./training/command.js";
import { holdsTraining } from "./training/table.js";

const kernels = ["lyceum", "ipykernel", "tslab", "deno"];

export const usage = `npm run bench -- [--part kernels|steps] [--peers] [--only NAMES] [--rounds N] [--quick] [--json]

Kernels: this one and others through a real Jupyter client, side by side: start, cells, loops, output, interrupt, completion,
memory, and 41 questions of conformance. Steps: training steps and predictions, compiled and not, beside stock tfjs and PyTorch.
Figures are medians. About four minutes a round, and three for the steps.

  responsible           as the first word: the helpers beside fairlearn, shap and crowd-kit, instead
  toolkit               as the first word: the learning toolkit beside scikit-learn, tokenizers and PyTorch, instead
  private               as the first word: private training beside plain, and beside Opacus, instead
  debugger              as the first word: what the visual debugger costs, instead
  --part kernels|steps  only this part; default both
  --peers               install PyTorch first, for comparison (2.6 GB to download)
  --seconds N           of each figure of a step; default 2
  --only NAMES          of ${kernels.join(",")}; default all
  --rounds N            measure N times in turn and take the best of each figure: for a busy machine; default 1
  --quick               without conformance and without the TypeScript service
  --json                the figures as one JSON object on stdout

Exit status 1: Lyceum misses a bound.`;

export async function run(args: string[]): Promise<number> {
  if (args[0] === "responsible") return (await import("./responsible/command.js")).run(args.slice(1));
  if (args[0] === "toolkit") return (await import("./toolkit/command.js")).run(args.slice(1));
  if (args[0] === "private") return (await import("./private/command.js")).run(args.slice(1));
  if (args[0] === "debugger") return (await import("./debugger/command.js")).run(args.slice(1));
  const { values } = parseArgs({
    args,
    options: { only: { type: "string" }, rounds: { type: "string", default: "1" }, quick: { type: "boolean", default: false }, json: { type: "boolean", default: false }, part: { type: "string" }, peers: { type: "boolean", default: false }, seconds: { type: "string", default: "2" } },
  });
  if (values.part !== undefined && !["kernels", "steps"].includes(values.part)) throw new Problem(`expected --part to be kernels or steps, got ${values.part}`, 2);
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Problem(`expected --seconds > 0, got ${values.seconds}`, 2);
  if (values.peers) await installTorch();
  const only = values.only?.split(",").map((name) => name.trim()) ?? kernels;
  const unknown = only.find((name) => !kernels.includes(name));
  if (unknown !== undefined) throw new Problem(`expected --only to name some of ${kernels.join(", ")}, got ${unknown}`, 2);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem(`expected --rounds >= 1, got ${values.rounds}`, 2);

  const training = values.part === "kernels" ? undefined : await measureTraining(seconds, (what) => say(`… ${what}`));
  if (training && !values.json) console.log(`${describeTraining(training)}\n`);
  if (values.part === "steps") {
    if (values.json) console.log(JSON.stringify({ training }, undefined, 2));
    return holdsTraining(training!) ? 0 : 1;
  }
  const load = [loadavg()[0]!];
  const reports: BenchReport[] = [];
  for (let round = 0; round < rounds; round++) {
    const onStep = (step: string): void => say(`… ${rounds > 1 ? `${round + 1}/${rounds} ` : ""}${step}`);
    // The answers of conformance do not change from round to round.
    reports.push(await measureKernels(findPlace(), only, { quick: values.quick || round > 0, onStep }));
    load.push(loadavg()[0]!);
  }
  const report = bestOf(reports);
  const types = values.quick || !only.includes("lyceum") ? undefined : (say("… types"), await measureTypes());
  const machine = { node: process.version, cores: cpus().length, rounds, load: load.map((one) => Number(one.toFixed(1))) };
  console.log(values.json ? JSON.stringify({ machine, ...(training && { training }), ...report, ...(types && { types }) }, undefined, 2) : describe(report, machine, types));
  return allHold(report) && (!training || holdsTraining(training)) ? 0 : 1;
}

function describe(report: BenchReport, machine: { node: string; cores: number; rounds: number; load: number[] }, types?: Record<string, number>): string {
  const busy = Math.max(...machine.load) > machine.cores / 2 ? " (the machine was busy: repeat when it is calm, or with --rounds 3)" : "";
  const how = machine.rounds > 1 ? `the best of ${machine.rounds} rounds` : "one round";
  return [
    markdownTable(report),
    "",
    `Medians, ${how}. Node ${machine.node}, ${machine.cores} cores, load ${machine.load.join(", ")}${busy}. The same loops in plain Node: ${report.node.loop} and ${report.node.float} ms.`,
    "ratio: Lyceum by the best peer whose result was whole; below 1, Lyceum is ahead. `not whole`: lines lost, late or out of order. `never`: no end came.",
    ...Object.entries(report.kernels).flatMap(([name, { missing }]) => (missing?.length ? ["", `${name} does not pass:`, ...missing.map((one) => `  ${one}`)] : [])),
    ...(types ? ["", "The TypeScript service alone, ms (memory in MB):", ...Object.entries(types).map(([name, value]) => `${value.toFixed(1).padStart(9)}  ${name}`)] : []),
  ].join("\n");
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
