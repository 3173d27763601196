import { currentCell } from "./context.js";
import type { Output } from "./output.js";
import { flag, type SharedMemory } from "./shared.js";

/** Questions to the learner, answered synchronously: the main thread sleeps until the helper thread has the answer. */
export interface Stdin {
  /** The answer, or null where the front end cannot ask. */
  prompt(text?: string, options?: string | { password?: boolean }): string | null;
  confirm(text?: string): boolean;
  alert(text?: string): void;
  getpass(text?: string): string | null;
}

export function createStdin(memory: SharedMemory, output: Output): Stdin {
  const { flags, input } = memory;

  function ask(prompt: string, password: boolean): string | null {
    const cell = currentCell();
    if (!cell.allowStdin) return null;
    Atomics.store(flags, flag.answered, 0);
    output.send({ type: "input", parent: cell.parent, prompt, password });
    while (Atomics.load(flags, flag.answered) === 0) Atomics.wait(flags, flag.answered, 0);
    if (Atomics.load(flags, flag.answered) === 2) return null;
    return Buffer.from(input.subarray(0, Atomics.load(flags, flag.answerLength))).toString("utf8");
  }

  return {
    prompt: (text = "", options) => ask(String(text), typeof options === "object" && options?.password === true),
    getpass: (text = "Password: ") => ask(String(text), true),
    confirm: (text = "") => /^\s*(y|yes|是|好|对)\s*$/i.test(ask(`${text} [y/N] `, false) ?? ""),
    alert: (text = "") => void ask(`${text} [Enter] `, false),
  };
}
