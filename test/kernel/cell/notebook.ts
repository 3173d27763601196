import { Session, type InspectorNotification, type Runtime } from "node:inspector";
import { createRequire } from "node:module";
import { promiseHooks } from "node:v8";
import { createContext } from "node:vm";
import { compileCell, constantsAfter, shadowedAfter, type CompiledCell } from "../../../kernel/cell/index.js";
import { lower } from "../../../kernel/cell/node/lower.js";

export interface Notebook {
  /** Compiles and evaluates a cell as the kernel does; the value of its last expression. Throws what the cell throws, with `stack`. */
  run(source: string): Promise<unknown>;
  compiled(source: string): CompiledCell;
  logged: unknown[];
}

let contexts = 0;
const held: unknown[] = [];

/** An empty notebook in V8's REPL mode, with its own global scope, or (`shared`) in that of this process, as in the kernel. */
export function openNotebook(globals: Record<string, unknown> = {}, { shared = false } = {}): Notebook {
  const logged: unknown[] = [];
  let value: unknown;
  let thrown: unknown;
  const host = {
    result: (given: unknown) => { value = given; },
    import: (specifier: string, options?: ImportCallOptions) => import(specifier, options),
    meta: { url: "file:///notebook/cell" },
    caught: (error: unknown) => { thrown = error; },
  };
  const session = new Session();
  session.connect();
  const name = `notebook ${contexts++}`;
  let contextId: number | undefined;
  session.on("Runtime.executionContextCreated", ({ params }: InspectorNotification<Runtime.ExecutionContextCreatedEventDataType>) => {
    if (params.context.name === name) contextId = params.context.id;
  });
  session.post("Runtime.enable");
  const scope = { __lyceum__: host, log: (...values: unknown[]) => logged.push(...values), require: createRequire(import.meta.url), ...globals };
  if (shared) Object.assign(globalThis, scope);
  else createContext(scope, { name });
  let constants: ReadonlySet<string> = new Set();
  let shadowed: ReadonlySet<string> = new Set();

  const evaluate = (expression: string) => new Promise<Runtime.EvaluateReturnType>((done, fail) => {
    // As kernel/runner/evaluate.ts does: Node aborts where the promise that the inspector awaits is collected.
    const stop = promiseHooks.onInit((promise: unknown) => {
      held.push(promise);
      stop();
    });
    session.post("Runtime.evaluate", { expression, ...(contextId !== undefined && { contextId }), replMode: true, awaitPromise: true }, (error, answer) =>
      (error ? fail(new Error(error.message)) : done(answer as Runtime.EvaluateReturnType)));
  });
  const compiled = (source: string) => compileCell(source, { lower, constants, shadowed });

  return {
    logged,
    compiled,
    async run(source) {
      const cell = compiled(source);
      value = undefined;
      for (const script of cell.scripts) {
        const { exceptionDetails } = await evaluate(script.code);
        if (exceptionDetails) throw await unwrap(exceptionDetails);
      }
      constants = constantsAfter(constants, cell.facts);
      shadowed = shadowedAfter(shadowed, cell.facts);
      return value;
    },
  };

  async function unwrap({ exception, text }: Runtime.ExceptionDetails): Promise<unknown> {
    if (!exception?.objectId) return exception && "value" in exception ? exception.value : new Error(text);
    const { objectId } = exception;
    await new Promise((done) => session.post("Runtime.callFunctionOn", { objectId, functionDeclaration: "function () { __lyceum__.caught(this); }" }, done));
    return thrown;
  }
}
