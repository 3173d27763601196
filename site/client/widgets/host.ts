import type { CommMessage } from "../../../kernel/session/contract.js";
import { frontEnds } from "./front-ends.js";
import { createModel, type PageModel } from "./model.js";
import { useStyle } from "./style.js";

/** Draws in the page the widgets that cells of a worker show: camera, upload, labelling. The worker's half is `connectWidgets`. */
export interface WidgetHost {
  /** A message of the worker's comms. One that is none is passed over. */
  receive(message: CommMessage): void;
  /** Draws a widget where its cell shows it. False: it is closed, or not one of the page's own; the output's text is to be shown. */
  show(modelId: string, place: HTMLElement): boolean;
  /** Ends what is drawn in this place, a camera too: before its cell runs again. */
  hide(place: HTMLElement): void;
  /** The worker has ended: its widgets stay to be seen, say so, and can no longer be used. */
  end(): void;
}

interface Widget {
  readonly model: PageModel;
  readonly kind: string;
  readonly views: Map<HTMLElement, () => void>;
}

/** Student code may open widgets without end; the page keeps so many. */
const most = 500;

export function hostWidgets(post: (message: CommMessage, transfer: ArrayBuffer[]) => void): WidgetHost {
  const widgets = new Map<string, Widget>();
  let ended = false;

  function send(commId: string, data: unknown, buffers: ArrayBuffer[] = []): void {
    if (!ended) post({ kind: "msg", commId, data, metadata: {}, buffers: buffers.map((buffer) => new Uint8Array(buffer)) }, buffers);
  }
  function open(commId: string, data: unknown): void {
    const state = fieldsOf(fieldsOf(data).state);
    if (widgets.size >= most || widgets.has(commId)) return;
    const model = createModel(state, (content, buffers) => send(commId, { method: "custom", content }, buffers));
    widgets.set(commId, { model, kind: String(state._anywidget_id), views: new Map() });
  }
  function take(widget: Widget, place: HTMLElement): void {
    widget.views.get(place)?.();
    widget.views.delete(place);
    place.replaceChildren();
  }
  /** The worker closes a widget that no page shows once another one opens. */
  function tellViews(id: string, { views }: Widget): void {
    send(id, { method: "update", state: { _view_count: views.size }, buffer_paths: [] });
  }

  return {
    receive({ kind, commId, data, buffers = [] }) {
      if (kind === "open") return open(commId, data);
      const widget = widgets.get(commId);
      if (!widget) return;
      if (kind === "close") {
        widgets.delete(commId);
        for (const place of [...widget.views.keys()]) take(widget, place);
        return;
      }
      const { method, state, content } = fieldsOf(data);
      if (method === "update") widget.model.change(fieldsOf(state));
      else if (method === "custom") widget.model.tell("msg:custom", content, buffers.map(({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength)));
    },
    show(modelId, place) {
      const widget = widgets.get(modelId);
      const frontEnd = widget && frontEnds.get(widget.kind);
      if (!widget || !frontEnd || ended) return false;
      take(widget, place);
      useStyle(widget.kind, frontEnd.css);
      try {
        widget.views.set(place, frontEnd.render({ model: widget.model, el: place }));
      } catch (error) {
        console.warn(error);
        place.replaceChildren();
        return false;
      }
      tellViews(modelId, widget);
      return true;
    },
    hide(place) {
      for (const [id, widget] of widgets) {
        if (!widget.views.has(place)) continue;
        take(widget, place);
        tellViews(id, widget);
      }
    },
    end() {
      ended = true;
      for (const { model } of widgets.values()) model.tell("comm_live_update");
    },
  };
}

/** What a worker sends can be anything. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {});
