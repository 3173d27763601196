import { type Emit, type Pauses } from "./pauses.js";
import type { Breakpoints } from "./breakpoints.js";
import type { Inspector } from "./inspector.js";

export type StopAt = "none" | "uncaught" | "all";

/** Whether a debugger is there. Everything is switched on in the runner when one comes and off again when it goes. */
export interface Attachment {
  /** JupyterLab attaches twice after a restart: the second time is the first. */
  attach(): Promise<void>;
  detach(): Promise<void>;
  /** Undefined where none is attached; else settles when the runner is ready to be stopped. */
  current(): Promise<void> | undefined;
  /** Settles when all has arrived that V8 told before: its events take another way than a cell's end, and may be slower. */
  caughtUp(): Promise<void>;
  /** The learner's breakpoints outlive the process: set in the one that follows. */
  restart(): void;
  /** The errors at which the program stops. */
  stopAt(): StopAt;
  setStopAt(errors: StopAt): Promise<void>;
  /** Compiled steps run as written where a breakpoint lies in a function: the runner must know. */
  tellRunner(): Promise<void>;
}

export interface AttachmentParts {
  inspector(): Inspector;
  evaluate(expression: string): Promise<unknown>;
  breakpoints: Breakpoints;
  pauses: Pauses;
  /** The kernel's own folder, whose code is no learner's. */
  ownFolder: string;
  /** Settles when the runner can be asked. */
  ready(): Promise<unknown>;
  emit: Emit;
}

export function createAttachment({ inspector, evaluate, breakpoints, pauses, ownFolder, ready, emit }: AttachmentParts): Attachment {
  let attached: Promise<void> | undefined;
  let stopAt: StopAt = "none";

  async function tellRunner(): Promise<void> {
    await evaluate(`__lyceum__.attach(${breakpoints.inFunction()})`);
  }

  /** In a black box nothing stops: packages are one, except where an error thrown in them is to be seen. */
  async function tellErrors(): Promise<void> {
    const escaped = ownFolder.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    await inspector().post("Debugger.setBlackboxPatterns", { patterns: ["^node:", `^(file://)?${escaped}`, ...(stopAt === "none" ? ["[/\\\\]node_modules[/\\\\]"] : [])] });
    await inspector().post("Debugger.setPauseOnExceptions", { state: stopAt === "none" ? "none" : "all" });
  }

  async function enable(): Promise<void> {
    await ready();
    await inspector().post("Debugger.enable", { maxScriptsCacheSize: 0 });
    await tellErrors();
    await tellRunner();
  }

  function keep(mine: Promise<void>, onFailure: () => void): Promise<void> {
    attached = mine;
    mine.catch(() => {
      if (attached !== mine) return;
      attached = undefined;
      onFailure();
    });
    return mine;
  }

  return {
    attach: () => attached ?? keep(enable(), () => {}),
    async detach() {
      if (!attached) return;
      await attached.catch(() => {});
      await breakpoints.clear();
      const paused = pauses.release();
      attached = undefined;
      await evaluate("__lyceum__.detach()");
      if (paused) await inspector().post("Debugger.resume").catch(() => {});
      await inspector().post("Debugger.disable");
    },
    current: () => attached,
    async caughtUp() {
      if (attached) await attached.then(() => inspector().post("Runtime.getIsolateId")).catch(() => {});
    },
    restart() {
      if (!attached) return;
      void keep(enable().then(() => breakpoints.restore()).then(tellRunner), () => emit("terminated"));
    },
    stopAt: () => stopAt,
    async setStopAt(errors) {
      stopAt = errors;
      if (attached) await tellErrors();
    },
    tellRunner,
  };
}
