import { Session } from "node:inspector";
import { promiseHooks } from "node:v8";
import type { Runtime } from "node:inspector";
import { lyceum } from "./hidden.js";
import type { NamedScript } from "./protocol.js";

/** How a script ended. `stopped`: V8 was told to terminate it. */
export type Evaluation = { status: "ok" } | { status: "threw"; value: unknown } | { status: "stopped" };

const session = new Session();
session.connect();

/** Evaluate scripts one after another in V8's REPL mode. Calls back once; never when an awaiting script was terminated. */
export function evaluateScripts(scripts: readonly NamedScript[], done: (result: Evaluation) => void, from = 0): void {
  const script = scripts[from];
  if (!script) return done({ status: "ok" });
  evaluate(`${script.code}\n//# sourceURL=${script.name}`, (result) => {
    if (result.status === "ok") evaluateScripts(scripts, done, from + 1);
    else done(result);
  });
}

/** Call a function behind the inspector's boundary: terminating it does not terminate its caller. */
export function callGuarded(act: () => unknown, done: (result: Evaluation) => void): void {
  lyceum.pending = act;
  evaluate("__lyceum__.pending()", done);
}

/** Terminate the JavaScript that this call interrupts. */
export function terminateBelow(): void {
  session.post("Runtime.terminateExecution");
}

/** Promises of cells under way, and of cells that were stopped in the middle: those never settle. */
const held = new Set<unknown>();

/**
 * In REPL mode a script is an async function, whose promise the inspector awaits. Were that promise garbage collected (a terminated
 * cell, an await of nothing), the inspector would say so in the middle of the collection, and Node 24 aborts. So hold it: it is the
 * first promise that V8 makes.
 */
function evaluate(expression: string, finish: (result: Evaluation) => void): void {
  let promise: unknown;
  const stop = promiseHooks.onInit((first: unknown) => {
    promise = first;
    held.add(first);
    stop();
  }) as () => void;
  const done = (result: Evaluation): void => {
    held.delete(promise);
    finish(result);
  };
  session.post(
    "Runtime.evaluate",
    { expression, replMode: true, awaitPromise: true, objectGroup: "cell", silent: !lyceum.debugging /* else it would not stop at exceptions */ } as Runtime.EvaluateParameterType, // replMode is not in the types
    (error: Error | null, answer?: Runtime.EvaluateReturnType) => {
      if (error || !answer) return done({ status: "stopped" });
      const result: Evaluation = answer.exceptionDetails ? { status: "threw", value: thrownValue(answer) } : { status: "ok" };
      session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
      done(result);
    },
  );
  stop(); // a script that V8 could not even parse makes none
}

/** The thrown value itself, not the inspector's description of it. */
function thrownValue({ exceptionDetails }: Runtime.EvaluateReturnType): unknown {
  const exception = exceptionDetails?.exception;
  if (!exception) return new Error(exceptionDetails?.text ?? "unknown error");
  if (exception.objectId === undefined) {
    const special = exception.unserializableValue;
    if (special === undefined) return exception.type === "undefined" ? undefined : exception.value;
    return special.endsWith("n") ? BigInt(special.slice(0, -1)) : Number(special);
  }
  session.post("Runtime.callFunctionOn", {
    functionDeclaration: "function (value) { __lyceum__.caught = value; }",
    objectId: exception.objectId,
    arguments: [{ objectId: exception.objectId }],
    silent: true,
  });
  const value = lyceum.caught;
  lyceum.caught = undefined;
  return value;
}

/** The value of a top-level binding of any kind; undefined where there is none, or it has no value yet. */
export function readBinding(name: string): { value: unknown } | undefined {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return undefined;
  const nothing = {};
  lyceum.caught = nothing;
  // V8 answers this synchronously: the session is on the same thread, and without replMode nothing is awaited.
  session.post("Runtime.evaluate", { expression: `if (typeof ${name} !== "undefined") __lyceum__.caught = ${name};`, silent: true });
  const value = lyceum.caught;
  lyceum.caught = undefined;
  return value === nothing ? undefined : { value };
}
