import type * as ChildProcess from "node:child_process";
import type * as Http from "node:http";
import type * as Threads from "node:worker_threads";

export type { IncomingMessage, ServerResponse } from "node:http";

interface Builtins {
  "node:child_process": typeof ChildProcess;
  "node:http": typeof Http;
  "node:worker_threads": typeof Threads;
}

/** A module of Node, without a static import: the helper that asks loads in the page too, and says there that it cannot. */
export function builtin<Name extends keyof Builtins>(name: Name, what: string): Builtins[Name] {
  const found = globalThis.process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
  if (!found) throw new Error(`${what} needs Node: open this notebook in the kernel, not in the page`);
  return found;
}
