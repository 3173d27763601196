import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { bytes as size } from "../../../display/number.js";
import type { Comms } from "../../../runner/comms.js";
import { known, oneOf, positive } from "../../arguments.js";
import { notebookLanguage, type Language } from "../../../display/language.js";
import { openAnyWidget } from "../../widgets/anywidget.js";
import { findComms, type WidgetModel } from "../../widgets/model.js";
import { css, esm, type UploadView } from "./upload-page.js";
import { words } from "./upload-words.js";

/** A file that somebody chose in the page: a source of `data.readCsv` and the others. */
export interface UploadedFile {
  readonly name: string;
  /** As the browser says, such as "text/csv"; may be empty. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface UploadOptions {
  /** What the file dialogue offers: ".csv,.json" or "image/*". Default: all. */
  accept?: string;
  /** Several files at once. Default false. */
  multiple?: boolean;
  /** Larger files are refused in the page, in bytes. Default 64 MiB. */
  limit?: number;
  /** Language of the field; default: the notebook's. */
  language?: Language;
  /** When a file is there in full. */
  onFile?: (file: UploadedFile) => void;
  /** Channels to the front end. Default: the notebook's; null: none. */
  comms?: Comms | null;
}

/** A field to choose files with. As the last value of a cell it is drawn. */
export interface Upload {
  /** What was chosen so far, newest last. */
  readonly files: readonly UploadedFile[];
  /** The next file that arrives: `await` it in a later cell, or in the same one after `display(upload)`. */
  next(): Promise<UploadedFile>;
  close(): void;
}

/**
 * A field in the notebook to choose files of your own machine with (JupyterLab with the package anywidget). Files travel to the kernel in pieces, with progress and a
 * button that ends it; they are kept in memory and go nowhere else.
 *
 * @throws `expected limit > 0, got 0`.
 * @example
 * const upload = data.upload({ accept: ".csv", comms: null });
 * upload.files.length // 0
 */
export function upload(options: UploadOptions = {}): Upload {
  known(options, ["accept", "multiple", "limit", "language", "onFile", "comms"]);
  const limit = positive({ limit: options.limit ?? 64 << 20 });
  const say = words[oneOf({ language: options.language ?? notebookLanguage() }, ["en", "zh"])];
  const view: UploadView = { accept: options.accept ?? "", multiple: options.multiple ?? false, limit, words: say };
  const files: UploadedFile[] = [];
  const waiting: ((file: UploadedFile) => void)[] = [];
  const coming = new Map<string, { name: string; type: string; bytes: Uint8Array; at: number }>();
  let widget: WidgetModel | undefined;

  function onCustom(content: unknown, buffers: readonly Uint8Array[]): void {
    const message = content as { type?: unknown; id?: unknown; name?: unknown; mime?: unknown; size?: unknown } | null;
    const id = String(message?.id);
    if (message?.type === "begin") {
      const length = Number(message.size);
      if (!(length >= 0 && length <= limit)) return widget?.send({ type: "refused", id });
      coming.set(id, { name: String(message.name), type: String(message.mime), bytes: new Uint8Array(length), at: 0 });
      return widget?.send({ type: "more", id, at: 0 });
    }
    const file = coming.get(id);
    if (!file) return;
    if (message?.type === "cancel") return void coming.delete(id);
    const piece = buffers[0];
    if (message?.type !== "piece" || !piece || file.at + piece.length > file.bytes.length) return;
    file.bytes.set(piece, file.at);
    file.at += piece.length;
    // The page sends the next piece only when asked: the channel never fills.
    widget?.send({ type: file.at < file.bytes.length ? "more" : "done", id, at: file.at });
    if (file.at < file.bytes.length) return;
    coming.delete(id);
    const whole = Object.freeze({ name: file.name, type: file.type, bytes: file.bytes });
    files.push(whole);
    options.onFile?.(whole);
    for (const tell of waiting.splice(0)) tell(whole);
  }

  const plain = () => (files.length === 0 ? say.none : files.map(({ name, bytes }) => `${name} (${size(bytes.length)})`).join(", "));
  const made: Upload = {
    get files() {
      return Object.freeze([...files]);
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => widget?.close(),
  };
  Object.defineProperty(made, displaySymbol, { value: () => {
    const comms = findComms(options.comms);
    const text = `${say.title}: ${plain()}`;
    const still = { "text/plain": text, "text/html": `<p>${escape(text)}</p>` };
    if (!comms) return { data: still, metadata: {} };
    widget ??= openAnyWidget(comms, { id: "lyceum.data.upload", esm, css, traits: { view }, onCustom, onClose: () => void (widget = undefined) });
    return { data: { ...still, ...widget.view() }, metadata: {} };
  } });
  return Object.freeze(made);
}
