import type { CommData, Comms } from "../../runner/comms.js";
import { watchControl } from "./control.js";

/** What a front end says to its model in a custom message. */
export type CustomHandler = (content: unknown, buffers: readonly Uint8Array[]) => void;

/** A widget's half in the kernel: Jupyter's widget messages (version 2.1) over one comm. Traits are plain JSON; bytes go in custom messages. */
export interface WidgetModel {
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
  /** Change traits, here and in every page that shows the widget. */
  set(traits: Readonly<Record<string, unknown>>): void;
  send(content: unknown, buffers?: readonly ArrayBufferView[]): void;
  close(): void;
  /** The MIME type and value that make a front end draw it. */
  readonly view: { readonly "application/vnd.jupyter.widget-view+json": { readonly version_major: 2; readonly version_minor: 0; readonly model_id: string } };
}

export const widgetTarget = "jupyter.widget";

export function openWidget(comms: Comms, traits: Readonly<Record<string, unknown>>, onCustom: CustomHandler): WidgetModel {
  const state: Record<string, unknown> = { ...traits };
  // Without this version in the metadata the front end shows nothing.
  const comm = comms.open(widgetTarget, { state, buffer_paths: [] }, { metadata: { version: "2.1.0" } });
  const forget = watchControl(comms, comm.id, () => state);
  let open = true;
  const update = (changed: Readonly<Record<string, unknown>>, method = "update") => comm.send({ method, state: changed, buffer_paths: [] });
  comm.onMessage((message) => receive(message, state, update, onCustom));
  comm.onClose(() => {
    open = false;
    forget();
  });
  return {
    id: comm.id,
    state,
    set(changed) {
      Object.assign(state, changed);
      if (open) update(changed);
    },
    send(content, buffers = []) {
      if (open) comm.send({ method: "custom", content }, { buffers });
    },
    close() {
      if (!open) return;
      open = false;
      forget();
      comm.close();
    },
    view: { "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: comm.id } },
  };
}

function receive({ data, buffers }: CommData, state: Record<string, unknown>, update: (changed: Readonly<Record<string, unknown>>, method?: string) => void, onCustom: CustomHandler): void {
  const message = data as { method?: unknown; content?: unknown; state?: Record<string, unknown> } | null;
  if (message?.method === "request_state") update(state);
  else if (message?.method === "custom") onCustom(message.content, buffers);
  else if (message?.method === "update" && message.state) {
    Object.assign(state, message.state);
    // A second page on the same kernel stays stale without the echo.
    update(message.state, "echo_update");
  }
}
