import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPlace } from "../../../kernel/setup/place.js";
import { oneOf } from "../../../kernel/setup/options.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { run as runProgram } from "../../../kernel/setup/run.js";
import { installTorch } from "../training/command.js";
import { measureAccounting, type AccountingRow } from "./accounting.js";
import { measurePrivate, type PrivateRow } from "./measure.js";

const usage = `npm run bench -- private [options]

What differentially private training costs beside plain training of the same model, both compiled, ms a step; and Opacus beside it. Then what an answer of the accountants costs.

  --tier NAME           tensorflow (default) or wasm
  --peers               install PyTorch and Opacus first, for comparison (2.6 GB to download)
  --seconds N           of each figure; default 3
  --json                the figures as one JSON object on stdout

Exit status 1: a bound is missed.`;

/** Times plain training of the same model: before noise, and with noise on all weights. */
const bounds: Record<string, { clipped: number; private: number }> = {
  "MLP 784-256-10, batch 256": { clipped: 1.3, private: 2.0 },
  "CNN 28x28, batch 64": { clipped: 1.3, private: 1.5 },
  "transformer block, batch 32 x 32": { clipped: 1.3, private: 1.5 },
};

interface Peer {
  name: string;
  plain: number;
  ghost?: number;
  hooks?: number;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { tier: { type: "string" }, peers: { type: "boolean", default: false }, seconds: { type: "string", default: "3" }, json: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const tier = oneOf("--tier", values.tier, ["tensorflow", "wasm"]) ?? "tensorflow";
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Problem(`expected --seconds > 0, got ${values.seconds}`, 2);
  if (values.peers) await installOpacus();
  const rows = await measurePrivate(tier, seconds, (name) => process.stderr.write(`… ${name}\n`));
  const peers = await opacus();
  const judged = rows.map((row) => ({ ...row, opacus: peers.find(({ name }) => name === row.name), holds: holds(row, tier) }));
  process.stderr.write("… accountants\n");
  const accounting = measureAccounting(seconds);
  if (values.json) console.log(JSON.stringify({ tier, rows: judged, accounting }, undefined, 2));
  else console.log(`${table(judged, tier)}\n\n${accountingTable(accounting)}`);
  return judged.every((row) => row.holds) && accounting.every(({ time, most }) => time <= most) ? 0 : 1;
}

function holds({ name, plain, clipped, private: all }: PrivateRow, tier: string): boolean {
  const bound = bounds[name];
  if (!bound) return true;
  return tier === "wasm" ? all / plain <= 1.5 : clipped / plain <= bound.clipped && all / plain <= bound.private;
}

const python = (): string => join(findPlace().root, ".build", "torch-venv", "bin", "python");

async function installOpacus(): Promise<void> {
  await installTorch();
  const { status, output } = await runProgram(python(), ["-m", "pip", "install", "-q", "--no-deps", "opacus==1.6.0", "opt_einsum", "scipy"]);
  if (status !== 0) throw new Problem(`Opacus could not be installed: ${output.trim().slice(-400)}`);
}

/** Nothing where Opacus is not installed. */
async function opacus(): Promise<Peer[]> {
  if (!existsSync(python()) || (await runProgram(python(), ["-c", "import opacus"])).status !== 0) return [];
  process.stderr.write("… Opacus\n");
  const { stdout } = await runProgram(python(), [join(findPlace().root, "test/bench/private/opacus_steps.py")]);
  return stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Peer);
}

function table(rows: (PrivateRow & { opacus: Peer | undefined; holds: boolean })[], tier: string): string {
  const ms = (value: number | undefined) => (value === undefined ? "" : value.toFixed(2));
  const times = (value: number | undefined, base: number) => (value === undefined ? "" : `${(value / base).toFixed(2)}x`);
  const lines = rows.map(({ name, plain, clipped, private: all, noise, opacus, holds }) => {
    const best = opacus && Math.min(opacus.ghost ?? Infinity, opacus.hooks ?? Infinity);
    return `| ${[name, ms(plain), `${ms(clipped)} (${times(clipped, plain)})`, `${ms(all)} (${times(all, plain)})`, ms(noise), opacus ? `${ms(best)} (${times(best, opacus.plain)})` : "", holds ? "✓" : "✗"].join(" | ")} |`;
  });
  const must = tier === "wasm" ? "Must: private at most 1.5 times plain." : "Must, in times plain: clipped at most 1.3; private at most 2.0 (MLP) and 1.5.";
  return [`| a step on ${tier}, ms | plain | clipped, no noise | private | drawing the noise | Opacus, its better mode | |`, "|---|--:|--:|--:|--:|--:|---|", ...lines, "", must].join("\n");
}

const accountingTable = (rows: AccountingRow[]): string =>
  ["| an answer, ms | median | at most | |", "|---|--:|--:|---|", ...rows.map(({ name, time, most }) => `| ${name} | ${time.toFixed(2)} | ${most} | ${time <= most ? "✓" : "✗"} |`)].join("\n");
