import type { MimeBundle } from "../display/contract.js";
import type { Session, SessionOptions } from "../session/contract.js";
import type { Notebook } from "./notebook.js";

type Service = (argument: unknown, session: Session) => Promise<MimeBundle>;

/** What lessons/checks/service.js must export. */
interface CheckModule {
  createCheckService(notebook: Notebook): Service;
}

// A variable: the module is loaded with the first check, not with the kernel.
const checkModule = "../../lessons/checks/service.js";

/** The trusted side's answers to the runner's globals: `check(id)` in a cell asks `check` here. */
export function createServices(notebook: Notebook): NonNullable<SessionOptions["services"]> {
  return { check: lazily(async () => ((await import(checkModule)) as CheckModule).createCheckService(notebook)) };
}

function lazily(load: () => Promise<Service>): Service {
  let loaded: Promise<Service> | undefined;
  return async (argument, session) => await (await (loaded ??= load()))(argument, session);
}
