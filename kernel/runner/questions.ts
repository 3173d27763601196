import { runtimeName } from "../cell/own-names.js";
import { CodecError, decode, encode } from "../../lessons/checks/codec.js";
import type { StudentQuestion } from "../session/contract.js";
import { callGuarded, readBinding, type Evaluation } from "./evaluate.js";
import type { FromMain } from "./protocol.js";

type Answer = Extract<FromMain, { type: "answer" }>;
type Status = Answer["status"];

/** Questions of the trusted side about the learner's bindings, answered on the main thread as encoded text. */
export interface Questions {
  answer(id: number, question: StudentQuestion, args: string, size: number): void;
}

class Missing extends Error {}

/** `revive` turns decoded arguments (tensors as data) into what the learner's function expects. */
export function createQuestions(send: (answer: Answer) => void, revive: (value: unknown) => unknown, stacksOff: (error: unknown) => string): Questions {
  function failed(id: number, error: unknown): void {
    const known = error instanceof CodecError ? (error.problem === "too-large" ? "too-large" : "unsupported") : error instanceof Missing ? "missing" : "threw";
    send({ type: "answer", id, status: known satisfies Status, message: known === "threw" ? stacksOff(error) : (error as Error).message });
  }

  async function finish(id: number, value: unknown, size: number): Promise<void> {
    try {
      const settled = await value;
      send({ type: "answer", id, status: "ok", value: encode(settled, { size }) });
    } catch (error) {
      failed(id, error);
    }
  }

  return {
    answer(id, question, args, size) {
      let value: unknown;
      const act = (): void => {
        const { owner, found } = follow(question.name);
        if (question.ask === "value") value = found;
        else if (typeof found !== "function") throw new Missing(`${question.name} is not a function`);
        else value = (found as (...args: unknown[]) => unknown).apply(owner, (decode(args) as unknown[]).map(revive));
        // A rejection is reported as the answer, not as an unhandled one, although `finish` comes a moment later.
        if (value instanceof Promise) value.catch(() => {});
      };
      callGuarded(act, (result: Evaluation) => {
        if (result.status === "ok") void finish(id, value, size);
        else if (result.status === "threw") failed(id, result.value);
        else failed(id, new Error("it was interrupted"));
      });
    },
  };
}

/** The value at a path such as `model.layers.0`, and the object it belongs to. */
function follow(path: string): { owner: unknown; found: unknown } {
  const [root = "", ...rest] = path.split(".");
  const binding = readBinding(runtimeName(root)) ?? readBinding(root); // a cell may have a `process` of its own
  if (!binding) throw new Missing(`${root} is not defined`);
  let owner: unknown = undefined;
  let found = binding.value;
  for (const key of rest) {
    owner = found;
    if (found === null || found === undefined || !(key in Object(found))) throw new Missing(`${path} is not defined`);
    found = (found as Record<string, unknown>)[key];
  }
  return { owner, found };
}
