import type { Session } from "../../kernel/session/contract.js";
import type { Student } from "./contract.js";
import { StudentFailure } from "./failure.js";

/** What a check needs of a session: questions only. */
export type Asker = Pick<Session, "ask">;

/** The handle that a check gets. Whatever is not an answer ends the check as a StudentFailure. */
export function createStudent(session: Asker): Student {
  return {
    async call(name, args, limits) {
      const answer = await session.ask({ ask: "call", name, args: [...args] }, limits);
      if (answer.status !== "ok") throw new StudentFailure(answer.status, name, answer.message);
      return answer.value;
    },
    async value(name) {
      const answer = await session.ask({ ask: "value", name });
      if (answer.status !== "ok") throw new StudentFailure(answer.status, name, answer.message);
      return answer.value;
    },
    async source(name) {
      const answer = await session.ask({ ask: "source", name });
      if (answer.status === "missing") return undefined;
      if (answer.status !== "ok") throw new StudentFailure(answer.status, name, answer.message);
      return typeof answer.value === "string" ? answer.value : undefined;
    },
  };
}
