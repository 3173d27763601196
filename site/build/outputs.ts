import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MimeBundle } from "../../kernel/display/contract.js";
import type { Engine } from "../../kernel/engine/contract.js";
import type { ErrorReport, SessionEvent } from "../../kernel/session/contract.js";
import { createSession } from "../../kernel/session/index.js";
import { codeOf, solutionOf, type CodeCell, type Language, type Lesson, type Task } from "../../lessons/format/index.js";

/** What a cell shows below itself. */
export type Output = { kind: "text"; stream: "stdout" | "stderr"; text: string } | { kind: "bundle"; bundle: MimeBundle; displayId?: string };

export class LessonRunError extends Error {
  constructor(lesson: string, cell: string, error: ErrorReport) {
    super(`lesson ${lesson}: cell ${cell} failed\n${error.traceback.join("\n")}`);
  }
}

/** Run a lesson's solution from top to bottom; the outputs of each cell by its id. A failing cell is an error: a page never shows half a lesson. */
export async function runLesson(lesson: Lesson, language: Language, tier?: Engine["tier"], onCell?: (done: number, of: number) => void): Promise<Map<string, Output[]>> {
  const outputs = new Map<string, Output[]>();
  const folder = await mkdtemp(join(tmpdir(), "lyceum-site-"));
  const session = createSession({ directory: folder, language, ...(tier ? { engine: { tier } } : {}), onEvent: (event) => collect(outputs, event) });
  try {
    const cells = lesson.blocks.filter((block): block is CodeCell | Task => block.kind === "code" || block.kind === "task");
    for (const [index, cell] of cells.entries()) {
      onCell?.(index, cells.length);
      const code = cell.kind === "task" ? solutionOf(cell, language) : codeOf(cell, language);
      const { result, error } = await session.execute({ parent: cell.id, code, count: index + 1 });
      if (error) throw new LessonRunError(lesson.id, cell.id, error);
      if (result) shelf(outputs, cell.id).push({ kind: "bundle", bundle: result });
    }
    onCell?.(cells.length, cells.length);
    return outputs;
  } finally {
    await session.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

function shelf(outputs: Map<string, Output[]>, cell: string): Output[] {
  const found = outputs.get(cell) ?? [];
  outputs.set(cell, found);
  return found;
}

function collect(outputs: Map<string, Output[]>, event: SessionEvent): void {
  switch (event.type) {
    case "stream": {
      const list = shelf(outputs, event.parent), last = list.at(-1);
      if (last?.kind === "text" && last.stream === event.name) last.text += event.text;
      else list.push({ kind: "text", stream: event.name, text: event.text });
      break;
    }
    case "display_data":
      shelf(outputs, event.parent).push({ kind: "bundle", bundle: event.bundle, displayId: event.displayId });
      break;
    case "update_display_data":
      for (const output of [...outputs.values()].flat()) {
        if (output.kind === "bundle" && output.displayId !== undefined && output.displayId === event.displayId) output.bundle = event.bundle;
      }
      break;
    case "clear_output":
      outputs.set(event.parent, []);
      break;
  }
}
