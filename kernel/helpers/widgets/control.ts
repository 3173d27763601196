import type { Comms } from "../../runner/comms.js";

type State = () => Readonly<Record<string, unknown>>;

/** Live models by the comms they live on: a notebook has one. */
const models = new WeakMap<Comms, Map<string, State>>();

/**
 * A page that was reloaded asks on the target `jupyter.widget.control` for all models. Answers for the model until the returned function is called.
 * A target has one handler: all widgets of a notebook share this registry.
 */
export function watchControl(comms: Comms, id: string, state: State): () => void {
  const known = models.get(comms) ?? new Map<string, State>();
  if (!models.has(comms)) {
    models.set(comms, known);
    comms.onOpen("jupyter.widget.control", (comm) => {
      comm.onMessage(({ data }) => {
        if ((data as { method?: unknown } | null)?.method === "request_states") comm.send({ method: "update_states", states: statesOf(known), buffer_paths: [] });
      });
    });
  }
  known.set(id, state);
  return () => void known.delete(id);
}

function statesOf(all: ReadonlyMap<string, State>): Record<string, unknown> {
  return Object.fromEntries([...all].map(([id, read]) => {
    const state = read();
    return [id, { model_name: state["_model_name"], model_module: state["_model_module"], model_module_version: state["_model_module_version"], state }];
  }));
}
