import type { MimeBundle } from "./contract.js";
import { displaySymbol } from "./contract.js";
import { elementView } from "./element.js";
import { errorView } from "./error.js";
import { imageView } from "./image/view.js";
import { inspect } from "./inspect.js";
import { modelView } from "./model.js";
import { plotlyView } from "./plotly.js";
import { isObject, isThenable, method } from "./reflect.js";
import { tableView } from "./table/view.js";
import { tensorView } from "./tensor/view.js";
import { treeView } from "./tree.js";

/** A view knows one kind of value, and answers undefined for all others. */
type View = (value: object) => MimeBundle | undefined;

const views: View[] = [errorView, tensorView, modelView, plotlyView, imageView, elementView, tableView, treeView];

/** Handles of what was already shown: as the last value of a cell they show nothing more. */
export const handles = new WeakSet<object>();

/**
 * A value as people want to see it: always `text/plain`, and HTML, images or figures where they say more.
 * Promises are awaited; the promise returned here rejects as they do. Bounded in time and size.
 *
 * @example (await toBundle("it's")).data // { "text/plain": `"it's"` }
 */
export async function toBundle(value: unknown): Promise<MimeBundle> {
  return bundleOf(value);
}

/** As `toBundle`, but at once where nothing has to be awaited, so that shown values keep their place among printed lines. */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (!isObject(value)) return plainBundle(value);
  if (handles.has(value)) return { data: {}, metadata: {} };
  const show = method(value, displaySymbol);
  if (show) return ownView(value, show);
  if (isThenable(value)) return Promise.resolve(value).then(bundleOf);
  return plainBundle(value);
}

/** As people want to see it, without asking the value how: none of its own code runs, and nothing is awaited. */
export function plainBundle(value: unknown): MimeBundle {
  if (isObject(value)) {
    for (const view of views) {
      try {
        const bundle = view(value);
        if (bundle) return bundle;
      } catch {
        // A look-alike that is not what it seemed: the next view, at last the plain text, shows it.
      }
    }
  }
  return textBundle(inspect(value).text);
}

export const textBundle = (text: string): MimeBundle => ({ data: { "text/plain": text }, metadata: {} });

function ownView(value: object, show: () => unknown): MimeBundle | Promise<MimeBundle> {
  try {
    const shown = show();
    return isThenable(shown) ? Promise.resolve(shown).then((s) => completed(value, s), (e) => failed(value, e)) : completed(value, shown);
  } catch (error) {
    return failed(value, error);
  }
}

/** The answer of a display method: MIME types by name, or a bundle; with text/plain added where it lacks one. */
function completed(value: object, shown: unknown): MimeBundle {
  const answer = shown as { data?: unknown; metadata?: unknown } | null;
  const wrapped = isObject(answer) && isObject(answer.data) && !Object.keys(answer).some((key) => key.includes("/"));
  const data = wrapped ? answer.data : shown;
  if (!isObject(data) || !Object.keys(data).every((key) => key.includes("/"))) {
    return failed(value, new TypeError(`expected MIME types by name, such as {"text/html": "..."}, got ${inspect(shown).text}`));
  }
  const metadata = wrapped && isObject(answer.metadata) ? (answer.metadata as Record<string, unknown>) : {};
  const types = data as Record<string, unknown>;
  return { data: "text/plain" in types ? { ...types } : { ...types, "text/plain": inspect(value).text }, metadata: { ...metadata } };
}

function failed(value: object, error: unknown): MimeBundle {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error).text;
  const bundle = plainBundle(value);
  return textBundle(`${String(bundle.data["text/plain"])}\n(shown plainly: its Symbol.for("Jupyter.display") method failed with ${reason})`);
}
