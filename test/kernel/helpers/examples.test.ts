import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { transform } from "sucrase";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as lyceum from "../../../kernel/index.js";
import { projectRoot } from "../../support/root.js";

/** Rooms whose older examples carry prose beside their numbers; their own tests hold them. */
const elsewhere = ["data", "plot", "train"];
const folder = join(projectRoot, "kernel/helpers");
const subjects = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !elsewhere.includes(entry.name)).map(({ name }) => name);
const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;

interface Example {
  file: string;
  line: number;
  code: string;
}

/** The code after `@example` in every docstring of a file, up to the next tag or the end. */
function examples(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const body = comment[0].replace(/\*\/$/, "").replace(/^[ \t]*(?:\/\*\*|\*) ?/gm, "");
    return [...body.matchAll(/@example\b([\s\S]*?)(?=^@\w|$(?![\s\S]))/gm)].map((found) => ({ file, line: text.slice(0, comment.index).split("\n").length, code: found[1]!.trim() }));
  });
}

/** `expression // value` becomes a comparison; other lines run as they are. A value is a JavaScript literal; what is none is prose. */
function instrument(code: string): { code: string; checks: number } {
  let checks = 0;
  const lines = code.split("\n").map((line) => {
    const found = /^(\s*)(?!const |let |for |if )(.+?);?\s*\/\/ (.+)$/.exec(line);
    if (!found || !isLiteral(found[3]!)) return line;
    checks += 1;
    return `${found[1]}__check(await (${found[2]}), (${found[3]}), ${JSON.stringify(found[3])});`;
  });
  return { code: lines.join("\n"), checks };
}

function isLiteral(text: string): boolean {
  if (!/^[-[{"'\d]|^(true|false|null|undefined|NaN|Infinity)$/.test(text)) return false;
  try {
    new Function(`return (${text})`)();
    return true;
  } catch {
    return false;
  }
}

/** Equal as written: a number to the digits that the docstring gives. */
function compare(actual: unknown, expected: unknown, written: string): void {
  const plain = (value: unknown): unknown => (value && typeof value === "object" && "dataSync" in value ? Array.from((value as { dataSync(): ArrayLike<number> }).dataSync()) : value);
  const round = (value: unknown): unknown => {
    if (typeof value === "number") return value;
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    if (Array.isArray(value)) return value.map(round);
    return value;
  };
  const digits = Math.max(0, ...[...written.matchAll(/\d\.(\d+)(?!\d*e)/g)].map((found) => found[1]!.length));
  const near = (a: unknown, b: unknown): void => {
    if (typeof b === "number" && typeof a === "number" && Number.isFinite(b)) {
      const exponent = /e/.test(written) ? Math.abs(b) * 10 ** -Math.max(1, digits) : 0.5000001 * 10 ** -digits;
      return assert.ok(Math.abs(a - b) <= (Number.isInteger(b) && digits === 0 && !/e/.test(written) ? 0 : exponent), `expected ${written}, got ${a}`);
    }
    if (Array.isArray(b) && Array.isArray(a)) {
      assert.equal(a.length, b.length, `expected ${written}, got ${JSON.stringify(a)}`);
      return b.forEach((value, at) => near(a[at], value));
    }
    if (b && typeof b === "object" && a && typeof a === "object") {
      for (const [key, value] of Object.entries(b)) near(round((a as Record<string, unknown>)[key]), value);
      return;
    }
    assert.deepEqual(a, b);
  };
  near(round(plain(actual)), expected);
}

for (const subject of subjects) {
  test(`the examples in the docstrings of ${subject} run and give the numbers they promise`, async () => {
    const { tf } = await loadEngine();
    const scope: Record<string, unknown> = { ...lyceum, tf };
    const failures: string[] = [];
    for (const entry of readdirSync(join(folder, subject), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
      for (const { file, line, code } of examples(join(folder, subject, entry))) {
        const { code: checked, checks } = instrument(code);
        const where = `${file.slice(projectRoot.length + 1)}:${line}`;
        try {
          assert.ok(checks > 0, "no line `expression // value` to check");
          const script = transform(checked, { transforms: ["typescript"], disableESTransforms: true }).code;
          await new AsyncFunction(...Object.keys(scope), "__check", script)(...Object.values(scope), compare);
        } catch (error) {
          failures.push(`${where}: ${(error as Error).message}\n${code}`);
        }
      }
    }
    assert.deepEqual(failures, []);
  });
}
