import { parentPort, type MessagePort } from "node:worker_threads";
import { makeInbox, type Link } from "../link.js";
import { ringAllReduce } from "../ring.js";
import type { Program, WorkerContext, WorkerProgram } from "../worker.js";
import type { FromWorker, ToWorker } from "./messages.js";
import { openPeers } from "./sockets.js";

/** The worker's side, the same in a thread and in a process. */
const tell = (message: FromWorker): void => void (parentPort ? parentPort.postMessage(message) : process.send?.(message));
const answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let peers: (ports: readonly number[]) => void = () => {};

const onMessage = (message: ToWorker): void => {
  if (message.type === "start") void start(message);
  else if (message.type === "peers") peers(message.ports);
  else {
    const call = answers.get(message.id);
    answers.delete(message.id);
    if (message.error !== undefined) call?.reject(new Error(message.error));
    else call?.resolve(message.value);
  }
};
if (parentPort) parentPort.on("message", onMessage);
else {
  process.on("message", onMessage);
  // Whoever started this process has ended, however: so does it.
  process.on("disconnect", () => process.exit(1));
}

async function start({ rank, size, program, data, tier, token, ports }: Extract<ToWorker, { type: "start" }>): Promise<void> {
  try {
    const links = ports ? ports.map((port) => (port ? portLink(port) : null)) : await meet(rank, size, token);
    const run = await programOf(program);
    tell({ type: "done", value: await run(contextOf(rank, size, links, tier), data) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const hint = error instanceof ReferenceError && "source" in program ? ": a worker sees only its arguments; give it through data" : "";
    tell({ type: "error", message: `${message}${hint}`, ...(stack !== undefined && { stack }) });
  }
}

async function meet(rank: number, size: number, token: string): Promise<(Link | null)[]> {
  const place = await openPeers(rank, size, token);
  const others = new Promise<readonly number[]>((resolve) => (peers = resolve));
  tell({ type: "listening", port: place.port });
  return place.meet(await others);
}

async function programOf(program: Program): Promise<WorkerProgram<unknown, unknown>> {
  if ("source" in program) {
    // The caller's own function, of the same program, by its text.
    const made = new Function(`return (${program.source});`)() as unknown;
    if (typeof made !== "function") throw new TypeError("expected the program to be a function");
    return made as WorkerProgram<unknown, unknown>;
  }
  const loaded = (await import(program.module)) as { default?: WorkerProgram<unknown, unknown> };
  if (typeof loaded.default !== "function") throw new TypeError(`expected ${program.module} to export a function as its default`);
  return loaded.default;
}

function portLink(port: MessagePort): Link {
  const inbox = makeInbox<Float32Array>();
  port.on("message", (values: Float32Array) => inbox.push(values));
  // A thread that only waits for a neighbour shall stay.
  port.ref();
  return { send: (values) => port.postMessage(values.slice()), receive: () => inbox.take() };
}

let questions = 0;
function answered(message: (id: number) => FromWorker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const id = questions++;
    answers.set(id, { resolve, reject });
    tell(message(id));
  });
}

function contextOf(rank: number, size: number, links: readonly (Link | null)[], tier: string | undefined): WorkerContext {
  let [bytes, waited] = [0, 0];
  const linkTo = (other: number): Link => {
    const link = links[other];
    if (!link) throw new RangeError(`expected another worker from 0 to ${size - 1}, got ${other} at worker ${rank}`);
    return { send: (values) => link.send(values), receive: () => timed(link.receive()) };
  };
  async function timed<T>(work: Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work;
    } finally {
      waited += (performance.now() - started) / 1000;
    }
  }
  const context: WorkerContext = {
    rank,
    size,
    get bytesSent() {
      return bytes;
    },
    get waited() {
      return waited;
    },
    send(to, values) {
      if (!(values instanceof Float32Array)) throw new TypeError("expected values as a Float32Array");
      linkTo(to).send(values);
      bytes += values.byteLength;
    },
    receive: (from) => linkTo(from).receive(),
    async allReduce(values) {
      if (size > 1) bytes += await ringAllReduce(values, { rank, size, next: linkTo((rank + 1) % size), previous: linkTo((rank + size - 1) % size) });
    },
    barrier: () => context.allReduce(new Float32Array(size)),
    report: (value) => tell({ type: "report", value }),
    ask: (question) => timed(answered((id) => ({ type: "ask", id, question }))),
    async tf() {
      const { loadEngine } = await import("../../../../engine/index.js");
      // Layers of our own must be known before a model with them is built.
      const engine = await loadEngine(tier === undefined ? {} : { tier: tier as "wasm" });
      await import("../../../vision/index.js");
      if (parentPort && engine.tier === "tensorflow") {
        const { addons = [] } = (await import("../../../../engine/tiers/tensorflow.js")).findAddons(process.cwd());
        await answered((id) => ({ type: "hold", id, paths: addons }));
      }
      return engine.tf;
    },
  };
  return context;
}
