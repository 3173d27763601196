import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ErrorReport, Session } from "../../kernel/session/contract.js";
import { createSession } from "../../kernel/session/index.js";
import type { WrongSolution } from "../../lessons/checks/contract.js";
import type { CheckedLesson } from "../../lessons/checks/node/load.js";
import { runCheck } from "../../lessons/checks/run.js";
import { messageOf } from "../../lessons/checks/words.js";
import { solutionNotebook, solutionOf, studentNotebook, type Notebook, type NotebookCell, type Task } from "../../lessons/format/index.js";

/** What happened to one cell. */
export interface Walked {
  id: string;
  error?: ErrorReport;
  seconds: number;
}

/** A session in an empty folder, ended whatever happens. */
export async function withSession<T>(tier: "tensorflow" | "wasm", body: (session: Session) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-lesson-"));
  const services = { check: () => Promise.resolve({ data: { "text/plain": "" }, metadata: {} }) };
  const session = createSession({ directory, engine: { tier }, services, onEvent: () => {} });
  try {
    await session.ready;
    return await body(session);
  } finally {
    await session.dispose();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Run a cell as JupyterLab would. */
export async function runCell(session: Session, { id, source }: Pick<NotebookCell, "id" | "source">): Promise<Walked> {
  const start = performance.now();
  const outcome = await session.execute({ parent: `walk-${id}`, code: source, count: 1, cellId: id });
  return { id, ...(outcome.error ? { error: outcome.error } : {}), seconds: (performance.now() - start) / 1000 };
}

const cells = (notebook: Notebook): NotebookCell[] => notebook.cells.filter((cell) => cell.cell_type === "code");

/** The student's notebook, top to bottom: nothing but its own placeholders may complain, and every check says "not started". */
export async function walkStubs({ lesson, checks, stubs }: CheckedLesson, session: Session): Promise<void> {
  for (const cell of cells(studentNotebook(lesson, "en"))) {
    const mark = cell.metadata.lyceum!;
    if (mark.role === "check") {
      const stub = stubs.get(mark.id!);
      if (!stub) continue;
      const verdict = await runCheck(checks.get(mark.id!)!, session, { stub });
      assert.equal(verdict.status, "not-started", `check ${mark.id} on the untouched stub: ${messageOf(verdict, "en")}`);
      assert.equal(verdict.points, 0);
    } else {
      const { error } = await runCell(session, cell);
      assert.ok(error?.kind !== "type" && error?.kind !== "syntax" && error?.kind !== "died", `cell ${cell.id} beside the stubs: ${error?.traceback.join("\n")}`);
    }
  }
}

/** The solution notebook: every cell runs, every check passes in full, and catches each wrong solution on the way. */
export async function walkSolutions({ lesson, checks, stubs }: CheckedLesson, session: Session, wrong: boolean): Promise<Walked[]> {
  const walked: Walked[] = [];
  const tasks = new Map(lesson.blocks.flatMap((block) => (block.kind === "task" ? [[block.id, block] as const] : [])));
  for (const cell of cells(solutionNotebook(lesson, "en"))) {
    const mark = cell.metadata.lyceum!;
    if (mark.role !== "check") {
      const done = await runCell(session, cell);
      assert.equal(done.error, undefined, `cell ${cell.id}: ${done.error?.traceback.join("\n")}`);
      walked.push(done);
      continue;
    }
    const check = checks.get(mark.id!)!;
    const stub = stubs.get(check.id);
    const options = stub ? { stub } : {};
    const verdict = await runCheck(check, session, options);
    assert.equal(verdict.status, "passed", `check ${check.id} on the solution: ${messageOf(verdict, "en")}`);
    assert.equal(verdict.points, check.points);
    for (const language of ["en", "zh"] as const) assert.ok(messageOf(verdict, language).length > 4, `check ${check.id} says what passing means`);
    const task = tasks.get(check.id);
    if (!wrong || !task) continue;
    for (const mistake of check.wrong) await walkWrong(mistake, task, () => runCheck(check, session, options), session);
    await runCell(session, { id: task.id, source: solutionOf(task, "en") });
  }
  return walked;
}

async function walkWrong({ name, source, edit, expects }: WrongSolution, task: Task, check: () => ReturnType<typeof runCheck>, session: Session): Promise<void> {
  const title = `wrong solution "${name}" of ${task.id}`;
  const solution = solutionOf(task, "en");
  if (edit) assert.ok(solution.includes(edit[0]), `${title}: its text to replace is not in the solution`);
  const { error } = await runCell(session, { id: task.id, source: source ?? solution.replace(edit![0], () => edit![1]) });
  assert.ok(!error || error.kind === "thrown", `${title} does not compile: ${error?.traceback.join("\n")}`);
  const verdict = await check();
  assert.ok(verdict.status !== "passed" && verdict.status !== "crashed" && verdict.status !== "not-started", `${title} is ${verdict.status}: ${messageOf(verdict, "en")}`);
  assert.match(messageOf(verdict, "en"), expects, title);
  assert.match(messageOf(verdict, "zh"), /\p{Script=Han}/u, `${title} speaks Chinese`);
}
