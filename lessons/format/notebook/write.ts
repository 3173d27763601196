import { translate } from "../words.js";
import { blockMarkdown } from "../serialize.js";
import { codeOf, stubOf } from "../solution.js";
import type { Block, Callout, CodeCell, Language, Lesson, Prediction, Quiz, Task } from "../lesson.js";
import { headOf, termsCell, titleCell } from "./front.js";
import { nbgraderMark, type NbgraderRole } from "./nbgrader.js";
import type { CellMark, Notebook, NotebookCell, Role } from "./notebook.js";
import { answerSource, quizMarkdown } from "./quiz.js";

/** The notebook a learner gets: stubs in place of solutions, a check cell after each task. */
export function studentNotebook(lesson: Lesson, language: Language): Notebook {
  return notebook(lesson, language, false);
}

/** The teacher's notebook: solved, and with everything that the way back to lesson.md needs. */
export function solutionNotebook(lesson: Lesson, language: Language): Notebook {
  return notebook(lesson, language, true);
}

function notebook(lesson: Lesson, language: Language, solved: boolean): Notebook {
  const texts = { count: 0 };
  const cells = lesson.blocks.flatMap((block) => cellsOf(block, { lesson, language, solved, texts }));
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "lyceum", display_name: "TypeScript (Lyceum)", language: "typescript" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
      lyceum: { lesson: lesson.id, language, version: lesson.version, ...(solved ? { head: headOf(lesson) } : {}) },
    },
    cells: [titleCell(lesson, language), ...cells, ...termsCell(lesson, language)],
  };
}

interface Context {
  lesson: Lesson;
  language: Language;
  solved: boolean;
  texts: { count: number };
}

function cellsOf(block: Block, context: Context): NotebookCell[] {
  const { language, texts } = context;
  switch (block.kind) {
    case "section":
      return [{ cell_type: "markdown", id: `section_${block.id}`, metadata: { lyceum: { role: "section", id: block.id } }, source: `## ${block.title[language]}` }];
    case "prose":
      return [{ cell_type: "markdown", id: `text_${++texts.count}`, metadata: { lyceum: { role: "prose" } }, source: block.text[language] }];
    case "callout":
      return [callout(block, `text_${++texts.count}`, context)];
    case "prediction":
      return [prediction(block, context)];
    case "code":
      return [given(block, context)];
    case "task":
      return task(block, context);
    case "quiz":
      return quiz(block, context);
  }
}

function given(block: CodeCell, { language }: Context): NotebookCell {
  const cell = code(block.id, codeOf(block, language));
  if (!block.locked) return { ...cell, metadata: { lyceum: { role: "given", id: block.id } } };
  return { ...cell, metadata: { ...frozen, lyceum: { role: "given", id: block.id, locked: true }, nbgrader: nbgraderMark({ id: block.id, locked: true }, cell) } };
}

function task(block: Task, context: Context): NotebookCell[] {
  const { language, solved } = context;
  const source = language === "zh" ? translate(block.source, block) : block.source;
  const cell = code(block.id, solved ? source : stubOf(block, language));
  const metadata: NotebookCell["metadata"] = {
    deletable: false,
    lyceum: { role: "task", id: block.id },
    nbgrader: nbgraderMark({ id: block.id, solution: true }, cell),
  };
  return [{ ...cell, metadata }, check(block, context)];
}

function quiz(block: Quiz, context: Context): NotebookCell[] {
  const { language, solved } = context;
  const text: NotebookCell = { cell_type: "markdown", id: `quiz_${block.id}`, metadata: own(block, "quiz", context), source: quizMarkdown(block, language) };
  const cell = code(block.id, answerSource(block, language, solved));
  const metadata: NotebookCell["metadata"] = { deletable: false, lyceum: { role: "answer", id: block.id }, nbgrader: nbgraderMark({ id: block.id, solution: true }, cell) };
  return [text, { ...cell, metadata }, check(block, context)];
}

function check(block: Task | Quiz, { lesson }: Context): NotebookCell {
  const cell = code(`check_${block.id}`, `check("${lesson.id}.${block.id}")`);
  const role: NbgraderRole = { id: cell.id, grade: true, locked: true, points: block.points };
  return { ...cell, metadata: { ...frozen, lyceum: { role: "check", id: block.id, locked: true }, nbgrader: nbgraderMark(role, cell) } };
}

const alerts = { note: "info", tip: "success", warning: "warning" } as const;
const words = { note: { en: "Note", zh: "说明" }, tip: { en: "Tip", zh: "提示" }, warning: { en: "Careful", zh: "注意" } } as const;

function callout(block: Callout, id: string, context: Context): NotebookCell {
  const { language } = context;
  const title = block.title[language] || words[block.tone][language];
  const source = `<div class="alert alert-block alert-${alerts[block.tone]}">\n\n**${title}**\n\n${block.text[language]}\n\n</div>`;
  return { cell_type: "markdown", id, metadata: own(block, "callout", context), source };
}

function prediction(block: Prediction, context: Context): NotebookCell {
  const { language } = context;
  const lead = language === "en" ? "**Predict, then run.**" : "**先猜，再运行。**";
  const list = block.choices.map((choice) => `- ${choice[language].replaceAll("\n", "\n  ")}`).join("\n");
  return { cell_type: "markdown", id: `predict_${block.id}`, metadata: own(block, "prediction", context), source: `${lead} ${block.question[language]}\n\n${list}` };
}

/** Metadata of a cell whose text does not say all that its block holds: the teacher's copy carries the block itself. */
function own(block: Quiz | Callout | Prediction, role: Role, { language, solved }: Context): NotebookCell["metadata"] {
  const mark: CellMark = { role, ...("id" in block ? { id: block.id } : {}), ...(solved ? { markdown: blockMarkdown(block, language) } : {}) };
  return { lyceum: mark };
}

const frozen = { deletable: false, editable: false } as const;

function code(id: string, source: string): NotebookCell & { cell_type: "code" } {
  return { cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: null };
}
