/**
 * A real Jupyter client for tests: jupyter_client from PyPI in `.venv`, driven from TypeScript.
 *
 *   import { startKernel } from "../../support/jupyter.js";
 *
 *   test("a cell's last value is shown", async (t) => {
 *     const kernel = await startKernel({ test: t });          // the build under test, stopped after the test
 *     const cell = await kernel.execute("1 + 1");
 *     assert.equal(cell.status, "ok");
 *     assert.equal(cell.result?.data["text/plain"], "2");      // also: stdout, stderr, displays, error, messages, reply
 *   });
 *
 * Longer life: start in `before`, `await kernel.stop()` in `after`.
 *   kernel.start(code)                  a cell that is not awaited: `.id`, `.done`, `.output(predicate)`
 *   kernel.execute(code, { stdin })     answers `prompt`s: a list of answers or a function of (prompt, password)
 *   kernel.request("control", "kernel_info_request", {})   any request; resolves with its reply
 *   kernel.send(channel, type, content, { buffers, metadata, header })   no reply awaited; gives the request's id
 *   kernel.next((m) => m.type === "comm_close")            first message, past or future, that no earlier `next` gave
 *   kernel.interrupt()                  milliseconds until interrupt_reply; kernel.heartbeat(): milliseconds of one echo
 *   kernel.manager("interrupt" | "restart" | "shutdown" | "kill")   what Jupyter itself does
 *   kernel.raw("shell", frames)         frames as they are: forged, malformed, truncated
 * Every wait has a time limit (default 30 s) whose error lists what arrived instead.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openMailbox, type Mailbox, type Message } from "./mailbox.js";
import { projectRoot } from "./root.js";

export type { Message } from "./mailbox.js";
export type Channel = "shell" | "control" | "stdin";
export type Content = Record<string, unknown>;

export interface StartOptions {
  /** Stop the kernel when this test ends. */
  test?: { after(fn: () => unknown): void };
  /** Environment on top of the test's own; null removes a variable. */
  env?: Record<string, string | null>;
  /** The kernel's folder; default a new temporary one. */
  cwd?: string;
  transport?: "tcp" | "ipc";
  /** Another kernel than the build under test: a kernel.json object. */
  spec?: Record<string, unknown>;
  /** Wait until the kernel answers and iopub is connected; default true. */
  ready?: boolean;
  /** Milliseconds that any wait may take; default 30,000. */
  timeout?: number;
}

export interface ExecuteOptions {
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  allow_stdin?: boolean;
  stop_on_error?: boolean;
  metadata?: Content;
  /** Answers to `prompt`, in order, or a function; sets allow_stdin. */
  stdin?: string[] | ((prompt: string, password: boolean) => string | Promise<string>);
  timeout?: number;
}

/** What one execute_request brought, complete: reply and idle have come. */
export interface Execution {
  id: string;
  status: string;
  reply: Content;
  /** iopub messages of this request, in order, busy and idle included. */
  messages: Message[];
  stdout: string;
  stderr: string;
  result?: { data: Record<string, unknown>; metadata: Content; execution_count: number };
  displays: { data: Record<string, unknown>; metadata: Content; transient?: Content }[];
  /** The `error` message of iopub. */
  error?: { ename: string; evalue: string; traceback: string[] };
}

export interface RunningCell {
  id: string;
  done: Promise<Execution>;
  /** First iopub message of this cell that fits, past or future. */
  output(predicate: (message: Message) => boolean): Promise<Message>;
  /** Until stdout holds this text; gives stdout so far. */
  printed(text: string): Promise<string>;
}

export interface SendOptions {
  buffers?: Uint8Array[];
  metadata?: Content;
  header?: Content;
  parent?: Content;
}

export type Kernel = Awaited<ReturnType<typeof startKernel>>;

/** The kernel of the build that holds this file. */
export const kernelMain = fileURLToPath(new URL("../../kernel/server/main.js", import.meta.url));
export const python = [join(projectRoot, ".venv", "bin", "python"), join(projectRoot, ".venv", "Scripts", "python.exe")].find(existsSync) ?? "python3";

export const lyceumSpec = {
  argv: [process.execPath, kernelMain, "{connection_file}"],
  display_name: "Lyceum under test",
  language: "typescript",
  interrupt_mode: "message",
  metadata: {},
};

