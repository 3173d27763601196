import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { createSession } from "../../../kernel/session/index.js";
import type { ExecuteOutcome, ExecuteRequest, Session, SessionEvent, SessionOptions } from "../../../kernel/session/contract.js";

/** A real session in a folder of its own, for one test. */
export interface Notebook {
  session: Session;
  folder: string;
  events: SessionEvent[];
  run(code: string, more?: Partial<ExecuteRequest>): Promise<ExecuteOutcome>;
  /** `text/plain` of the cell's result; fails the test when the cell failed. */
  value(code: string): Promise<unknown>;
  /** Settles with the next event that fits, past ones included. */
  event(fits: (event: SessionEvent) => boolean): Promise<SessionEvent>;
  /** What cell n (from 1) printed so far. */
  printed(parent: string, name?: "stdout" | "stderr"): string;
}

export function openNotebook(t: TestContext, options: Partial<SessionOptions> = {}): Notebook {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-session-"));
  const events: SessionEvent[] = [];
  const waiting = new Set<() => void>();
  const session = createSession({
    directory: folder,
    check: false,
    preload: false,
    ...options,
    onEvent(event) {
      if (event.type !== "debug") events.push(event);
      options.onEvent?.(event);
      for (const look of waiting) look();
    },
  });
  if (process.env.LYCEUM_TEST_DEBUGGER) void session.debug({ command: "attach" }); // test/kernel/debug/full/attached.test.ts
  t.after(async () => {
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  let count = 0;
  const run: Notebook["run"] = (code, more) => {
    count++;
    return session.execute({ parent: `cell-${count}`, code, count, ...more });
  };
  return {
    session,
    folder,
    events,
    run,
    async value(code) {
      const { status, result, error } = await run(code);
      assert.equal(status, "ok", plain(error?.traceback));
      return result?.data["text/plain"];
    },
    event: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    printed: (parent, name = "stdout") => events.map((event) => (event.type === "stream" && event.parent === parent && event.name === name ? event.text : "")).join(""),
  };
}

export function plain(traceback: readonly string[] = []): string {
  return stripVTControlCharacters(traceback.join("\n"));
}

/** The cell runs: its first output has arrived. */
export function running(notebook: Notebook, parent: string): Promise<SessionEvent> {
  return notebook.event((event) => event.type === "stream" && event.parent === parent);
}
