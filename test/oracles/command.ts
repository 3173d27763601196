import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../kernel/setup/problem.js";
import { projectRoot } from "../support/root.js";
import { loadAdapters, readOracles, runCase } from "./run.js";

export const usage = `npm run oracles -- [FILE or FOLDER...] [--json]

Asks the helpers what trusted packages were asked, and compares: a line a case, then \`N passed, N failed\`.
Default: the project's own reference numbers, test/oracles.`;

export async function run(args: string[]): Promise<number> {
  const json = args.includes("--json");
  const paths = args.filter((arg) => arg !== "--json");
  for (const path of paths) if (path.startsWith("-") || !existsSync(path)) throw new Problem(`expected a file or folder of reference numbers, got ${path}`, 2);
  const adapters = await loadAdapters();
  const results = [];
  for (const path of paths.length ? paths : [join(projectRoot, "test/oracles")]) {
    for (const { file, oracle } of readOracles(path)) {
      for (const one of oracle.cases) {
        const result = await runCase(file, one, adapters);
        results.push(result);
        if (!json) console.log(`${result.problem === undefined ? "✓" : "✗"} ${file}: ${result.name} (${result.milliseconds.toFixed(0)} ms)${result.problem === undefined ? "" : `\n    ${result.problem}`}`);
      }
    }
  }
  const failed = results.filter(({ problem }) => problem !== undefined).length;
  if (json) console.log(JSON.stringify(results, null, 2));
  else console.log(`\n${results.length - failed} passed, ${failed} failed`);
  return failed > 0 || results.length === 0 ? 1 : 0;
}
