import { Session } from "node:inspector";
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

/**
 * In REPL mode V8 gives a promise. It is taken out and awaited here: were the inspector to await it, a terminated cell's promise
 * would be collected, and telling so in the middle of a garbage collection ends the process (Node 24).
 */
function evaluate(expression: string, done: (result: Evaluation) => void): void {
  const parameters = { expression, replMode: true, objectGroup: "cell", silent: true } as Runtime.EvaluateParameterType; // replMode is not in the types
  session.post("Runtime.evaluate", parameters, (error: Error | null, answer?: Runtime.EvaluateReturnType) => {
    if (error || !answer) return done({ status: "stopped" });
    if (answer.exceptionDetails) return done({ status: "threw", value: thrownValue(answer.exceptionDetails) });
    const promise = take(answer.result.objectId) as Promise<unknown>;
    session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
    promise.then(
      () => done({ status: "ok" }),
      (value: unknown) => done({ status: "threw", value }),
    );
  });
}

/** The object behind the inspector's name for it. */
function take(objectId: string | undefined): unknown {
  session.post("Runtime.callFunctionOn", { functionDeclaration: "function (value) { __lyceum__.caught = value; }", objectId, arguments: [{ objectId }], silent: true });
  const value = lyceum.caught;
  lyceum.caught = undefined;
  return value;
}

/** What a script threw before it ran, such as a syntax error that only V8 sees. */
function thrownValue({ exception, text }: Runtime.ExceptionDetails): unknown {
  return exception?.objectId === undefined ? new Error(exception?.description ?? text) : take(exception.objectId);
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
