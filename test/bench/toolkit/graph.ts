import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as graph from "../../../kernel/helpers/graph/index.js";
import { findPlace } from "../../../kernel/setup/place.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { projectRoot } from "../../support/root.js";
import { percentile } from "../training/alternate.js";

export const usage = `An epoch of a two-layer GCN (16 hidden units) on a graph of Cora's size beside PyTorch's sparse matrices: milliseconds, ratio, same losses.
2,708 nodes, 5,278 edges, 1,433 words, 7 classes, from a stochastic block model; forward, backward and Adam on all nodes, from the same weights.

  --rounds N            measure by turns N times and take the best median of each; default 5
  --threads N           of PyTorch; default the number of cores
  --python PATH         a Python with torch and numpy; default: that of \`bench training\`
  --json                the figures as one JSON object on stdout

Exit status 1: the compiled epoch takes more than 3 times PyTorch's, or the losses differ.`;

interface Figure {
  task: string;
  /** Milliseconds of an epoch: medians, best of the rounds. */
  ours: number;
  theirs: number;
  ratio: number;
  /** Largest relative difference of the loss after all epochs. */
  difference: number;
}

const epochs = 40;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "5" }, threads: { type: "string", default: String(cpus().length) }, python: { type: "string" }, json: { type: "boolean", default: false } } });
  const [rounds, threads] = [Number(values.rounds), Number(values.threads)];
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem(`expected --rounds >= 1, got ${values.rounds}`, 2);
  if (!Number.isInteger(threads) || threads < 1) throw new Problem(`expected --threads >= 1, got ${values.threads}`, 2);
  const python = values.python ?? join(findPlace().root, ".build/torch-venv/bin/python");
  const { figures, machine } = await measure(python, rounds, threads);
  const rows = figures.map((one) => `| ${one.task} | ${one.theirs.toFixed(2)} | ${one.ours.toFixed(2)} | ${one.ratio.toFixed(2)} | ${one.difference.toExponential(1)} |`);
  const table = ["| task | PyTorch, ms | Lyceum, ms | ratio | loss differs by |", "| --- | ---: | ---: | ---: | ---: |", ...rows, "", `Best of ${rounds} rounds by turns; below 1, Lyceum is ahead. ${Object.entries(machine).map(([key, value]) => `${key} ${String(value)}`).join(", ")}.`];
  console.log(values.json ? JSON.stringify({ machine, figures }, undefined, 2) : table.join("\n"));
  return figures[0]!.ratio > 3 || figures.some(({ difference }) => !(difference < 0.01)) ? 1 : 0;
}

async function measure(python: string, rounds: number, threads: number): Promise<{ figures: Figure[]; machine: Record<string, unknown> }> {
  const engine = await loadEngine();
  const made = graph.generate({ nodes: 2708, classes: 7, degree: (2 * 5278) / 2708, features: 1433, kind: "words", words: 18, signal: 10, homophily: 0.81 });
  const { train } = graph.splitNodes(made.labels, { perClass: 20 });
  const x = tf.tensor2d(made.x as number[][]);
  const model = graph.gcn(made.graph, { features: 1433, classes: 7, hidden: 16 });
  const first = model.variables.map((variable) => variable.dataSync().slice());
  const folder = mkdtempSync(join(tmpdir(), "lyceum-gcn-"));
  const { rowOf, columnOf, values } = graph.normalizedAdjacency(made.graph);
  const files: Record<string, ArrayBufferView> = { rows: rowOf, columns: columnOf, values, x: x.dataSync(), ...Object.fromEntries(first.map((weights, at) => [`weight${at}`, weights])) };
  for (const [name, array] of Object.entries(files)) writeFileSync(join(folder, name), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  writeFileSync(join(folder, "data.json"), JSON.stringify({ nodes: 2708, features: 1433, classes: 7, hidden: 16, labels: made.labels, train, threads }));
  const peer = spawn(python, ["-W", "ignore", join(projectRoot, "test/bench/toolkit/graph.py"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done) throw new Problem("the Python side ended early: its last words are above", 1);
    return JSON.parse(value) as T;
  };
  const best: Record<string, number> = {};
  const losses: Record<string, number> = {};
  const note = (name: string, milliseconds: number, loss: number): void => {
    best[name] = Math.min(best[name] ?? Infinity, milliseconds);
    losses[name] = loss;
  };
  try {
    const ready = await answer<object>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, compile] of [["compiled", true], ["plain", false]] as const) {
        tf.tidy(() => model.variables.forEach((variable, at) => variable.assign(tf.tensor(first[at]!, variable.shape))));
        const times: number[] = [];
        let started = performance.now();
        const onEpoch = (): void => {
          times.push(performance.now() - started);
          started = performance.now();
        };
        const { history } = await graph.fit(model, { x, labels: made.labels, train }, { epochs, compile, progress: false, onEpoch });
        note(name, percentile(times, 0.5), history["loss"]!.at(-1)!);
      }
      peer.stdin.write(`${epochs}\n`);
      for (const [name, { seconds, loss }] of Object.entries(await answer<Record<string, { seconds: number; loss: number }>>())) note(name, 1000 * seconds, loss);
    }
    const theirs = Math.min(best["COO"]!, best["CSR"]!);
    const figures = ([["compiled", "GCN epoch, compiled"], ["plain", "GCN epoch, operation by operation"]] as const).map(([name, task]) => (
      { task, ours: best[name]!, theirs, ratio: best[name]! / theirs, difference: Math.abs(losses[name]! / losses["COO"]! - 1) }));
    return { figures, machine: { node: process.version, engine: engine.label, ...ready, COO: best["COO"]!.toFixed(2), CSR: best["CSR"]!.toFixed(2), cores: cpus().length, load: loadavg()[0]!.toFixed(1) } };
  } finally {
    peer.stdin.end();
    rmSync(folder, { recursive: true, force: true });
    model.dispose();
    x.dispose();
  }
}