/** A folder with `kernels/NAME/kernel.json` for JUPYTER_PATH or a KernelSpecManager. */
export function writeSpecs(folder: string, specs: Record<string, unknown>): string {
  for (const [name, spec] of Object.entries(specs)) {
    mkdirSync(join(folder, "kernels", name), { recursive: true });
    writeFileSync(join(folder, "kernels", name, "kernel.json"), JSON.stringify(spec));
  }
  return folder;
}

export async function startKernel(options: StartOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-kernel-"));
  writeSpecs(folder, { under_test: options.spec ?? lyceumSpec });
  const cwd = options.cwd ?? join(folder, "work");
  mkdirSync(cwd, { recursive: true });
  const limit = options.timeout ?? 30_000;
  const bridge = spawn(python, [join(projectRoot, "test", "support", "jupyter_bridge.py")], { stdio: ["pipe", "pipe", "pipe"] });
  const box = openMailbox(limit);
  const complaints = box.complaints;
  const answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let started: (info: Started) => void = () => {};
  const start = new Promise<Started>((resolve) => (started = resolve));
  createInterface({ input: bridge.stderr }).on("line", (line) => complaints.push(line));
  createInterface({ input: bridge.stdout }).on("line", (line) => {
    const event = JSON.parse(line);
    if (event.event === "message") box.deliver(event);
    else if (event.event === "started") started(event);
    else if (event.event === "unreadable") complaints.push(`unreadable on ${event.channel}: ${event.message}`);
    else {
      const waiting = answers.get(event.id);
      answers.delete(event.id);
      if (event.event === "answer") waiting?.resolve(event.value);
      else waiting?.reject(new Error(event.message));
    }
  });
  const ended = new Promise<void>((resolve) => bridge.once("close", () => resolve()));
  bridge.stdin.on("error", () => {}); // the bridge is gone: `ended` says so
  const write = (command: object) => void bridge.stdin.write(JSON.stringify(command) + "\n");
  write({ kernel: "under_test", path: [join(folder, "kernels")], env: { LYCEUM_HISTORY: join(folder, "history.jsonl"), ...options.env }, cwd, transport: options.transport ?? "tcp", ipc: join(folder, "ipc") });

  let commands = 0;
  const command = (fields: object) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++commands;
      answers.set(id, { resolve, reject });
      write({ id, ...fields });
    });
  void ended.then(() => {
    for (const waiting of answers.values()) waiting.reject(new Error(`the bridge ended: ${complaints.slice(-8).join("\n")}`));
    box.close();
  });

  const stop = async () => {
    if (bridge.exitCode === null && bridge.signalCode === null) write({ id: 0, do: "stop" });
    bridge.stdin.end();
    const impatient = setTimeout(() => bridge.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(impatient);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  options.test?.after(stop);

  const failed = ended.then(() => Promise.reject(new Error(`the kernel did not start: ${complaints.slice(-12).join("\n")}`)));
  failed.catch(() => {});
  const info = await Promise.race([start, failed]);

  const send = async (channel: Channel, type: string, content: Content, extra: SendOptions = {}): Promise<string> => {
    const id = (extra.header?.msg_id as string | undefined) ?? randomUUID();
    const { buffers, ...rest } = extra;
    await command({ do: "send", channel, type, content, ...rest, header: { ...extra.header, msg_id: id }, buffers: buffers?.map((part) => Buffer.from(part).toString("base64")) ?? [] });
    return id;
  };
  const request = async (channel: Channel, type: string, content: Content = {}, extra: SendOptions & { timeout?: number } = {}): Promise<Message> => {
    const { timeout, ...rest } = extra;
    const id = await send(channel, type, content, rest);
    return await box.find((message) => message.channel === channel && message.parent.msg_id === id, `the reply to ${type}`, timeout);
  };
  const kernel = {
    connection: info.connection,
    /** Seconds since the epoch when the kernel's process was started, by the bridge's clock. */
    spawned: info.spawned,
    pid: info.pid,
    connectionFile: info.file,
    folder,
    cwd,
    /** Everything that arrived, in order. */
    messages: box.messages,
    /** What bridge and kernel wrote to stderr, and messages that jupyter_client could not read. */
    complaints,
    send,
    request,
    next: box.next,
    find: box.find,
    start: (code: string, given: ExecuteOptions = {}): RunningCell => startCell(box, send, code, given),
    execute: (code: string, given: ExecuteOptions = {}): Promise<Execution> => startCell(box, send, code, given).done,
    interrupt: async (): Promise<number> => {
      const from = performance.now();
      await request("control", "interrupt_request");
      return performance.now() - from;
    },
    heartbeat: () => command({ do: "heartbeat" }) as Promise<number>,
    alive: () => command({ do: "alive" }) as Promise<boolean>,
    manager: (call: "interrupt" | "restart" | "shutdown" | "kill", now = false) => command({ do: "manager", call, now }),
    raw: (channel: Channel, frames: Uint8Array[]) => command({ do: "raw", channel, frames: frames.map((frame) => Buffer.from(frame).toString("base64")) }),
    /** End the bridge without a word, as when Jupyter is killed. */
    killBridge: () => void bridge.kill("SIGKILL"),
    stop,
  };
  if (options.ready !== false) {
    await untilReady(box, send).catch(async (problem) => {
      await stop();
      throw problem;
    });
    // Every promise of the kernel holds with a debugger attached, too (test/kernel/debug/full/attached.test.ts).
    if (process.env.LYCEUM_TEST_DEBUGGER && options.spec === undefined) await request("control", "debug_request", { type: "request", seq: 1, command: "attach", arguments: {} });
  }
  return kernel;
}

/** As jupyter_client does: ask again until a reply came and iopub speaks. */
async function untilReady(box: Mailbox, send: Send): Promise<void> {
  for (;;) {
    const id = await send("shell", "kernel_info_request", {});
    await box.find((message) => message.channel === "shell" && message.parent.msg_id === id, "kernel_info_reply");
    const idle = (message: Message) => message.channel === "iopub" && message.parent.msg_id === id && message.content.execution_state === "idle";
    if (await box.find(idle, "idle", 500).catch(() => undefined)) return;
  }
}

interface Started {
  connection: Record<string, string | number> & { key: string };
  pid: number;
  file: string;
  spawned: number;
}

type Send = (channel: Channel, type: string, content: Content, extra?: SendOptions) => Promise<string>;

function startCell(box: Mailbox, send: Send, code: string, given: ExecuteOptions): RunningCell {
  const { metadata, stdin, timeout, ...flags } = given;
  const id = randomUUID();
  const mine = (message: Message) => message.parent.msg_id === id;
  const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: stdin !== undefined, stop_on_error: true, ...flags };
  const asked = (async () => {
    await send("shell", "execute_request", content, { header: { msg_id: id }, metadata });
    const answers = Array.isArray(stdin) ? [...stdin] : stdin;
    const stopListening = box.each((message) => {
      if (answers === undefined || message.type !== "input_request" || !mine(message)) return;
      const answer = Array.isArray(answers) ? (answers.shift() ?? "") : answers(String(message.content.prompt), Boolean(message.content.password));
      void Promise.resolve(answer).then((value) => send("stdin", "input_reply", { status: "ok", value }, { parent: message.header }));
    });
    try {
      const reply = await box.find((message) => message.type === "execute_reply" && mine(message), `execute_reply of ${JSON.stringify(code.slice(0, 60))}`, timeout);
      await box.find((message) => message.channel === "iopub" && mine(message) && message.content.execution_state === "idle", "idle", timeout);
      return collect(id, reply, box.messages.filter((message) => message.channel === "iopub" && mine(message)));
    } finally {
      stopListening();
    }
  })();
  asked.catch(() => {}); // reported where it is awaited
  const output = (predicate: (message: Message) => boolean) => box.find((message) => message.channel === "iopub" && mine(message) && predicate(message), "output of the cell");
  return {
    id,
    done: asked,
    output,
    printed: async (text) => {
      const soFar = () => box.messages.filter((message) => mine(message) && message.type === "stream" && message.content.name === "stdout").map((message) => message.content.text).join("");
      await box.find(() => soFar().includes(text), `${JSON.stringify(text)} on stdout`);
      return soFar();
    },
  };
}

function collect(id: string, reply: Message, messages: Message[]): Execution {
  const text = (name: string) => messages.filter((message) => message.type === "stream" && message.content.name === name).map((message) => message.content.text).join("");
  return {
    id,
    status: String(reply.content.status),
    reply: reply.content,
    messages,
    stdout: text("stdout"),
    stderr: text("stderr"),
    result: messages.find((message) => message.type === "execute_result")?.content as Execution["result"],
    displays: messages.filter((message) => message.type === "display_data").map((message) => message.content) as unknown as Execution["displays"],
    error: messages.find((message) => message.type === "error")?.content as Execution["error"],
  };
}
