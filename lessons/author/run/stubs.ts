import type { Session } from "../../../kernel/session/contract.js";
import type { CheckedLesson } from "../../checks/node/load.js";
import { runCheck } from "../../checks/run.js";
import { messageOf } from "../../checks/words.js";
import { studentNotebook } from "../../format/index.js";
import { error, type Finding } from "../finding.js";
import { runCell } from "./session.js";

const fault = error("unsolved");

/** The student's notebook, top to bottom: nothing but its own placeholders may complain, and every check says "not started". */
export async function reviewStubs({ lesson, checks, stubs }: CheckedLesson, session: Session): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const cell of studentNotebook(lesson, "en").cells.filter(({ cell_type }) => cell_type === "code")) {
    const mark = cell.metadata.lyceum!;
    if (mark.role !== "check") {
      const { error: problem } = await runCell(session, cell);
      if (problem?.kind === "type" || problem?.kind === "syntax" || problem?.kind === "died") findings.push(fault(`cell ${cell.id} beside the stubs: ${problem.traceback.join("\n")}`));
      continue;
    }
    const stub = stubs.get(mark.id!);
    if (!stub) continue;
    const verdict = await runCheck(checks.get(mark.id!)!, session, { stub });
    if (verdict.status !== "not-started" || verdict.points !== 0) findings.push(fault(`check ${mark.id} on the untouched stub is ${verdict.status} with ${verdict.points} points: ${messageOf(verdict, "en")}`));
  }
  return findings;
}
