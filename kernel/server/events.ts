import type { CommMessage, SessionEvent } from "../session/contract.js";
import type { Draft } from "../wire/message.js";
import { errorFields } from "./cells.js";
import type { Comms } from "./comms.js";
import type { Parent, Parents } from "./parents.js";
import type { Publisher } from "./publisher.js";

/** What the session tells beside its answers, put on iopub under the cell that caused it. */
export function createEventSink(options: { publisher: Publisher; parents: Parents; comms: Comms; ask(parent: Parent | undefined, prompt: string, password: boolean): void; onRespawn(): void }) {
  const { publisher, parents, comms } = options;

  function display(parent: Parent | undefined, event: Extract<SessionEvent, { type: "display_data" | "update_display_data" }>): void {
    const notice = event.type === "display_data" ? parent?.allowance.display() : undefined;
    if (notice !== undefined) return notice === "" ? undefined : publisher.stream(parent?.header ?? {}, "stderr", notice);
    const transient = event.displayId === undefined ? {} : { display_id: event.displayId };
    publisher.publish({ type: event.type, parent: parent?.header, content: { ...event.bundle, transient } });
  }

  function comm(parent: Parent | undefined, message: CommMessage): void {
    if (message.kind === "open") comms.opened(message.commId, message.target ?? "");
    if (message.kind === "close") comms.closed(message.commId);
    publisher.publish({ parent: parent?.header, ...commDraft(message) });
  }

  return (event: SessionEvent): void => {
    if (event.type === "respawn") {
      // The front end's models have no counterpart any more; it should know.
      for (const commId of comms.clear()) comm(undefined, { kind: "close", commId, data: {} });
      return options.onRespawn();
    }
    if (event.type === "engine") return;
    // No cell's: JupyterLab asks for all variables again after every message that has a cell as its parent.
    if (event.type === "debug") return publisher.publish({ type: "debug_event", content: { ...event.event } });
    const parent = parents.find(event.parent);
    if (event.type === "comm") return comm(parent, event.message);
    if (event.type === "input") return options.ask(parent, event.prompt, event.password);
    if (parent?.silent) return;
    switch (event.type) {
      case "stream":
        return publisher.stream(parent?.header ?? {}, event.name, parent?.allowance.text(event.text) ?? event.text);
      case "display_data":
      case "update_display_data":
        return display(parent, event);
      case "clear_output":
        parent?.allowance.clear();
        return publisher.publish({ type: "clear_output", parent: parent?.header, content: { wait: event.wait } });
      case "error":
        return publisher.publish({ type: "error", parent: parent?.header, content: errorFields(event.error) });
    }
  };
}

function commDraft({ kind, commId, target, data, metadata, buffers }: CommMessage): Draft {
  const content = { comm_id: commId, data: data ?? {}, ...(kind === "open" ? { target_name: target ?? "" } : {}) };
  return { type: `comm_${kind}`, content, metadata, buffers };
}
