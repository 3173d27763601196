import { inspect, types } from "node:util";
import type { Stacks } from "./stack.js";
import type { Thrown } from "./protocol.js";

const depthLimit = 5;

/** What was thrown, as data that crosses to the session. Bounded; a hostile object cannot make it throw. */
export function describeThrown(value: unknown, stacks: Stacks, depth = 0): Thrown {
  try {
    return isError(value) ? describeError(value, stacks, depth) : { ename: "Thrown value", evalue: show(value), stack: [] };
  } catch {
    return { ename: "Error", evalue: "the thrown value cannot be shown", stack: [] };
  }
}

function describeError(error: Error, stacks: Stacks, depth: number): Thrown {
  const inner = depth < depthLimit;
  const { cause } = error;
  const errors = (error as AggregateError).errors as unknown;
  return {
    ename: nameOf(error),
    evalue: String(error.message),
    stack: stacks.linesOf(error) ?? [],
    extra: extraFields(error),
    cause: inner && cause !== undefined ? describeThrown(cause, stacks, depth + 1) : undefined,
    errors: inner && Array.isArray(errors) ? errors.slice(0, 10).map((one) => describeThrown(one, stacks, depth + 1)) : undefined,
  };
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** The class says more than `Error` where a learner's subclass did not set `name`. */
function nameOf(error: Error): string {
  const own = String(error.name);
  const constructed = error.constructor?.name;
  return own === "Error" && constructed ? constructed : own;
}

/** Own fields beyond the usual ones: `code`, `errno`, or what a learner added. */
function extraFields(error: Error): string | undefined {
  const usual = new Set(["message", "stack", "cause", "errors", "name"]);
  const entries = Object.entries(error).filter(([key]) => !usual.has(key));
  return entries.length === 0 ? undefined : show(Object.fromEntries(entries));
}

function show(value: unknown): string {
  return inspect(value, { depth: 3, maxArrayLength: 50, maxStringLength: 2000, breakLength: 100 });
}
