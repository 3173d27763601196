import type { Comms } from "../../runner/comms.js";

/** What the registry knows of an open model. */
export interface LiveModel {
  readonly id: string;
  readonly state: Record<string, unknown>;
  /** A page has drawn it since it was last shown. */
  seen: boolean;
  close(): void;
}

/** Open models by the comms they live on: a notebook has one. */
const models = new WeakMap<Comms, Map<string, LiveModel>>();

/** The trait in which pages count their views of a model: only a model that begins with a number is counted. */
export const viewCount = "_view_count";

/**
 * Keeps a model until the returned function is called. Two uses: a page that was reloaded asks on the target `jupyter.widget.control` for all models,
 * and models that no page shows any more are closed when the next one opens. (Not at once: a notebook that is closed and opened again wants them back.)
 */
export function keepLive(comms: Comms, model: LiveModel): () => void {
  const known = models.get(comms) ?? new Map<string, LiveModel>();
  if (!models.has(comms)) {
    models.set(comms, known);
    // A target has one handler: all widgets of a notebook share this registry.
    comms.onOpen("jupyter.widget.control", (comm) => {
      comm.onMessage(({ data }) => {
        if ((data as { method?: unknown } | null)?.method === "request_states") comm.send({ method: "update_states", states: statesOf(known), buffer_paths: [] });
      });
    });
  }
  known.set(model.id, model);
  return () => void known.delete(model.id);
}

/** Close the models whose views are gone: the output of their cell was replaced or removed. */
export function closeUnseen(comms: Comms): void {
  for (const { seen, state, close } of models.get(comms)?.values() ?? []) if (seen && typeof state[viewCount] === "number" && state[viewCount] <= 0) close();
}

function statesOf(all: ReadonlyMap<string, LiveModel>): Record<string, unknown> {
  return Object.fromEntries([...all].map(([id, model]) => {
    const { state } = model;
    // The views of the page before this one ended without a word.
    if (typeof state[viewCount] === "number") Object.assign(state, { [viewCount]: 0 });
    model.seen = false;
    return [id, { model_name: state["_model_name"], model_module: state["_model_module"], model_module_version: state["_model_module_version"], state }];
  }));
}
