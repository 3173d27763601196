import { currentCell } from "./context.js";
import type { Output } from "./output.js";
import type { CellRunner } from "./run.js";
import { flag, type SharedMemory } from "./shared.js";

/** `process.exit` in a cell ends the process, as it says; the session is told first, so that it can say what happened. */
export function installExit(output: Output, runner: CellRunner): void {
  const exit = (code: number | string | null | undefined = process.exitCode): never => {
    output.send({ type: "exit", code: Number(code ?? 0) });
    runner.abandon();
    try {
      process.emit("exit", Number(code ?? 0));
    } finally {
      // Not the real exit: with an inspector connected it waits and prints about a debugger.
      process.kill(process.pid, "SIGKILL"); // flushes what the exit handlers printed
    }
    throw new Error("the process is ending");
  };
  process.exit = exit;
  const { abort, kill } = process;
  process.abort = () => {
    output.flush();
    return abort.call(process);
  };
  process.kill = (pid, signal) => {
    output.flush(); // it may be our own
    return kill.call(process, pid, signal);
  };
}

/** Errors that no cell waits for: told in the cell that caused them; the process lives. */
export function installLateErrors({ flags }: SharedMemory, tell: (parent: string, error: unknown, rejection: boolean) => void): void {
  const late = (error: unknown, rejection: boolean): void => {
    // The end of a loop of awaits may come here as an error that is no value: to look at it would end the process.
    if (Atomics.load(flags, flag.ended) > Atomics.load(flags, flag.handled)) return;
    const cell = currentCell();
    if (!cell.cancelled) tell(cell.parent, error, rejection);
  };
  process.on("uncaughtException", (error) => late(error, false));
  process.on("unhandledRejection", (error) => late(error, true));
}
