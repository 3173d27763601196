import type { Language, Lesson } from "../lesson.js";
import { parseLesson } from "../parse.js";
import { frontMatter, pairWords, wordLines } from "../serialize.js";
import type { Notebook, NotebookCell } from "./notebook.js";

/** Not a notebook that we can read; the message says why. */
export class NotebookError extends Error {
  override name = "NotebookError";
}

/**
 * A notebook from its JSON text. Source lines are joined, missing cell ids are filled in (`cell-3`), unknown fields are kept.
 * Throws a NotebookError for what is no notebook of format 4.
 */
export function parseNotebook(text: string): Notebook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotebookError("the file is not JSON");
  }
  if (!isRecord(json) || !Array.isArray(json["cells"])) throw new NotebookError("the file is not a notebook: it has no list of cells");
  if (json["nbformat"] !== 4) throw new NotebookError(`expected notebook format 4, got ${JSON.stringify(json["nbformat"]) ?? "none"}`);
  const cells = json["cells"].map((cell: unknown, index): NotebookCell => {
    if (!isRecord(cell) || !["markdown", "code", "raw"].includes(String(cell["cell_type"]))) throw new NotebookError(`cell ${index + 1} is not a notebook cell`);
    const id = typeof cell["id"] === "string" && cell["id"] ? cell["id"] : `cell-${index + 1}`;
    return { ...cell, cell_type: cell["cell_type"] as "code", id, metadata: isRecord(cell["metadata"]) ? cell["metadata"] : {}, source: sourceText(cell["source"], index) };
  });
  const minor = typeof json["nbformat_minor"] === "number" ? json["nbformat_minor"] : 5;
  return { ...json, nbformat: 4, nbformat_minor: Math.max(minor, 5), metadata: isRecord(json["metadata"]) ? json["metadata"] : {}, cells };
}

/** A notebook's JSON text, as Jupyter writes it: one space of indentation, source as a list of lines. */
export function notebookText(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: cell.source.split(/(?<=\n)/) }));
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}

/** The lesson of two teacher's notebooks, one a language. Throws a NotebookError where they are none. */
export function lessonFromNotebooks(en: Notebook, zh: Notebook): Lesson {
  const head = en.metadata.lyceum?.head as Omit<Lesson, "blocks"> | undefined;
  if (!head) throw new NotebookError("the notebook has no metadata.lyceum.head: expected the one that solutionNotebook wrote");
  const source = (language: Language): string => `---\n${frontMatter(head, language)}---\n\n${parts(language, en, zh).join("\n\n")}\n`;
  return parseLesson(source("en"), source("zh"));
}

function parts(language: Language, en: Notebook, zh: Notebook): string[] {
  return (language === "en" ? en : zh).cells.flatMap((cell) => {
    const mark = cell.metadata.lyceum;
    switch (mark?.role) {
      case "title":
      case "terms":
      case "check":
      case "answer":
        return [];
      case "section":
        return [`${cell.source.trim()} {#${mark.id}}`];
      case "quiz":
      case "prediction":
      case "callout":
        return [mark.markdown ?? cell.source];
      case "given":
      case "task":
        return [codeFence(cell, language, en)];
      default:
        return [cell.source];
    }
  });
}

function codeFence(cell: NotebookCell, language: Language, en: Notebook): string {
  const { id, role, locked } = cell.metadata.lyceum!;
  if (language === "en") {
    const worth = en.cells.find((other) => other.id === `check_${id}`)?.metadata.nbgrader?.points;
    return `\`\`\`\`\`\`ts id=${id}${role === "task" ? ` task points=${worth}` : locked ? " locked" : ""}\n${cell.source}\n\`\`\`\`\`\``;
  }
  const twin = en.cells.find((other) => other.metadata.lyceum?.id === id && other.metadata.lyceum?.role === role);
  const words = pairWords(twin?.source ?? "", cell.source);
  if (!words) throw new NotebookError(`the cell ${id} has other comments or strings in the two notebooks`);
  return `\`\`\`\`\`\`ts id=${id}\n${wordLines(words)}\`\`\`\`\`\``;
}

function sourceText(source: unknown, index: number): string {
  if (typeof source === "string") return source;
  if (Array.isArray(source) && source.every((line) => typeof line === "string")) return source.join("");
  throw new NotebookError(`cell ${index + 1} has no source`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
