import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { tableView } from "../../../display/table/view.js";
import type { Comms } from "../../../runner/comms.js";
import { known, oneOf } from "../../arguments.js";
import { openAnyWidget } from "../../widgets/anywidget.js";
import { findComms, type WidgetModel } from "../../widgets/model.js";
import { makeStill } from "../../widgets/still.js";
import type { AnnotationRow } from "../annotations/contract.js";
import { spansToBio } from "../formats/conll.js";
import type { LabelledText, TaggedSentence } from "../formats/items.js";
import { css, esm } from "./front-end.js";
import { inferKind, readItem, type Labellable, type SessionItem } from "./items.js";
import { sessionKey } from "./keys.js";
import { reduceSession, type SessionAction } from "./reduce.js";
import { resumeSession, sessionProgress, startSession, type SessionKind, type SessionProgress, type SessionState } from "./state.js";
import { notebookLanguage } from "../../../display/language.js";
import { viewOf, type Language } from "./view.js";

export interface LabelSessionOptions {
  labels: readonly string[];
  /** Default: from the first item: text, spans (tokens), image, else table. A text is marked span by span with "spans". */
  kind?: SessionKind;
  /** Several labels an item. Default false. */
  multiple?: boolean;
  /** Go on once an item has its label. Default true, but for spans. */
  advance?: boolean;
  /** What `save` gave, perhaps from a file: go on from there. */
  resume?: unknown;
  /** Language of the buttons. Default: the notebook's. */
  language?: Language;
  /** After every action, with the new state: the place to save. */
  onChange?: (state: SessionState) => void;
  /** Channels to the front end. Default: the notebook's global `comms`; null: none, a static summary is shown. */
  comms?: Comms | null;
  /** Milliseconds from a clock that only goes forward. Default: `performance.now`. */
  now?: () => number;
}

/** A labelling session: show it in a notebook, or drive it by `act`. */
export interface LabelSession {
  /** All of it as plain JSON. */
  save(): SessionState;
  act(action: SessionAction): SessionState;
  progress(): SessionProgress;
  /** Rows for `majorityVote`, `krippendorffAlpha`, ...: items with one label. */
  annotations(options: { annotator: string | number }): readonly AnnotationRow<string>[];
  /** Texts with labels or spans, for `toDoccano` and `toLabelStudio`. */
  texts(): readonly LabelledText[];
  /** Tokens with BIO tags, for `toConll`. */
  sentences(): readonly TaggedSentence[];
  /** Takes the widget away from the page; the answers stay. */
  close(): void;
}

/**
 * A labelling session in the notebook: keyboard first, also by touch and screen reader; nothing leaves the machine. As the last value of a cell it shows the widget
 * (JupyterLab with the packages jupyterlab_widgets and anywidget), and where there are no comms a static summary. The kernel holds all answers: a page that is reloaded shows the session again; after a restart of the kernel go on from what `save` gave.
 *
 * @param items texts, `{ text }`, `{ tokens }`, `{ image }` (bytes or data: URL), pictures of `data.load`, or rows; `id` names an item, else its place.
 * @throws as `startSession`; `expected text in item 2, got 3`; `expected the image of item 0 as bytes or a data:image/...;base64 URL, got "https://..": nothing is fetched`; `expected a saved session of 3 items, got 2`.
 * @example
 * const session = label.session(["Good day", "Bad day"], { labels: ["praise", "blame"], comms: null });
 * session.act({ type: "choose", label: "praise" }).position // 1
 * session.annotations({ annotator: "me" }) // [{ item: 0, annotator: "me", label: "praise" }]
 */
