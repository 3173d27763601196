import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as text from "../../../kernel/helpers/text/index.js";
import { findPlace } from "../../../kernel/setup/place.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { tokenizersPython } from "./peers.js";
import { projectRoot } from "../../support/root.js";

export interface Figure {
  what: string;
  /** Seconds, best of the rounds. */
  ours: number;
  theirs: number;
  ratio: number;
  same: boolean;
}

/** This project's own sources and pages: code, English and Chinese. */
function corpus(most = 2_000_000): string[] {
  const files = ["kernel", "docs", "lessons", "site", "README.md", "README.zh.md"].flatMap((name) => (name.endsWith(".md") ? [name] : readdirSync(join(projectRoot, name), { recursive: true, encoding: "utf8" }).sort().filter((file) => /\.(md|ts|ipynb)$/.test(file)).map((file) => join(name, file))));
  const out: string[] = [];
  let size = 0;
  for (const file of files) {
    if (size > most) break;
    const lines = readFileSync(join(projectRoot, file), "utf8").split(/(?<=\n)/);
    size += lines.reduce((sum, { length }) => sum + length, 0);
    out.push(...lines);
  }
  return out;
}

/** BPE and WordPiece beside Hugging Face tokenizers on the same lines, by turns. `python` has tokenizers installed. */
export function measureText(python: string, rounds = 3): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-text-"));
  try {
    const lines = corpus();
    writeFileSync(join(folder, "lines.json"), JSON.stringify(lines));
    const best: Record<string, { ours: number; theirs: number; same: boolean }> = {};
    for (let round = 0; round < rounds; round++) {
      const peer = spawnSync(python, [join(projectRoot, "test/bench/toolkit/text.py"), folder], { encoding: "utf8" });
      if (peer.status !== 0) throw new Error(`test/bench/toolkit/text.py ended with ${peer.status}:\n${peer.stderr}`);
      const theirs = JSON.parse(peer.stdout) as Record<string, { seconds: number; sum: number }>;
      const note = (name: string, work: () => number): void => {
        const started = performance.now();
        const sum = work();
        const seconds = (performance.now() - started) / 1000;
        const before = best[name];
        best[name] = { ours: Math.min(before?.ours ?? Infinity, seconds), theirs: Math.min(before?.theirs ?? Infinity, theirs[name]!.seconds), same: (before?.same ?? true) && sum === theirs[name]!.sum };
      };
      let bpe!: text.Tokenizer;
      note("train byte-level BPE, 8,000 tokens", () => {
        bpe = text.trainBpe(lines, { vocabSize: 8000 });
        return (bpe.toJSON().model as unknown as { merges: unknown[] }).merges.length;
      });
      const json = readFileSync(join(folder, "bert.json"), "utf8");
      const count = (t: text.Tokenizer, texts: readonly string[]) => texts.reduce((sum, line) => sum + t.encode(line).ids.reduce((a, b) => a + b, 0), 0);
      note("encode line by line, byte-level BPE", () => count(text.tokenizer(JSON.stringify(bpe)), lines));
      note("encode line by line, WordPiece (BERT uncased)", () => count(text.tokenizer(json), lines));
      const whole = [lines.join("")];
      note("encode one long text, byte-level BPE", () => count(text.tokenizer(JSON.stringify(bpe)), whole));
    }
    return Object.entries(best).map(([what, { ours, theirs, same }]) => ({ what, ours, theirs, ratio: ours / theirs, same }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds for 120 tokens by a small GPT with the cache of keys and values and without; the engine is loaded before. */
export async function measureCache(rounds = 3): Promise<{ withCache: number; without: number; speedUp: number; same: boolean }> {
  const gpt = text.decoder({ vocabSize: 500, positions: 128, width: 64, heads: 4, layers: 2, initialDeviation: 0.2 });
  const run = async (cache: boolean): Promise<{ seconds: number; ids: string }> => {
    const started = performance.now();
    const { ids } = await text.complete(gpt, [1, 2, 3], { maxTokens: 120, temperature: 0, cache });
    return { seconds: (performance.now() - started) / 1000, ids: ids.join() };
  };
  const best = { withCache: Infinity, without: Infinity, same: true };
  for (let round = 0; round < rounds; round++) {
    const [fast, slow] = [await run(true), await run(false)];
    best.withCache = Math.min(best.withCache, fast.seconds);
    best.without = Math.min(best.without, slow.seconds);
    best.same &&= fast.ids === slow.ids;
  }
  gpt.dispose();
  return { ...best, speedUp: best.without / best.withCache };
}

export const describe = (figures: readonly Figure[]): string =>
  ["| task | tokenizers, s | Lyceum, s | ratio | same answer |", "| --- | ---: | ---: | ---: | --- |", ...figures.map(({ what, ours, theirs, ratio, same }) => `| ${what} | ${theirs.toFixed(3)} | ${ours.toFixed(3)} | ${ratio.toFixed(2)} | ${same ? "yes" : "NO"} |`)].join("\n");

export const usage = `Tokenizers beside Hugging Face's on this project's own texts, and writing with the cache of keys and values beside writing without.

  --rounds N            by turns N times, the best of each; default 3
  --json                the figures as one JSON object on stdout

Exit status 1: more than 3 times tokenizers' time, or another answer.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "3" }, json: { type: "boolean", default: false } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem(`expected --rounds >= 1, got ${values.rounds}`, 2);
  const figures = measureText(await tokenizersPython(findPlace().root, (what) => void process.stderr.write(`… ${what}\n`)), rounds);
  await loadEngine();
  const cache = await measureCache(rounds);
  if (values.json) console.log(JSON.stringify({ figures, cache }, undefined, 2));
  else console.log(`${describe(figures)}\n\n120 tokens by a small GPT: ${cache.withCache.toFixed(3)} s with the cache, ${cache.without.toFixed(3)} s without, ${cache.speedUp.toFixed(1)} times as fast, ${cache.same ? "the same tokens" : "OTHER TOKENS"}`);
  return figures.every(({ ratio, same }) => ratio <= 3 && same) && cache.same ? 0 : 1;
}
