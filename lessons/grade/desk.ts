import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Session } from "../../kernel/session/contract.js";
import { createSession } from "../../kernel/session/index.js";
import { deadline, within, type Deadline, type GradeLimits } from "./limits.js";

/** A cell to run, and whether the learner wrote it. */
export interface DeskCell {
  id: string;
  source: string;
  learner: boolean;
}

export type Outcome = { status: "ok" } | { status: "error" | "timeout" | "died" | "out-of-time"; message: string };

/**
 * A session that survives what it runs. When the process dies or cannot be interrupted, a new one is started and the cells before it are
 * run again, without the learner's cell that was to blame; so each accident costs its own cell only.
 */
export interface Desk {
  run(cell: DeskCell): Promise<Outcome>;
  /** The session, for questions. Call `settle` afterwards. */
  readonly session: Session;
  /** After questions: make good what they broke. `blame`: the cell whose code was asked. True: the process had died. */
  settle(blame: string): Promise<boolean>;
  readonly clock: Deadline;
  close(): Promise<void>;
}

/** Time that a stopped cell may take to end before its process is replaced. */
const grace = 3000;

export async function openDesk(limits: GradeLimits): Promise<Desk> {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-grade-"));
  const clock = deadline(limits.total);
  let lost = false;
  const session = createSession({
    directory,
    check: false,
    maxHeap: 2048,
    // A learner's own cell may call check(); marks come from our own calls only.
    services: { check: () => Promise.resolve({ data: { "text/plain": "" }, metadata: {} }) },
    onEvent: (event) => {
      if (event.type === "respawn") lost = true;
    },
  });
  const done: DeskCell[] = [];
  let count = 0;

  async function once({ id, source }: DeskCell): Promise<Outcome> {
    if (clock.over()) return { status: "out-of-time", message: "no time was left" };
    const name = `grade-${++count}`;
    const running = session.execute({ parent: name, code: source, count, cellId: id });
    // Nobody may be waiting any more when it ends.
    running.catch(() => {});
    let outcome = await within(running, Math.min(limits.cell, clock.left()));
    if (outcome === "late") {
      void session.interrupt().catch(() => {});
      outcome = await within(running, grace);
      if (outcome === "late") {
        await session.restart();
        lost = true;
      }
      return { status: "timeout", message: `it ran longer than ${limits.cell / 1000} s` };
    }
    if (outcome.status === "ok") return { status: "ok" };
    const { kind = "thrown", ename = "Error", evalue = "" } = outcome.error ?? {};
    if (kind === "died") lost = true;
    return { status: kind === "died" ? "died" : "error", message: `${ename}: ${evalue}` };
  }

  /** Run everything again until no cell breaks it. Each round drops a learner's cell, so it ends. */
  async function recover(blame: string): Promise<void> {
    drop(blame);
    while (lost && !clock.over()) {
      lost = false;
      for (const cell of [...done]) {
        await once(cell);
        if (!lost) continue;
        drop(cell.id);
        break;
      }
    }
  }

  /** Take out the last learner's cell at or before the one that broke; a given cell is never to blame. */
  function drop(id: string): void {
    const at = done.findIndex((cell) => cell.id === id);
    const guilty = done.slice(0, at + 1).findLastIndex((cell) => cell.learner);
    if (guilty >= 0) done.splice(guilty, 1);
    else if (at >= 0) done.splice(at, 1);
  }

  return {
    session,
    clock,
    async run(cell) {
      const place = done.findIndex(({ id }) => id === cell.id);
      if (place >= 0) done.splice(place, 1);
      done.push(cell);
      const outcome = await once(cell);
      if (lost) await recover(cell.id);
      return outcome;
    },
    async settle(blame) {
      const died = lost;
      if (lost) await recover(blame);
      return died;
    },
    async close() {
      await session.dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
