import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSession } from "../../../kernel/session/index.js";
import type { Session } from "../../../kernel/session/contract.js";

/** Programs whose speed a debugger could take. */
const programs: Record<string, string> = {
  "loop at the top level": "let s = 0; for (let i = 0; i < 2e7; i++) s += i % 7;",
  "loop in a function": "function work() { let s = 0; for (let i = 0; i < 1e8; i++) s += i % 7; return s } work();",
  "300,000 awaits": "for (let i = 0; i < 300_000; i++) await null;",
  "6,000 tfjs operations": "tf.tidy(() => { let a = tf.ones([8, 8]); for (let i = 0; i < 3_000; i++) a = tf.mul(tf.add(a, 1), 0.5); a.dataSync(); });",
};

interface Row {
  program: string;
  /** Milliseconds, medians: never attached, attached, after it was turned off. */
  off: number;
  attached: number;
  after: number;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** `npm run bench -- debugger`: what the debugger costs, and how quickly it answers while a cell is busy. Exit status 1: it costs something when off. */
export async function run(args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-bench-"));
  const never = createSession({ directory: folder, check: false, onEvent() {} });
  const debugged = createSession({ directory: folder, check: false, onEvent() {} });
  try {
    for (const session of [never, debugged]) await execute(session, "tf.scalar(1).dispose()");
    await ask(debugged, "attach");
    const [attached] = await measure([debugged]);
    // As much done before as the other: a process that has run for a while is not as fast as a new one.
    await measure([never]);
    const answers = await answerTimes(debugged);
    await ask(debugged, "disconnect");
    const [off, after] = await measure([never, debugged]);
    const rows: Row[] = Object.keys(programs).map((program) => ({ program, off: off!.get(program)!, attached: attached!.get(program)!, after: after!.get(program)! }));
    const holds = rows.every((row) => row.after <= row.off * 1.15 + 5) && answers.median < 10;
    if (args.includes("--json")) console.log(JSON.stringify({ rows, answers, holds }, undefined, 2));
    else console.log(table(rows, answers));
    return holds ? 0 : 1;
  } finally {
    await Promise.all([never.dispose(), debugged.dispose()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

let count = 0;
async function execute(session: Session, code: string): Promise<number> {
  const from = performance.now();
  const { error } = await session.execute({ parent: `bench-${++count}`, code, count });
  if (error) throw new Error(error.traceback.join("\n"));
  return performance.now() - from;
}

/** Each program in each session by turns, and each is first as often as the other: what follows close behind another process is slower. */
async function measure(sessions: readonly Session[]): Promise<Map<string, number>[]> {
  const found = sessions.map(() => new Map<string, number>());
  for (const [program, code] of Object.entries(programs)) {
    const times = sessions.map(() => [] as number[]);
    for (let round = 0; round < 12; round++) {
      for (const at of sessions.map((_, place) => (place + round) % sessions.length)) times[at]!.push(await execute(sessions[at]!, code));
    }
    for (const [at, one] of times.entries()) found[at]!.set(program, median(one));
  }
  return found;
}

async function ask(session: Session, command: string, args: object = {}): Promise<Record<string, unknown>> {
  const { success, message, body } = await session.debug({ seq: 1, command, arguments: args });
  if (!success) throw new Error(`${command}: ${message}`);
  return body;
}

/** All variables of the notebook, asked 200 times while a loop holds the thread. */
async function answerTimes(session: Session): Promise<{ median: number; p99: number }> {
  await execute(session, "let turns = 0; const held = tf.ones([100, 100]); const words = ['a', 'b'];");
  const busy = session.execute({ parent: "busy", code: "while (true) turns++;", count: 0 });
  await new Promise((go) => setTimeout(go, 200));
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const from = performance.now();
    await ask(session, "inspectVariables");
    times.push(performance.now() - from);
  }
  await session.interrupt();
  await busy;
  times.sort((a, b) => a - b);
  return { median: median(times), p99: times[Math.floor(times.length * 0.99)]! };
}

function table(rows: readonly Row[], answers: { median: number; p99: number }): string {
  const cell = (ms: number): string => ms.toFixed(0);
  return [
    "| ms | never attached | attached | turned off again | ratio (must be 1) |",
    "|---|---|---|---|---|",
    ...rows.map(({ program, off, attached, after }) => `| ${program} | ${cell(off)} | ${cell(attached)} | ${cell(after)} | ${(after / off).toFixed(2)} |`),
    "",
    `All variables while a loop holds the thread: median ${answers.median.toFixed(1)} ms, p99 ${answers.p99.toFixed(1)} ms (must be < 10).`,
  ].join("\n");
}
