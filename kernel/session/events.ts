import type { FromHelper, FromMain } from "../runner/protocol.js";
import type { Session, SessionOptions } from "./contract.js";
import { reportDeath } from "./death.js";
import type { History } from "./history.js";
import type { MimeBundle } from "../display/contract.js";
import { reportThrown } from "./report.js";
import type { Words } from "./words.js";

export type ServiceAnswer = { bundle: MimeBundle } | { error: string };

/** Turns what the runner says into the session's events. */
export function createCellEvents(
  options: SessionOptions,
  words: Words,
  history: History,
  session: () => Session,
  answerService: (id: number, answer: ServiceAnswer) => void,
  onAnswer: (message: Extract<FromMain, { type: "answer" }>) => void,
) {
  const { onEvent } = options;
  let parent = "";
  let dying = false;

  async function serve({ id, name, argument }: Extract<FromMain, { type: "service" }>): Promise<void> {
    try {
      const service = options.services?.[name];
      if (!service) throw new Error(`${name} is not available in this notebook`);
      answerService(id, { bundle: await service(argument, session()) });
    } catch (error) {
      answerService(id, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    /** The cell to which output of native code belongs. */
    setParent(of: string): void {
      parent = of;
    },
    onMain(message: FromMain, parts: Uint8Array[]): void {
      switch (message.type) {
        case "stream":
          return onEvent({ ...message, text: Buffer.from(parts[0] ?? []).toString("utf8") });
        case "comm":
          return onEvent({ ...message, message: { ...message.message, buffers: parts } });
        case "error":
          return onEvent({ type: "error", parent: message.parent, error: reportThrown(message.error, history.find, words) });
        case "service":
          return void serve(message);
        case "answer":
          return onAnswer(message);
        case "display_data":
        case "update_display_data":
        case "clear_output":
        case "input":
        case "engine":
          return onEvent(message);
      }
    },
    onHelper(message: FromHelper): void {
      if (message.type === "native") onEvent({ type: "stream", parent, name: "stderr", text: `${words.native}\n` });
    },
    onRaw(name: "stdout" | "stderr", text: string): void {
      if (name === "stderr" && dying) return;
      const end = name === "stderr" ? text.search(obituary) : -1;
      dying = end >= 0;
      const kept = name === "stderr" ? withoutNoise(end < 0 ? text : text.slice(0, end).replace(/^\s+$/, "")) : text;
      if (kept !== "") onEvent({ type: "stream", parent, name, text: kept });
    },
    onDeath(reason: string, whileRunning: boolean): void {
      dying = false;
      onEvent({ type: "respawn", reason });
      if (!whileRunning) onEvent({ type: "error", parent, error: reportDeath(reason, words) });
    },
  };
}

/** What node and V8 print when they go down; the session says it in plain words. */
function withoutNoise(text: string): string {
  if (!noise.test(text)) return text;
  const kept = text.split("\n").filter((line) => !noise.test(line) && line.trim() !== "");
  return kept.length === 0 ? "" : `${kept.join("\n")}\n`;
}
/** After these words comes nothing but addresses. */
const obituary = /<--- (Last few GCs|JS stacktrace) --->|----- (Native|JavaScript) stack trace -----/;
const noise = /^<--- (Last few GCs|JS stacktrace) --->|^FATAL ERROR: |^# (Fatal error|Check failed)|^ ?\d+: 0x[0-9a-f]+ |^\[\d+:0x[0-9a-f]+\] +\d+ ms: |----- (Native|JavaScript) stack trace -----|^Waiting for the debugger to disconnect|^WARNING: All log messages before absl|^[IWE]0000 00:00:|^\d{4}-\d\d-\d\d [\d:.]+: [IWE] (tensorflow|external|xla)/m;
