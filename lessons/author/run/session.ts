import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ErrorReport, Session } from "../../../kernel/session/contract.js";
import { createSession } from "../../../kernel/session/index.js";
import type { Language, NotebookCell } from "../../format/index.js";

export type Tier = "tensorflow" | "wasm";

/** What happened to one cell. */
export interface Walked {
  readonly id: string;
  readonly error?: ErrorReport;
  readonly seconds: number;
}

/** A session in an empty folder, ended whatever happens. */
export async function withSession<T>(tier: Tier, body: (session: Session) => Promise<T>, language: Language = "en"): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-lesson-"));
  const services = { check: () => Promise.resolve({ data: { "text/plain": "" }, metadata: {} }) };
  const session = createSession({ directory, engine: { tier }, language, services, onEvent: () => {} });
  try {
    await session.ready;
    return await body(session);
  } finally {
    await session.dispose();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Run a cell as JupyterLab would. */
export async function runCell(session: Session, { id, source }: Pick<NotebookCell, "id" | "source">): Promise<Walked> {
  const start = performance.now();
  const outcome = await session.execute({ parent: `walk-${id}`, code: source, count: 1, cellId: id });
  return { id, ...(outcome.error ? { error: outcome.error } : {}), seconds: (performance.now() - start) / 1000 };
}
