import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as nn from "../../../kernel/helpers/nn/index.js";
import { findPlace } from "../../../kernel/setup/place.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { peersPython } from "../responsible/peers.js";

export const usage = `Classic models of \`nn\` beside scikit-learn, 5,000 rows x 20 columns, one thread each: seconds, ratio, and the score on 5,000 other rows.

  --rounds N            measure by turns N times and take the best of each; default 5 (the first is slow here: not yet compiled)
  --python PATH         a Python with scikit-learn; default: that of \`bench responsible\`
  --json                the figures as one JSON object on stdout

Exit status 1: a ratio above 3 for trees and forests (the others are told, not judged: scikit-learn's are matrix products), or a score 3% below scikit-learn's.`;

interface Task {
  name: string;
  run(): number;
}

interface Figure {
  task: string;
  ours: number;
  theirs: number;
  ratio: number;
  score: number;
  theirScore: number;
}

function tasks(folder: string): Task[] {
  const { x, y, number, test, testY, testNumber } = JSON.parse(readFileSync(join(folder, "data.json"), "utf8")) as Record<string, any>;
  const few = (rows: number[][]) => rows.map((row) => row.slice(0, 3));
  const fits: Record<string, () => { predict(rows: number[][]): unknown[]; inertia?: number }> = {
    "tree gini": () => nn.decisionTree({ x, y }),
    "tree entropy": () => nn.decisionTree({ x, y }, { criterion: "entropy" }),
    "tree regression": () => nn.regressionTree({ x, y: number }),
    forest: () => nn.randomForest({ x, y }),
    "forest with out-of-bag": () => nn.randomForest({ x, y }),
    "forest regression": () => nn.regressionForest({ x, y: number }, { trees: 20 }),
    logistic: () => nn.logisticRegression({ x, y }),
    knn: () => nn.knn({ x, y }),
    "knn 3 columns": () => nn.knn({ x: few(x), y }),
    "k-means": () => nn.kMeans(x, { k: 8, restarts: 3 }),
  };
  return Object.entries(fits).flatMap(([name, fit]) => {
    let model: ReturnType<typeof fit>;
    const rows = name === "knn 3 columns" ? few(test) : test;
    const mean = testNumber.reduce((a: number, b: number) => a + b, 0) / testNumber.length;
    const spread = testNumber.reduce((sum: number, value: number) => sum + (value - mean) ** 2, 0);
    const task = { name: `fit ${name}`, run: () => (model = fit()).inertia === undefined ? 0 : -model.inertia };
    if (name === "k-means") return [task];
    return [task, {
      name: `predict ${name}`,
      run: () => {
        const said = model.predict(rows) as number[];
        if (!name.endsWith("regression")) return said.reduce((sum, one, at) => sum + Number(one === testY[at]), 0) / said.length;
        return 1 - said.reduce((sum, one, at) => sum + (one - testNumber[at]) ** 2, 0) / spread;
      },
    }];
  });
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "5" }, python: { type: "string" }, json: { type: "boolean", default: false } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem(`expected --rounds >= 1, got ${values.rounds}`, 2);
  const { root } = findPlace();
  const python = values.python ?? (await peersPython(root, (what) => void process.stderr.write(`… ${what}\n`)));
  const folder = mkdtempSync(join(tmpdir(), "lyceum-bench-nn-"));
  const child = spawn(python, [join(root, "test/bench/toolkit/nn.py"), folder], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" } });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async <T>(): Promise<T> => {
      const { value, done } = await lines.next();
      if (done) throw new Problem("the Python side ended early: its last words are above", 1);
      return JSON.parse(value) as T;
    };
    const { ready } = await next<{ ready: string }>();
    const figures: Figure[] = [];
    for (const task of tasks(folder)) {
      process.stderr.write(`… ${task.name}\n`);
      const figure: Figure = { task: task.name, ours: Infinity, theirs: Infinity, ratio: 0, score: 0, theirScore: 0 };
      // By turns, so that a busy machine is unfair to both alike.
      for (let round = 0; round < rounds; round++) {
        child.stdin.write(`${task.name}\n`);
        const other = await next<{ seconds: number; score: number }>();
        const started = performance.now();
        figure.score = task.run();
        figure.ours = Math.min(figure.ours, (performance.now() - started) / 1000);
        figure.theirs = Math.min(figure.theirs, other.seconds);
        figure.theirScore = other.score;
      }
      figures.push({ ...figure, ratio: figure.ours / figure.theirs });
    }
    const machine = { node: process.version, sklearn: ready, cores: cpus().length, load: Number(loadavg()[0]!.toFixed(1)) };
    console.log(values.json ? JSON.stringify({ machine, figures }, undefined, 2) : describe(figures, machine, rounds));
    const worse = ({ score, theirScore }: Figure) => theirScore - score > Math.max(0.03, 0.03 * Math.abs(theirScore));
    return figures.some((figure) => (figure.ratio > 3 && /tree|forest/.test(figure.task)) || worse(figure)) ? 1 : 0;
  } finally {
    child.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe(figures: readonly Figure[], machine: Record<string, unknown>, rounds: number): string {
  const score = (value: number) => (value === 0 ? "" : value.toPrecision(4));
  const rows = figures.map((one) => `| ${one.task} | ${one.theirs.toFixed(4)} | ${one.ours.toFixed(4)} | ${one.ratio.toFixed(2)} | ${score(one.theirScore)} | ${score(one.score)} |`);
  return ["| task | scikit-learn, s | Lyceum, s | ratio | its score | ours |", "| --- | ---: | ---: | ---: | ---: | ---: |", ...rows, "", `Best of ${rounds} rounds by turns; below 1, Lyceum is ahead. ${Object.entries(machine).map(([key, value]) => `${key} ${String(value)}`).join(", ")}.`].join("\n");
}
