import type { Session } from "../../../kernel/session/contract.js";
import type { WrongSolution } from "../../checks/contract.js";
import type { CheckedLesson } from "../../checks/node/load.js";
import { runCheck } from "../../checks/run.js";
import { messageOf } from "../../checks/words.js";
import { solutionNotebook, solutionOf, type Language, type ResultRange, type Task } from "../../format/index.js";
import { error, type Finding } from "../finding.js";
import { runCell, type Walked } from "./session.js";

export interface SolutionReview {
  readonly findings: readonly Finding[];
  /** The lesson's own cells, in order; checks and wrong solutions are not counted. */
  readonly cells: readonly Walked[];
  readonly seconds: number;
  /** The promised results as they came out. */
  readonly results: readonly (ResultRange & { readonly got: number | undefined })[];
}

export interface SolutionOptions {
  /** Also try every listed wrong solution; default true. */
  wrong?: boolean;
  /** Of the notebook; default "en". */
  language?: Language;
  onCell?: (walked: Walked) => void;
}

/** The solution notebook: every cell runs, every check passes in full and refuses each wrong solution on the way, every promised result holds. */
export async function reviewSolutions({ lesson, checks, stubs }: CheckedLesson, session: Session, { wrong = true, language = "en", onCell }: SolutionOptions = {}): Promise<SolutionReview> {
  const findings: Finding[] = [];
  const cells: Walked[] = [];
  const results: (ResultRange & { got: number | undefined })[] = [];
  const tasks = new Map(lesson.blocks.flatMap((block) => (block.kind === "task" ? [[block.id, block] as const] : [])));
  for (const cell of solutionNotebook(lesson, language).cells.filter(({ cell_type }) => cell_type === "code")) {
    const mark = cell.metadata.lyceum!;
    if (mark.role !== "check") {
      const walked = await runCell(session, cell);
      cells.push(walked);
      onCell?.(walked);
      if (walked.error) findings.push(error("solution")(`cell ${cell.id}: ${walked.error.traceback.join("\n")}`));
      for (const range of lesson.ranges.filter((one) => one.cell === cell.id)) {
        const got = await evaluate(session, range.value, results.length);
        results.push({ ...range, got });
        if (got === undefined || !(got >= range.from && got <= range.to)) findings.push(error("results")(`after cell ${range.cell}, ${range.value} is ${got ?? "no number"}, promised ${range.from} to ${range.to}`));
      }
      continue;
    }
    const check = checks.get(mark.id!)!;
    const stub = stubs.get(check.id);
    const ask = () => runCheck(check, session, stub ? { stub } : {});
    const verdict = await ask();
    if (verdict.status !== "passed" || verdict.points !== check.points) findings.push(error("solution")(`check ${check.id} on the solution is ${verdict.status}: ${messageOf(verdict, "en")}`));
    else if ((["en", "zh"] as const).some((one) => messageOf(verdict, one).length < 5)) findings.push(error("solution")(`check ${check.id} does not say what passing means`));
    const task = tasks.get(check.id);
    if (!wrong || !task) continue;
    for (const mistake of check.wrong) findings.push(...(await reviewWrong(mistake, task, ask, session)));
    await runCell(session, { id: task.id, source: solutionOf(task, language) });
  }
  return { findings, cells, seconds: cells.reduce((sum, { seconds }) => sum + seconds, 0), results };
}

/** A number of the student's side, by an expression. Top-level names are redeclarable, so the helper name harms nobody. */
async function evaluate(session: Session, expression: string, at: number): Promise<number | undefined> {
  const name = `promisedResult${at}`;
  const { error: problem } = await runCell(session, { id: name, source: `const ${name} = Number(${expression});` });
  if (problem) return undefined;
  const answer = await session.ask({ ask: "value", name });
  return answer.status === "ok" && typeof answer.value === "number" ? answer.value : undefined;
}

async function reviewWrong({ name, source, edit, expects }: WrongSolution, task: Task, check: () => ReturnType<typeof runCheck>, session: Session): Promise<Finding[]> {
  const fault = (text: string) => [error("mistakes")(`wrong solution "${name}" of ${task.id} ${text}`)];
  const solution = solutionOf(task, "en");
  if (edit && !solution.includes(edit[0])) return fault("names a text that is not in the solution");
  const { error: problem } = await runCell(session, { id: task.id, source: source ?? solution.replace(edit![0], () => edit![1]) });
  if (problem && problem.kind !== "thrown") return fault(`does not compile: ${problem.traceback.join("\n")}`);
  const verdict = await check();
  const said = messageOf(verdict, "en");
  if (verdict.status === "passed" || verdict.status === "crashed" || verdict.status === "not-started") return fault(`is ${verdict.status}: ${said}`);
  if (!expects.test(said)) return fault(`should hear ${expects}, and hears: ${said}`);
  if (!/\p{Script=Han}/u.test(messageOf(verdict, "zh"))) return fault("hears no Chinese");
  return [];
}
