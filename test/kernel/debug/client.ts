import type { Kernel, Message } from "../../support/jupyter.js";

export interface StackFrame {
  id: number;
  name: string;
  line: number;
  source: { path: string };
}
export interface Variable {
  name: string;
  value: string;
  type?: string;
  variablesReference: number;
}
export type Body = Record<string, unknown>;

/** What JupyterLab's debugger panel does, in its order, without the panel. */
export function debugClient(kernel: Kernel) {
  let seq = 0;
  const taken = new Set<Message>();

  async function raw(command: string, args: Body = {}): Promise<{ success: boolean; message?: string; body: Body }> {
    const reply = await kernel.request("control", "debug_request", { type: "request", seq: ++seq, command, arguments: args });
    return reply.content as never;
  }
  async function ask<T = Body>(command: string, args: Body = {}): Promise<T> {
    const { success, message, body } = await raw(command, args);
    if (!success) throw new Error(`${command}: ${message}`);
    return body as T;
  }
  const isEvent = (message: Message): boolean => message.type === "debug_event";

  const client = {
    raw,
    ask,
    async attach(): Promise<void> {
      await ask("initialize", { clientID: "test", adapterID: "lyceum" });
      await ask("attach");
    },
    /** Gives the lines where the program will stop. */
    async breakpoints(code: string, ...lines: (number | { line: number; condition?: string })[]): Promise<number[]> {
      const { sourcePath } = await ask<{ sourcePath: string }>("dumpCell", { code });
      return await client.breakpointsIn(sourcePath, ...lines);
    },
    async breakpointsIn(path: string, ...lines: (number | { line: number; condition?: string })[]): Promise<number[]> {
      const wanted = lines.map((line) => (typeof line === "number" ? { line } : line));
      const { breakpoints } = await ask<{ breakpoints: { line: number }[] }>("setBreakpoints", { source: { path }, breakpoints: wanted, sourceModified: false });
      return breakpoints.map(({ line }) => line);
    },
    /** The next event of this name that no earlier call gave. */
    async event(name: string, timeout?: number): Promise<Body> {
      const found = await kernel.find((message) => isEvent(message) && message.content.event === name && !taken.has(message), `the event ${name}`, timeout);
      taken.add(found);
      for (const message of kernel.messages.slice(0, kernel.messages.indexOf(found))) taken.add(message);
      return found.content.body as Body;
    },
    /** Events that came and that no call gave. */
    events: (): string[] => kernel.messages.filter((message) => isEvent(message) && !taken.has(message)).map((message) => String(message.content.event)),
    async stack(): Promise<StackFrame[]> {
      return (await ask<{ stackFrames: StackFrame[] }>("stackTrace", { threadId: 1 })).stackFrames;
    },
    /** Wait for a stop; gives its line. */
    async stopped(): Promise<number> {
      await client.event("stopped");
      return (await client.stack())[0]?.line ?? -1;
    },
    /** `next`, `stepIn`, ...: gives the line of the stop after it. */
    async step(command: "next" | "stepIn" | "stepOut" | "continue"): Promise<number> {
      await ask(command, { threadId: 1 });
      return await client.stopped();
    },
    go: () => ask("continue", { threadId: 1 }),
    async scopes(frame = 0): Promise<Record<string, Variable[]>> {
      const { scopes } = await ask<{ scopes: { name: string; variablesReference: number }[] }>("scopes", { frameId: (await client.stack())[frame]!.id });
      const entries = await Promise.all(scopes.map(async ({ name, variablesReference }) => [name, await client.open(variablesReference)] as const));
      return Object.fromEntries(entries);
    },
    open: async (variablesReference: number): Promise<Variable[]> => (await ask<{ variables: Variable[] }>("variables", { variablesReference })).variables,
    /** The values by name, of a scope or of what is inside a variable. */
    texts: (variables: Variable[]): Record<string, string> => Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    evaluate: async (expression: string): Promise<string> => (await ask<{ result: string }>("evaluate", { expression, context: "repl", frameId: (await client.stack())[0]?.id })).result,
    info: () => ask<{ isStarted: boolean; stoppedThreads: number[]; breakpoints: { source: string; breakpoints: { line: number }[] }[]; tmpFilePrefix: string; tmpFileSuffix: string; hashSeed: number }>("debugInfo"),
  };
  return client;
}
