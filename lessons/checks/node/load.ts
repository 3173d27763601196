import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { graded, stubOf, type Lesson } from "../../format/index.js";
import { readLesson } from "../../format/node/folders.js";
import { projectRoot } from "../../../kernel/root.js";
import { analyzeCell } from "../../../kernel/cell/index.js";
import type { Check } from "../contract.js";
import { checksOf } from "../define.js";
import { quizCheck } from "../quiz.js";
import type { Stub } from "../started.js";

/** A lesson with everything its checks need. Checks are in the lesson's order, quizzes included. */
export interface CheckedLesson {
  readonly folder: string;
  readonly lesson: Lesson;
  readonly checks: ReadonlyMap<string, Check>;
  readonly stubs: ReadonlyMap<string, Stub>;
}

/**
 * Read a lesson's folder: the Markdown files and `checks.ts`. The project's own lessons come compiled (`dist/lessons/NN-slug/checks.js`);
 * those of any other folder are bundled with esbuild on the way in. Throws where a task has no check, or the two disagree on points.
 */
export async function loadLesson(folder: string): Promise<CheckedLesson> {
  const lesson = await readLesson(folder);
  const exported = new Map(checksOf(await checksModule(folder)).map((check) => [check.id, check]));
  const checks = new Map<string, Check>();
  const stubs = new Map<string, Stub>();
  const taken = lesson.blocks.flatMap((block) => ("id" in block ? [block.id] : []));
  for (const block of graded(lesson)) {
    const check = block.kind === "quiz" ? quizCheck(block) : exported.get(block.id);
    if (!check) throw new Error(`${join(folder, "checks.ts")}: no check for task ${block.id}`);
    if (check.points !== block.points) throw new Error(`${join(folder, "checks.ts")}: expected ${block.points} points in check ${block.id} as in lesson.en.md, got ${check.points}`);
    checks.set(block.id, check);
    if (block.kind === "task") stubs.set(block.id, stub(block.id, stubOf(block, "en"), taken));
    else exported.delete(block.id);
  }
  for (const id of exported.keys()) if (!checks.has(id)) throw new Error(`${join(folder, "checks.ts")}: check ${id} has no task in lesson.en.md`);
  return { folder, lesson, checks, stubs };
}

/** A name that is another cell's id as well would find that cell. */
function stub(id: string, source: string, taken: readonly string[]): Stub {
  const names = analyzeCell(source).declares.filter((binding) => !binding.typeOnly && !taken.includes(binding.name)).map((binding) => binding.name);
  return { id, source, names: [...new Set(names)] };
}

async function checksModule(folder: string): Promise<Record<string, unknown>> {
  const compiled = join(dirname(fileURLToPath(import.meta.url)), "..", "..", basename(folder), "checks.js");
  const own = dirname(folder) === join(projectRoot(), "lessons");
  // An author's newer checks.ts is taken as it stands, before anybody compiles it.
  const current = own && existsSync(compiled) && statSync(compiled).mtimeMs >= statSync(join(folder, "checks.ts")).mtimeMs;
  if (current) return (await import(pathToFileURL(compiled).href)) as Record<string, unknown>;
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "checks.ts")], bundle: true, write: false, format: "esm", platform: "node", target: "node20", logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)) as Record<string, unknown>;
}
