import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { transform } from "sucrase";
import { projectRoot } from "./root.js";

/** An `@example` of a docstring, ready to run where the helpers' names, `tf` and `__check` are in scope (see promised.ts). */
export interface Example {
  /** `kernel/helpers/privacy/budget/budget.ts:12` */
  where: string;
  /** As written. */
  code: string;
  /** JavaScript in which every line `expression // value` calls `__check(actual, expected, written)`. */
  script: string;
  /** How many such lines there are. */
  checks: number;
}

/** Rooms whose older examples carry prose beside their numbers; their own tests hold them. */
const elsewhere = ["plot", "train"];
const folder = join(projectRoot, "kernel/helpers");

export const rooms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !elsewhere.includes(entry.name)).map(({ name }) => name);

/** Every example of a room's docstrings. */
export function examplesOf(room: string): Example[] {
  const files = readdirSync(join(folder, room), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  return files.flatMap((file) => examplesIn(join(folder, room, file)));
}

/** The code after `@example` in every docstring of a file, up to the next tag or the end. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  const name = relative(projectRoot, file).split(sep).join("/");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const where = `${name}:${text.slice(0, comment.index).split("\n").length}`;
    const body = comment[0].replace(/\*\/$/, "").replace(/^[ \t]*(?:\/\*\*|\*) ?/gm, "");
    return [...body.matchAll(/@example\b([\s\S]*?)(?=^@\w|$(?![\s\S]))/gm)].map((found) => ({ where, ...instrument(found[1]!.trim(), where) }));
  });
}

/** `expression // value` becomes a comparison; other lines run as they are. A value is a JavaScript literal; what is none is prose. */
function instrument(code: string, where: string): Omit<Example, "where"> {
  let checks = 0;
  const lines = code.split("\n").map((line) => {
    const found = /^(\s*)(?!const |let |for |if )(.+?);?\s*\/\/ (.+)$/.exec(line);
    if (!found || !isLiteral(found[3]!)) return line;
    checks += 1;
    return `${found[1]}__check(await (${found[2]}), (${found[3]}), ${JSON.stringify(found[3])});`;
  });
  return { code, checks, script: transform(lines.join("\n"), { transforms: ["typescript"], disableESTransforms: true, filePath: where }).code };
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
