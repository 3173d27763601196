import { CodecError, decode, encode } from "../../lessons/checks/codec.js";
import type { FromMain } from "../runner/protocol.js";
import type { AskLimits, StudentAnswer, StudentQuestion } from "./contract.js";
import type { History } from "./history.js";
import type { Link } from "./link.js";

type Answer = Extract<FromMain, { type: "answer" }>;

/** Questions of the trusted side to the learner's side. Time and size are enforced here: the other side is not trusted to. */
export interface Questions {
  ask(question: StudentQuestion, limits?: AskLimits): Promise<StudentAnswer>;
  onAnswer(message: Answer): void;
  onDeath(reason: string): void;
}

/** While the learner looks at a paused program, the time of a question stands still. */
export function createQuestions(link: Link, history: History, isPaused: () => boolean): Questions {
  const waiting = new Map<number, (answer: StudentAnswer) => void>();
  let next = 0;

  return {
    async ask(question, { time = 10_000, size = 8 * 1024 * 1024 } = {}) {
      if (question.ask === "source") {
        const source = history.source(question.name);
        return source === undefined ? { status: "missing", message: `no cell defines ${question.name}` } : { status: "ok", value: source };
      }
      const args = encode(question.ask === "call" ? question.args : []);
      await link.ready;
      const id = ++next;
      return await new Promise<StudentAnswer>((resolve) => {
        const late = (): void => {
          if (isPaused()) return void (timer = setTimeout(late, time));
          if (!waiting.delete(id)) return;
          resolve({ status: "timeout", message: `no answer within ${time} ms` });
          void link.interrupt({ ask: id });
        };
        let timer = setTimeout(late, time);
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        link.send({ type: "ask", id, question, args, size });
      });
    },
    onAnswer({ id, status, message = "", value }) {
      const settle = waiting.get(id);
      waiting.delete(id);
      settle?.(status === "ok" ? decoded(value) : { status, message });
    },
    onDeath(reason) {
      for (const [id, settle] of waiting) {
        waiting.delete(id);
        settle({ status: "died", message: reason });
      }
    },
  };
}

/** The text comes from a process that runs the learner's code: believe nothing about it. */
function decoded(text: unknown): StudentAnswer {
  try {
    return { status: "ok", value: decode(text) };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { status: error.problem === "too-large" ? "too-large" : "unsupported", message: error.message };
  }
}
