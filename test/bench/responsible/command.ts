import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPlace } from "../../../kernel/setup/place.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { tasksFrom, type Task } from "./ours.js";
import { peersPython, startPeers, type Peers } from "./peers.js";

export const usage = `npm run bench -- responsible [--rounds N] [--json]

The helpers of responsible AI beside the Python packages that people use (fairlearn, shap, crowd-kit), on the same inputs:
seconds, ratio, and whether the answers agree. The packages are installed into .build at the first use, about 1 GB. Then one or two minutes a round.

  --rounds N            measure by turns N times and take the best of each; default 3
  --json                the figures as one JSON object on stdout

Exit status 1: an answer differs.`;

interface Figure {
  task: string;
  what: string;
  peer: string;
  /** Seconds, best of the rounds. */
  ours: number;
  theirs: number;
  /** Ours by theirs; below 1, Lyceum is ahead. */
  ratio: number;
  /** Largest difference between the two answers, and what is allowed. */
  difference: number;
  within: number;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "3" }, json: { type: "boolean", default: false } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem(`expected --rounds >= 1, got ${values.rounds}`, 2);
  const { root } = findPlace();
  const say = (what: string): void => void process.stderr.write(`… ${what}\n`);
  const python = await peersPython(root, say);
  const folder = mkdtempSync(join(tmpdir(), "lyceum-bench-"));
  say("inputs");
  let peers: Peers | undefined;
  try {
    peers = await startPeers(root, python, folder);
    const figures: Figure[] = [];
    for (const task of tasksFrom(folder)) {
      say(task.what);
      figures.push(await measure(task, peers, rounds));
    }
    const machine = { node: process.version, cores: cpus().length, load: Number(loadavg()[0]!.toFixed(1)), ...peers.versions };
    console.log(values.json ? JSON.stringify({ machine, figures }, undefined, 2) : describe(figures, machine, rounds));
    return figures.every(({ difference, within }) => difference <= within) ? 0 : 1;
  } finally {
    peers?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By turns, so that a busy machine is unfair to both alike. */
async function measure({ name, what, peer, within, run }: Task, peers: Peers, rounds: number): Promise<Figure> {
  let [ours, theirs, difference] = [Infinity, Infinity, 0];
  for (let round = 0; round < rounds; round++) {
    const other = await peers.ask(name);
    const started = performance.now();
    const result = await run();
    ours = Math.min(ours, (performance.now() - started) / 1000);
    theirs = Math.min(theirs, other.seconds);
    difference = Math.max(difference, largestDifference(result, other.result));
  }
  return { task: name, what, peer, ours, theirs, ratio: ours / theirs, difference, within };
}

/** Infinity where the shapes differ or a number is missing. */
function largestDifference(a: number[][], b: number[][]): number {
  if (a.length !== b.length || a.some((row, at) => row.length !== b[at]!.length)) return Infinity;
  let most = 0;
  for (const [at, row] of a.entries()) for (const [k, value] of row.entries()) {
    const gap = Math.abs(value - b[at]![k]!);
    if (!(gap <= most)) most = Number.isNaN(gap) ? Infinity : gap;
  }
  return most;
}

function describe(figures: Figure[], machine: Record<string, unknown>, rounds: number): string {
  const rows = figures.map(({ what, peer, ours, theirs, ratio, difference, within }) =>
    `| ${what} | ${peer} | ${theirs.toFixed(3)} | ${ours.toFixed(3)} | ${ratio.toFixed(2)} | ${difference <= within ? "yes" : "NO"}, ${difference.toExponential(1)} |`);
  return [
    "| task | package | its seconds | Lyceum | ratio | same answer, largest difference |", "| --- | --- | ---: | ---: | ---: | --- |", ...rows, "",
    `Best of ${rounds} rounds by turns; below 1, Lyceum is ahead. ${Object.entries(machine).map(([key, value]) => `${key} ${String(value)}`).join(", ")}.`,
  ].join("\n");
}