export function session(items: readonly Labellable[], options: LabelSessionOptions): LabelSession {
  known(options, ["labels", "kind", "multiple", "advance", "resume", "language", "onChange", "comms", "now"]);
  const language = oneOf({ language: options.language ?? notebookLanguage() }, ["en", "zh"]);
  if (!Array.isArray(items) || items.length === 0) throw new RangeError("expected at least one item, got none");
  const kind = options.kind ?? inferKind(items[0]);
  const ready = items.map((item, at) => readItem(item, at, kind));
  let state = begin(ready, kind, options);
  const now = options.now ?? (() => performance.now());
  let widget: WidgetModel | undefined;
  let pictured = -1;
  const still = makeStill();

  const shown = () => viewOf(state, ready[state.position]!, language);
  function sendPicture(): void {
    const picture = ready[state.position]!.picture;
    if (!widget || !picture) return;
    pictured = state.position;
    widget.send({ type: "picture", position: state.position, mime: picture.mime }, [picture.bytes]);
  }
  function act(action: SessionAction): SessionState {
    const next = reduceSession(state, { ...action, at: action.at ?? now() });
    state = next;
    widget?.set({ view: shown() });
    if (state.position !== pictured) sendPicture();
    still.change(() => summary(state, ready));
    options.onChange?.(state);
    return state;
  }
  function onCustom(content: unknown): void {
    const message = content as { type?: unknown; key?: unknown; shift?: unknown; ctrl?: unknown; action?: unknown } | null;
    if (message?.type === "ready") {
      // While no page showed the item, no time passed for it.
      state = { ...state, since: null };
      act({ type: "resume" });
      return sendPicture();
    }
    const action = message?.type === "action" ? (message.action as SessionAction) : message?.type === "key" ? sessionKey(state, { key: String(message.key), shift: message.shift === true, ctrl: message.ctrl === true }) : undefined;
    if (action) act(action);
  }
  const onClose = () => void (widget = undefined);
  function bundle(): { data: Record<string, unknown>; metadata: Record<string, unknown> } {
    const { html, plain } = summary(state, ready);
    const comms = findComms(options.comms);
    if (!comms) return { data: { "text/plain": plain, "text/html": html }, metadata: {} };
    const apart = still.show(html, plain);
    widget ??= openAnyWidget(comms, { id: "lyceum.label.session", esm, css, traits: { view: shown() }, onCustom, onClose });
    return { data: { "text/plain": plain, ...(!apart && { "text/html": html }), ...widget.view() }, metadata: {} };
  }
  const made: LabelSession = {
    save: () => state,
    act,
    progress: () => sessionProgress(state),
    annotations: ({ annotator }) => rowsOf(state, ready, annotator),
    texts: () => Object.freeze(ready.map((item, i) => textOf(state, item, i))),
    sentences: () => sentencesOf(state, ready),
    close: () => widget?.close(),
  };
  Object.defineProperty(made, displaySymbol, { value: bundle });
  return Object.freeze(made);
}

function begin(items: readonly SessionItem[], kind: SessionKind, { labels, multiple, advance, resume }: LabelSessionOptions): SessionState {
  const lengths = kind === "spans" ? items.map(({ tokens }) => tokens!.length) : [];
  if (resume === undefined || resume === null) return startSession({ kind, labels, count: items.length, lengths, ...(multiple !== undefined && { multiple }), ...(advance !== undefined && { advance }) });
  const state = resumeSession(resume);
  if (state.count !== items.length) throw new RangeError(`expected a saved session of ${items.length} items, got ${state.count}`);
  if (state.kind !== kind) throw new RangeError(`expected a saved session of kind ${kind}, got ${state.kind}`);
  if (state.labels.join("\n") !== labels.join("\n")) throw new RangeError(`expected a saved session with the labels ${labels.join(", ")}, got ${state.labels.join(", ")}`);
  if (state.lengths.some((length, i) => length !== lengths[i])) throw new RangeError("expected a saved session of the same texts: the numbers of tokens differ");
  return state;
}

function rowsOf(state: SessionState, items: readonly SessionItem[], annotator: string | number): readonly AnnotationRow<string>[] {
  return Object.freeze(items.flatMap(({ id }, i) => {
    const labels = state.answers[i]?.labels ?? [];
    if (labels.length > 1) throw new RangeError(`expected one label an item, got ${labels.join(" and ")} for item ${id}`);
    return labels.map((label) => ({ item: id, annotator, label }));
  }));
}

function textOf(state: SessionState, { id, text, tokens }: SessionItem, at: number): LabelledText {
  if (text === undefined) throw new TypeError(`expected a session of texts, got kind ${state.kind}`);
  const { labels = [], spans = [] } = state.answers[at] ?? {};
  const places = spans.map(({ start, end, label }) => ({ start: tokens![start]!.start, end: tokens![end - 1]!.end, label }));
  return { id, text, ...(labels.length > 0 && { labels }), ...(places.length > 0 && { spans: places }) };
}

function sentencesOf(state: SessionState, items: readonly SessionItem[]): readonly TaggedSentence[] {
  if (state.kind !== "spans") throw new TypeError(`expected a session of kind spans, got ${state.kind}`);
  return Object.freeze(items.map(({ tokens }, i) => ({ tokens: tokens!.map(({ text }) => text), tags: spansToBio(state.answers[i]?.spans ?? [], { length: tokens!.length }) })));
}

/** What a saved notebook shows without a kernel. */
function summary(state: SessionState, items: readonly SessionItem[]): { html: string; plain: string } {
  const { total, done, skipped, flagged, counts } = sessionProgress(state);
  const line = `Labelling session (${state.kind}): ${done} of ${total} labelled, ${skipped} skipped, ${flagged} flagged; ${Object.entries(counts).map(([name, n]) => `${name} ${n}`).join(", ")}`;
  const rows = items.map(({ id, text, rows: cells, picture }, i) => ({
    item: id,
    shows: text ?? picture?.alt ?? cells!.slice(0, 3).map(([name, value]) => `${name} ${value}`).join(", "),
    answer: [...(state.answers[i]?.labels ?? []), ...(state.answers[i]?.spans ?? []).map(({ start, end, label }) => `${label} ${start}-${end}`)].join(", "),
    seconds: Math.round(state.milliseconds[i]! / 100) / 10,
  }));
  const table = tableView(rows)!.data as Record<string, string>;
  return { plain: `${line}\n${table["text/plain"]}`, html: `<p>${escape(line)}</p>${table["text/html"]}` };
}
