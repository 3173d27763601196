/** Figures of the type service: `node test/bench/types.js [native|classic]`. Medians in ms, memory in MB. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeCell } from "../../kernel/cell/index.js";
import { createWorkerClient } from "../../kernel/types/node/client.js";
import { createNotebookTypes } from "../../kernel/types/service.js";

const median = (values: number[]): number => values.slice().sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};

/** Resident memory of another process; Linux only. */
function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000;
  } catch {
    return NaN;
  }
}

async function measure(implementation: "native" | "classic"): Promise<Record<string, number>> {
  const directory = mkdtempSync(join(tmpdir(), "lyceum-bench-"));
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const client = createWorkerClient(directory, implementation);
  const types = createNotebookTypes(client, "en");
  const figures: Record<string, number> = {};
  const memory = (name: string): void => {
    figures[`${name}, compiler's process`] = residentMb(client.pid());
    figures[`${name}, this process grew by`] = (process.memoryUsage().rss - before) / 1e6;
  };
  const run = async (source: string): Promise<void> => {
    const cell = { source, facts: analyzeCell(source) };
    const found = await types.check(cell);
    if (found.length > 0) throw new Error(`${source}: ${found[0]!.message}`);
    types.keep(cell);
  };
  const series = async (count: number, act: (i: number) => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) times.push(await timed(() => act(i)));
    return median(times);
  };

  await types.ready;
  figures["start to first answer"] = performance.now() - start;
  memory("after start");
  await run("const n0 = 1; const list = [1]");
  figures["check, 60 plain cells"] = await series(60, (i) => run(`const n${i + 1} = n0 + ${i};\nlist.push(n${i + 1})`));
  figures["completion, members of an array"] = await series(20, (i) => types.complete(`const k${i} = 1; list.`, `const k${i} = 1; list.`.length));
  figures["hover"] = await series(20, (i) => types.hover(`list.push(${i})`, 7));
  memory("after 60 plain cells");
  figures["first cell that mentions tf"] = await timed(() => run("const t0 = tf.tensor([1])"));
  figures["check, 60 cells that use tf"] = await series(60, (i) => run(`const t${i + 1} = tf.tensor([${i}]).add(t0).sum();\nlist.push(t${i + 1}.rank)`));
  figures["check, 20 plain cells after tf"] = await series(20, (i) => run(`const m${i} = n0 + ${i}`));
  figures["completion, members of tf"] = await series(20, (i) => types.complete(`const k${i} = tf.`, `const k${i} = tf.`.length));
  figures["hover, tf.tensor2d"] = await series(20, (i) => types.hover(`tf.tensor2d([${i}])`, 8));
  memory("after 60 cells that use tf");
  await types.dispose();
  rmSync(directory, { recursive: true, force: true });
  return figures;
}

const asked = process.argv[2];
for (const implementation of ["native", "classic"] as const) {
  if (asked && asked !== implementation) continue;
  console.log(`\n${implementation}`);
  for (const [name, value] of Object.entries(await measure(implementation))) console.log(`${value.toFixed(1).padStart(9)}  ${name}`);
}
