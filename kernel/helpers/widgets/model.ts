import type { CommData, Comms } from "../../runner/comms.js";
import { closeUnseen, keepLive, viewCount, type LiveModel } from "./live.js";

/** What a page does to a model. */
export interface WidgetEvents {
  /** A custom message of its front end. */
  onCustom?(content: unknown, buffers: readonly Uint8Array[]): void;
  /** Traits that the page changed; `state` has them already. */
  onUpdate?(changed: Readonly<Record<string, unknown>>): void;
  /** Closed, by whom ever: to be shown again it must be opened anew. */
  onClose?(): void;
}

/** A widget's half in the kernel: Jupyter's widget messages (version 2.1) over one comm. Traits are plain JSON; bytes go in custom messages. */
export interface WidgetModel {
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
  /** Change traits, here and in every page that shows the widget. */
  set(traits: Readonly<Record<string, unknown>>): void;
  send(content: unknown, buffers?: readonly ArrayBufferView[]): void;
  close(): void;
  /** The MIME type and value that make a front end draw it. To be called at each showing. */
  view(): { readonly "application/vnd.jupyter.widget-view+json": { readonly version_major: 2; readonly version_minor: 0; readonly model_id: string } };
}

export const widgetTarget = "jupyter.widget";

/** The comms given, or the notebook's own; undefined where there are none. */
export function findComms(given: Comms | null | undefined): Comms | undefined {
  const comms = given === undefined ? (globalThis as { comms?: Comms }).comms : given;
  return typeof comms?.open === "function" ? comms : undefined;
}

/** @param traits with a number in `_view_count`, the model is closed once no page shows it and another one opens. */
export function openWidget(comms: Comms, traits: Readonly<Record<string, unknown>>, events: WidgetEvents = {}): WidgetModel {
  if (viewCount in traits) closeUnseen(comms);
  const state: Record<string, unknown> = { ...traits };
  // Without this version in the metadata the front end shows nothing.
  const comm = comms.open(widgetTarget, { state, buffer_paths: [] }, { metadata: { version: "2.1.0" } });
  let open = true;
  const ended = () => {
    if (!open) return;
    open = false;
    forget();
    events.onClose?.();
  };
  const close = () => {
    if (open) comm.close();
    ended();
  };
  const live: LiveModel = { id: comm.id, state, seen: false, close };
  const forget = keepLive(comms, live);
  const update = (changed: Readonly<Record<string, unknown>>, method = "update") => comm.send({ method, state: changed, buffer_paths: [] });
  comm.onMessage((message) => receive(message, live, update, events));
  comm.onClose(ended);
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
    close,
    view() {
      // A cell that runs again loses its old view before it has the new one.
      live.seen = false;
      return { "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: comm.id } };
    },
  };
}

function receive({ data, buffers }: CommData, live: LiveModel, update: (changed: Readonly<Record<string, unknown>>, method?: string) => void, events: WidgetEvents): void {
  const message = data as { method?: unknown; content?: unknown; state?: Record<string, unknown> } | null;
  if (message?.method === "request_state") update(live.state);
  else if (message?.method === "custom") events.onCustom?.(message.content, buffers);
  else if (message?.method === "update" && message.state) {
    Object.assign(live.state, message.state);
    if (Number(message.state[viewCount]) > 0) live.seen = true;
    // A second page on the same kernel stays stale without the echo.
    update(message.state, "echo_update");
    events.onUpdate?.(message.state);
  }
}
