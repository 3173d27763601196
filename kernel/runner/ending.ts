import type { Ask, Gate } from "./gate.js";
import { mayEnd } from "./endable.js";
import { flag, type SharedMemory } from "./shared.js";
import type { Stopped, Tunnel } from "./tunnel.js";

/** Milliseconds in which the main thread may react by itself. */
const grace = 10;
/** Milliseconds in which a pause comes, unless a black box or native code holds the thread. */
const patience = 200;
/** Steps that the way from the kernel's own code to the learner's may take. */
const steps = 3000;

/**
 * Ends what the main thread runs. Settles when that thread has handled the interrupt.
 *
 * Nothing else is sent meanwhile. Between the order to end and the end a question breaks V8 (`Runtime.getProperties` aborts the process) or
 * undoes the order: a call that returns takes it away, and an evaluation that nothing may stop takes a waiting pause away.
 *
 * V8's plain order does not reach a loop of awaits with a debugger attached. One that comes with going on from a pause does: so a debugger's
 * program is paused first.
 */
export function createEnding(gate: Gate, tunnel: Tunnel, memory: SharedMemory, ownFolder: string): (id: number) => Promise<void> {
  const { flags } = memory;

  async function end(id: number, ask: Ask, handled: () => boolean): Promise<void> {
    while (!handled()) {
      await ask("Runtime.evaluate", { expression: `__lyceum__.stop(${id})`, returnByValue: true, silent: true, disableBreaks: true });
      await delay(3);
    }
  }

  async function endWatched(id: number, ask: Ask, handled: () => boolean): Promise<void> {
    let opened = false;
    let stepped = 0;
    while (!handled()) {
      const stopped = tunnel.stopped() ?? (await next(ask("Debugger.pause"), handled));
      if (!stopped) {
        // Packages and our own code are a black box, in which no pause comes.
        if (!opened && !handled()) await ask("Debugger.setBlackboxPatterns", { patterns: [] });
        opened = true;
      } else if (Atomics.load(flags, flag.lock) === 1) await resume(ask);
      else if (mayEnd(stopped.files, memory, ownFolder)) {
        Atomics.store(flags, flag.ended, id);
        await ask("Runtime.evaluate", { expression: "__lyceum__.forget()", silent: true, disableBreaks: true });
        await resume(ask, { terminateOnResume: true });
      } else if (++stepped % steps > 0) await next(ask("Debugger.stepInto"), handled);
      else await resume(ask);
    }
    await ask("Runtime.evaluate", { expression: "(() => {})()", silent: true, disableBreaks: true }); // a pause that still waits would stop the next cell
    if (tunnel.stopped()) await resume(ask);
    if (opened) await ask("Debugger.setBlackboxPatterns", { patterns: tunnel.blackbox() });
  }

  async function resume(ask: Ask, how = {}): Promise<void> {
    await ask("Debugger.resume", how);
    await delay(3);
  }

  /** The stop that was asked for. */
  async function next(asked: Promise<void>, handled: () => boolean): Promise<Stopped | undefined> {
    const before = tunnel.stopped();
    await asked;
    const until = performance.now() + patience;
    for (;;) {
      const stopped = tunnel.stopped();
      if ((stopped && stopped !== before) || handled() || performance.now() > until) return stopped === before ? undefined : stopped;
      await delay(1);
    }
  }

  return async (id) => {
    const handled = (): boolean => Atomics.load(flags, flag.handled) >= id;
    await gate.alone(async (ask) => {
      const start = performance.now();
      while (!handled() && performance.now() - start < grace) await delay(3);
      if (handled()) return;
      if (!tunnel.attached()) return await end(id, ask, handled);
      await tunnel.quietly(() => endWatched(id, ask, handled));
    });
  };
}

const delay = (time: number): Promise<void> => new Promise((go) => setTimeout(go, time));
