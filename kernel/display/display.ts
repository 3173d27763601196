import { bundleOf, handles, textBundle } from "./bundle.js";
import type { DisplayHandle, Emit, MimeBundle } from "./contract.js";
import { inspect } from "./inspect.js";
import { imageBundle } from "./image/view.js";
import { isObject } from "./reflect.js";

/** What a cell can show. Each call returns a handle whose `update` replaces what was shown. */
export interface DisplayMethods {
  /** Remove this cell's output; `wait`: only when the next output comes, so that nothing flickers. */
  clear(wait?: boolean): void;
  html(markup: string): DisplayHandle;
  svg(markup: string): DisplayHandle;
  markdown(text: string): DisplayHandle;
  /** Mathematics; dollar signs are added where missing. */
  latex(text: string): DisplayHandle;
  /** PNG, JPEG, GIF or WebP; `type` (such as "image/png") is only needed for other formats. */
  image(bytes: Uint8Array | ArrayBuffer, type?: string): DisplayHandle;
  javascript(code: string): DisplayHandle;
  json(value: unknown): DisplayHandle;
  text(text: string): DisplayHandle;
  /** Any MIME types, by name. */
  bundle(data: Record<string, unknown>, metadata?: Record<string, unknown>): DisplayHandle;
}

export interface Display extends DisplayMethods {
  /** Show any value as `toBundle` sees it. It carries the other methods too: `display.html("<b>x</b>")`. */
  display: ((value: unknown) => DisplayHandle) & DisplayMethods;
  /** Settles when everything shown so far is out, promises included. A cell is not done before. */
  settled(): Promise<void>;
}

/** Functions that show values through `emit`. Values that need no waiting are emitted before the call returns. */
export function createDisplay(emit: Emit): Display {
  const waiting = new Set<Promise<unknown>>();

  function show(first: MimeBundle | Promise<MimeBundle>): DisplayHandle {
    const id = globalThis.crypto?.randomUUID?.() ?? `display-${Math.random().toString(36).slice(2)}`;
    let shown = false;
    let last: Promise<void> | undefined;
    const out = (bundle: MimeBundle) => {
      if (!shown) emit({ type: "display_data", bundle, displayId: id });
      else for (const step of updateSteps(bundle)) emit({ type: "update_display_data", bundle: step, displayId: id });
      shown = true;
    };
    // Versions appear in the order of the calls: one that must wait holds back the later ones.
    const next = (bundle: MimeBundle | Promise<MimeBundle>) => {
      if (!last && !(bundle instanceof Promise)) return out(bundle);
      const turn: Promise<void> = Promise.all([bundle, last]).then(([b]) => out(b), (error) => out(rejected(error))).finally(() => {
        waiting.delete(turn);
        if (last === turn) last = undefined;
      });
      last = turn;
      waiting.add(turn);
    };
    next(first);
    const handle: DisplayHandle = { id, update: (value) => next(bundleOf(value)) };
    handles.add(handle);
    return handle;
  }

  const typed = (type: string, text: string, plain = text) => show({ data: { [type]: text, "text/plain": plain }, metadata: {} });
  const methods: DisplayMethods = {
    clear: (wait = false) => emit({ type: "clear_output", wait }),
    html: (markup) => typed("text/html", markup, withoutTags(markup)),
    svg: (markup) => typed("image/svg+xml", markup, withoutTags(markup) || "SVG image"),
    markdown: (text) => typed("text/markdown", text),
    latex: (text) => typed("text/latex", /\$|\\\(|\\\[|\\begin/.test(text) ? text : `$${text}$`, text),
    image: (bytes, type) => show(imageBundle(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, type)),
    javascript: (code) => typed("application/javascript", code),
    json: (value) => show({ data: { "application/json": jsonOf(value), "text/plain": inspect(value).text }, metadata: {} }),
    text: (text) => show(textBundle(text)),
    bundle: (data, metadata = {}) => show({ data: { "text/plain": Object.keys(data).join(", "), ...data }, metadata }),
  };
  return {
    ...methods,
    display: Object.assign((value: unknown) => show(bundleOf(value)), methods),
    settled: async () => {
      while (waiting.size) await Promise.allSettled(waiting);
    },
  };
}

const plotly = "application/vnd.plotly.v1+json";

/**
 * JupyterLab's Plotly renderer draws once and ignores later data of the same type. So a changed figure is sent as its
 * still picture, or, where there is none, after a line of text that makes JupyterLab start a new renderer.
 */
function updateSteps(bundle: MimeBundle): MimeBundle[] {
  if (!(plotly in bundle.data)) return [bundle];
  const { [plotly]: _, ...still } = bundle.data;
  return "image/svg+xml" in still ? [{ ...bundle, data: still }] : [textBundle(String(bundle.data["text/plain"])), bundle];
}

/** A promise that was shown and rejected: said where its value would have stood. */
function rejected(error: unknown): MimeBundle {
  return textBundle(`rejected: ${error instanceof Error ? `${error.name}: ${error.message}` : inspect(error).text}`);
}

function jsonOf(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`expected a value that JSON can hold, got ${inspect(value).text}`);
  return isObject(value) ? JSON.parse(text) : value;
}

const withoutTags = (markup: string) =>
  markup.replace(/<(style|script)[^]*?<\/\1>/gi, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim().slice(0, 2000);
