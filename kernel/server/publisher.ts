import type { Draft, Header } from "../wire/message.js";
import { createPace, type Pace } from "./pace.js";

type Parent = Header | Record<string, never>;

/** The one way to iopub: in order, streams joined, below the rates at which Jupyter Server begins to drop. */
export interface Publisher {
  publish(draft: Draft): void;
  stream(parent: Parent, name: "stdout" | "stderr", text: string): void;
  status(parent: Parent, state: "starting" | "busy" | "idle"): void;
  /** Settles when all that was published before is on the wire. */
  drained(): Promise<void>;
  /** Drop this parent's streams that could not be sent yet; true where there were any. */
  dropBacklog(parent: Parent): boolean;
}

interface Item extends Draft {
  /** May wait until then for more of the same, as long as nothing follows. */
  due?: number;
}

/** Text waits this long for more, so that a printing loop makes some 25 messages a second and not thousands. */
const patience = 40;
/** Characters of one stream message; a larger one could pass the server's limit by itself. */
const chunk = 128 * 1024;

export function createPublisher(send: (draft: Draft) => number, pace: Pace = createPace()): Publisher {
  let queue: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let waiting: (() => void)[] = [];

  function wake(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(pump, milliseconds);
  }

  function pump(): void {
    for (let item = queue[0]; item; item = queue[0]) {
      const patient = queue.length === 1 && waiting.length === 0 && item.due !== undefined ? item.due - performance.now() : 0;
      if (patient > 0) return wake(patient);
      const delay = item.type === "status" ? 0 : pace.delay();
      if (delay > 0) return wake(delay);
      queue.shift();
      pace.sent(item.type, send(item));
      if (item.type === "status" && item.content.execution_state === "idle") pace.clear();
    }
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function push(item: Item): void {
    queue.push(item);
    pump();
  }

  /** An update of the same display that is still here takes the new content: only the last one would be seen. */
  function replaced(draft: Draft): boolean {
    const id = displayIdOf(draft);
    const earlier = id !== undefined && draft.type === "update_display_data" ? queue.find((item) => item.type === draft.type && displayIdOf(item) === id && item.parent === draft.parent) : undefined;
    if (earlier) earlier.content = draft.content;
    return earlier !== undefined;
  }

  return {
    publish(draft) {
      if (replaced(draft)) return;
      push(draft.type === "update_display_data" ? { ...draft, due: performance.now() + patience } : draft);
    },
    stream(parent, name, text) {
      for (const part of split(text)) {
        const tail = queue.at(-1);
        const joins = tail?.type === "stream" && tail.parent === parent && tail.content.name === name && String(tail.content.text).length + part.length <= chunk;
        if (joins) tail.content.text += part;
        else push({ type: "stream", parent, content: { name, text: part }, due: performance.now() + patience });
      }
    },
    status: (parent, state) => push({ type: "status", parent, content: { execution_state: state } }),
    drained: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        pump();
      }),
    dropBacklog(parent) {
      const kept = queue.filter((item) => item.type !== "stream" || item.parent !== parent);
      const dropped = kept.length < queue.length - 1; // a single one is what was printed just now, not a backlog
      if (dropped) queue = kept;
      return dropped;
    },
  };
}

function displayIdOf(draft: Draft): unknown {
  return (draft.content.transient as { display_id?: unknown } | undefined)?.display_id;
}

/** Pieces of at most `chunk`, no surrogate pair cut in two. */
function split(text: string): string[] {
  if (text.length <= chunk) return text === "" ? [] : [text];
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + chunk, text.length);
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? "")) end--;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
