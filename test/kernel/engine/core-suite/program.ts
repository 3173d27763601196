// Runs tfjs-core's own test-suite on one engine tier, or with each operation as a graph: node program.js TIER|graphs RESULT.json [PATTERN]
import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loadEngine, type Tier } from "../../../../kernel/engine/index.js";
import type { NodeBackend } from "../../../../kernel/engine/compile/contract.js";
import { throughGraphs } from "./graphs.js";
import type { SuiteResult } from "./result.js";

interface JasmineResult {
  fullName: string;
  status: string;
  failedExpectations: { message: string }[];
}
interface JasmineEnv {
  configure(options: object): void;
  addReporter(reporter: object): void;
  execute(): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const [way, resultFile, pattern = ""] = process.argv.slice(2) as [Tier | "graphs", string, string?];
const tier = way === "graphs" ? "tensorflow" : way;

/** The suite is written as modules without file extensions, so it is bundled first. */
async function bundleSuite(): Promise<string> {
  const core = dirname(require.resolve("@tensorflow/tfjs-core/package.json"));
  const contents = `
    import { setTestEnvs } from "./jasmine_util";
    import "./public/chained_ops/register_all_chained_ops";
    import "./register_all_gradients";
    setTestEnvs([{ name: "suite", backendName: ${JSON.stringify(tier)}, flags: {}, isDataSync: true }]);
    require("./tests");`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(core, "dist") },
    write: false, bundle: true, ignoreAnnotations: true, format: "cjs", platform: "node", logLevel: "error",
    external: ["jasmine-core/*", "node-fetch", "util", "string_decoder"],
  });
  return outputFiles[0]!.text;
}

const { tf } = await loadEngine({ tier });
const graphs = way === "graphs" ? throughGraphs(tf.backend() as unknown as NodeBackend) : undefined;
const Jasmine = require("jasmine") as new (options: object) => { env: JasmineEnv };
const { env } = new Jasmine({ projectBaseDir: process.cwd() });
const result: SuiteResult = { passed: 0, skipped: 0, failed: [] };
const wanted = new RegExp(pattern);
env.configure({ random: false, specFilter: (spec: { getFullName(): string }) => wanted.test(spec.getFullName()) });
env.addReporter({
  specDone({ fullName, status, failedExpectations }: JasmineResult) {
    if (status === "passed") result.passed += 1;
    else if (status === "failed") result.failed.push({ name: fullName, message: failedExpectations[0]?.message.slice(0, 300) ?? "" });
    else result.skipped += 1;
  },
});

const suite = new Function("require", "module", "exports", await bundleSuite()) as (...args: unknown[]) => void;
suite(require, { exports: {} }, {});
await env.execute();
writeFileSync(resultFile, JSON.stringify({ ...result, ...(graphs && { graphs: graphs() }) }));
process.exit(0);
