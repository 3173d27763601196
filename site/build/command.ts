import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Engine } from "../../kernel/engine/contract.js";
import { buildSite } from "./site.js";

const help = `lyceum site [--out DIR] [--lesson ID]... [--engine tensorflow|wasm] [--json]

Runs the lessons and writes them as a static site, in English and Chinese, with the outputs of this run.

  --out DIR      where to write; default site/out
  --lesson ID    only this lesson, such as regression; may stand several times
  --engine NAME  tensorflow or wasm; default: the best this machine has
  --json         print what was written as JSON
`;

/** `lyceum site`: the exit code. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { out: { type: "string", default: "site/out" }, lesson: { type: "string", multiple: true }, engine: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.engine && values.engine !== "tensorflow" && values.engine !== "wasm") {
    process.stderr.write(`unknown engine: ${values.engine}; there are tensorflow, wasm\n`);
    return 2;
  }
  const live = process.stderr.isTTY;
  const report = await buildSite({
    out: resolve(values.out),
    lessons: values.lesson,
    engine: values.engine as Engine["tier"] | undefined,
    onProgress: (message) => process.stderr.write(live ? `\r\u001b[K${message}` : ""),
  });
  if (live) process.stderr.write("\r\u001b[K");
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${report.pages.length} pages in ${report.out}; open ${report.pages.find((page) => page.startsWith("en/"))}\n`);
  return 0;
}
