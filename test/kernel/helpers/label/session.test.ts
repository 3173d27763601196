import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as label from "../../../../kernel/helpers/label/index.js";
import { createComms, type CommHub } from "../../../../kernel/runner/comms.js";

const start = (more: Partial<label.SessionOptions> = {}) => label.startSession({ kind: "text", labels: ["a", "b", "c"], count: 4, ...more });
const run = (state: label.SessionState, ...actions: label.SessionAction[]) => actions.reduce(label.reduceSession, state);
/** What undo must bring back: everything but the history, the place and the time. */
const answers = (state: label.SessionState) => state.answers;

test("choosing gives the label and goes on; choosing it again takes it away; several labels keep the order of the labels", () => {
  const one = run(start(), { type: "choose", label: "b" });
  assert.deepEqual([one.answers[0]!.labels, one.position], [["b"], 1]);
  assert.equal(run(one, { type: "previous" }, { type: "choose", label: "b" }).answers[0], null);
  const many = run(start({ multiple: true }), { type: "choose", label: "c" }, { type: "choose", label: "a" });
  assert.deepEqual([many.answers[0]!.labels, many.position], [["a", "c"], 0]);
});

const kinds: label.SessionOptions[] = [{ kind: "text", labels: ["a", "b"], count: 5 }, { kind: "table", labels: ["a", "b"], count: 3, multiple: true }, { kind: "spans", labels: ["a", "b"], count: 3, lengths: [4, 0, 6] }];
function randomAction(state: label.SessionState, draw: ReturnType<typeof random>): label.SessionAction {
  const token = () => draw.integer(0, Math.max(0, state.lengths[state.position]! - 1));
  const all: label.SessionAction[] = [
    { type: "choose", label: "a" }, { type: "choose", label: "b" }, { type: "skip" }, { type: "flag" }, { type: "clear" }, { type: "next" }, { type: "previous" }, { type: "unlabelled" }, { type: "go", position: draw.integer(0, state.count - 1) },
    ...(state.kind === "spans" && state.lengths[state.position]! > 0 ? [{ type: "select" as const, anchor: token(), focus: token() }] : []),
  ];
  return all[draw.integer(0, all.length - 1)]!;
}

test("undo of everything gives the empty session, and redo of everything the answers again, whatever was done", () => {
  const draw = random(11);
  for (const options of kinds) {
    for (let attempt = 0; attempt < 40; attempt++) {
      let state = label.startSession(options);
      const begun = JSON.stringify(state);
      const first = state;
      for (let step = 0; step < 30; step++) state = label.reduceSession(state, randomAction(state, draw));
      assert.equal(JSON.stringify(first), begun, "the given state was changed");
      let back = state;
      while (back.past.length > 0) back = label.reduceSession(back, { type: "undo" });
      assert.ok(back.answers.every((answer) => answer === null));
      let again = back;
      while (again.future.length > 0) again = label.reduceSession(again, { type: "redo" });
      assert.deepEqual(answers(again), answers(state));
    }
  }
});

test("at every step a session that goes through JSON and is resumed goes on as if it had not stopped", () => {
  const draw = random(5);
  for (const options of kinds) {
    let [kept, saved] = [label.startSession(options), label.startSession(options)];
    for (let step = 0; step < 60; step++) {
      // The token cursor is not resumed: it is set before each span here.
      const action = randomAction(kept, draw);
      const select = options.kind === "spans" && kept.lengths[kept.position]! > 0 ? [{ type: "select", anchor: 0, focus: 1 } as const] : [];
      kept = run(kept, ...select, action);
      saved = run(label.resumeSession(JSON.parse(JSON.stringify(saved))), ...select, action);
      assert.deepEqual(answers(saved), answers(kept));
      assert.equal(saved.position, kept.position);
    }
  }
});

test("a new change after undo ends what could be redone; undo and redo with nothing left change nothing", () => {
  const state = run(start(), { type: "choose", label: "a" }, { type: "undo" }, { type: "choose", label: "b" });
  assert.equal(state.future.length, 0);
  assert.equal(label.reduceSession(state, { type: "redo" }), state);
  assert.deepEqual(run(start(), { type: "undo" }), start());
});

test("time counts for the item in view, not while paused, and never backwards", () => {
  const state = run(start(), { type: "resume", at: 1000 }, { type: "choose", label: "a", at: 1500 }, { type: "pause", at: 1700 }, { type: "resume", at: 9000 }, { type: "next", at: 9100 }, { type: "previous", at: 9000 }, { type: "flag", at: 9050 });
  assert.deepEqual(state.milliseconds, [0, 0, 0, 0].map((_, i) => [500, 350, 0, 0][i]));
});

test("spans never overlap, replace what they touch, and give BIO tags", () => {
  const at = (anchor: number, focus = anchor): label.SessionAction => ({ type: "select", anchor, focus });
  const spans = label.startSession({ kind: "spans", labels: ["PER", "LOC"], count: 1, lengths: [5] });
  const state = run(spans, at(1, 0), { type: "choose", label: "PER" }, at(3, 4), { type: "choose", label: "LOC" });
  assert.deepEqual(label.spansToBio(state.answers[0]!.spans, { length: 5 }), ["B-PER", "I-PER", "O", "B-LOC", "I-LOC"]);
  assert.equal(run(state, at(2), { type: "choose", label: "PER" }).answers[0]!.spans.length, 3, "neighbours stay");
  const over = run(state, at(1, 3), { type: "choose", label: "LOC" });
  assert.deepEqual(over.answers[0]!.spans, [{ start: 1, end: 4, label: "LOC" }]);
  assert.equal(run(over, { type: "choose", label: "LOC" }).answers[0], null);
  assert.deepEqual(run(state, at(0), { type: "clear" }).answers[0]!.spans, [{ start: 3, end: 5, label: "LOC" }]);
});

test("every label has a key of its own, and no label key hides a command", () => {
  const state = start({ labels: Array.from({ length: 29 }, (_, at) => `label ${at}`) });
  const keys = [..."1234567890qwertyiopdghjklvbnm"];
  assert.deepEqual(keys.map((key) => label.sessionKey(state, { key })), state.labels.map((name) => ({ type: "choose", label: name })));
  for (const [key, type] of [["u", "undo"], ["s", "skip"], ["f", "flag"], ["c", "clear"], ["a", "unlabelled"], ["ArrowRight", "next"]]) assert.equal(label.sessionKey(state, { key: key! })!.type, type);
  assert.deepEqual(label.sessionKey(state, { key: "z", ctrl: true }), { type: "undo" });
  assert.deepEqual(label.sessionKey(state, { key: "Z", ctrl: true, shift: true }), { type: "redo" });
  assert.equal(label.sessionKey(state, { key: "s", ctrl: true }), undefined, "Ctrl+S stays the page's");
  const spans = label.startSession({ kind: "spans", labels: ["a"], count: 1, lengths: [3] });
  assert.deepEqual(label.sessionKey(spans, { key: "ArrowRight", shift: true }), { type: "select", anchor: 0, focus: 1 });
  assert.deepEqual(label.sessionKey(spans, { key: "ArrowLeft" }), { type: "select", anchor: 0, focus: 0 });
});

test("bad sessions and actions are refused by name", () => {
  assert.throws(() => start({ count: 0 }), /expected at least one item, got none/);
  assert.throws(() => start({ labels: [] }), /expected at least 1 label, got none/);
  assert.throws(() => start({ labels: ["a", "a"] }), /expected different labels, got a twice/);
  assert.throws(() => start({ kind: "audio" as "text" }), /unknown kind: audio/);
  assert.throws(() => run(start(), { type: "choose", label: "x" }), /unknown label: x \(labels: a, b, c\)/);
  assert.throws(() => run(start(), { type: "go", position: 4 }), /expected position from 0 to 3, got 4/);
  assert.throws(() => run(start(), { type: "jump" } as never), /unknown action: "jump"/);
  assert.throws(() => run(start(), { type: "next", at: Number.NaN }), /expected at as milliseconds, got NaN/);
  assert.throws(() => run(label.startSession({ kind: "spans", labels: ["a"], count: 1, lengths: [2] }), { type: "select", anchor: 0, focus: 2 }), /expected tokens from 0 to 1, got 2/);
  assert.throws(() => label.resumeSession({ version: 2 }), /saved by version 1, got 2/);
  assert.throws(() => label.resumeSession({ ...start(), answers: [] }), /expected answers of length 4 like count/);
  assert.throws(() => label.resumeSession({ ...start(), labels: ["x"], answers: [{ labels: ["a"], spans: [] }, null, null, null] }), /unknown label: a in answers\[0\]/);
  const options = { labels: ["a"], comms: null };
  assert.throws(() => label.session([], options), /expected at least one item, got none/);
  assert.throws(() => label.session([{ image: "https://example.org/a.png" }], options), /image of item 0 as bytes or a data:image.*nothing is fetched/);
  assert.throws(() => label.session([{ image: new Uint8Array([60, 115, 118, 103]) }], options), /expected a PNG, JPEG, GIF or WebP file in item 0, got 4 bytes/);
  assert.throws(() => label.session(["a", 3 as never], options), /expected text in item 1, got 3/);
  assert.throws(() => label.session(["a"], { ...options, resume: start() }), /expected a saved session of 1 items, got 4/);
});

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);

interface Sent {
  kind: string;
  commId: string;
  target?: string;
  data: any;
  metadata?: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** The page's end of the comms. */
function page(): { comms: CommHub; sent: Sent[]; say(id: string, data: unknown): void; custom(content: unknown): void } {
  const sent: Sent[] = [];
  const comms = createComms((message, buffers) => void sent.push({ ...(message as Omit<Sent, "buffers">), buffers }), (act) => act());
  const say = (id: string, data: unknown) => comms.receive({ kind: "msg", commId: id, data } as never);
  return { comms, sent, say, custom: (content) => say(sent[0]!.commId, { method: "custom", content }) };
}

const show = (value: object) => (value as Record<symbol, () => { data: Record<string, any> }>)[Symbol.for("Jupyter.display")]!().data;

test("shown in a notebook, a session opens one anywidget model and its bundle names it beside a static summary", () => {
  const { comms, sent } = page();
  const session = label.session(["x", "y"], { labels: ["a", "b"], comms });
  assert.equal(sent.length, 0, "nothing is opened before it is shown");
  const data = show(session);
  show(session);
  assert.equal(sent.length, 1);
  const [{ kind, target, metadata, data: { state } }] = sent as [Sent];
  assert.deepEqual([kind, target, metadata], ["open", "jupyter.widget", { version: "2.1.0" }]);
  assert.deepEqual([state._model_module, state._model_name, state._model_module_version, state._view_name], ["anywidget", "AnyModel", "*", "AnyView"]);
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state, "traits are plain JSON");
  assert.equal(data["application/vnd.jupyter.widget-view+json"].model_id, sent[0]!.commId);
  assert.match(data["text/html"], /0 of 2 labelled/);
});

test("a key pressed in the page labels in the kernel, and the page is told the next item", () => {
  const { comms, sent, custom } = page();
  let saved: label.SessionState | undefined;
  const session = label.session(["x", "y"], { labels: ["a", "b"], comms, onChange: (state) => (saved = state) });
  show(session);
  custom({ type: "ready" });
  custom({ type: "key", key: "2" });
  assert.deepEqual(session.annotations({ annotator: "me" }), [{ item: 0, annotator: "me", label: "b" }]);
  assert.equal(saved!.answers[0]!.labels[0], "b");
  const { data } = sent.at(-1)!;
  assert.deepEqual([data.method, data.state.view.text, data.state.view.position], ["update", "y", 1]);
  custom({ type: "key", key: "u" });
  assert.deepEqual(session.annotations({ annotator: "me" }), []);
  custom({ type: "key", key: "%" });
  custom(null);
  assert.equal(session.progress().done, 0);
});

test("pictures travel as bytes in messages, once an item and again when a page asks, never in the saved traits", () => {
  const { comms, sent, custom } = page();
  show(label.session([{ image: png }, { image: `data:image/png;base64,${btoa(String.fromCharCode(...png))}`, alt: "second" }], { labels: ["a"], comms }));
  custom({ type: "ready" });
  custom({ type: "key", key: "1" });
  const pictures = sent.filter(({ data }) => data.content?.type === "picture");
  assert.deepEqual(pictures.map(({ data }) => data.content.position).slice(-1), [1]);
  for (const { buffers } of pictures) assert.deepEqual([...buffers[0]!], [...png]);
  const before = sent.length;
  custom({ type: "key", key: "f" });
  assert.ok(!sent.slice(before).some(({ data }) => data.content?.type === "picture"), "the same picture is not sent twice");
  custom({ type: "ready" });
  assert.equal(sent.at(-1)!.data.content.position, 1);
});

test("pictures of a labelled set are shown enlarged, and nothing that is shown or saved tells their label", () => {
  const { comms, sent, custom } = page();
  const picture = { pixels: new Uint8Array(784).fill(9), height: 28, width: 28, channels: 1, label: 3, name: "Dress" };
  const session = label.session([picture, picture], { labels: ["Coat", "Shirt"], comms });
  show(session);
  custom({ type: "ready" });
  const { data, buffers } = sent.findLast(({ data }) => data.content?.type === "picture")!;
  assert.equal(data.content.mime, "image/png");
  assert.deepEqual([...buffers[0]!.subarray(16, 24)], [0, 0, 0, 224, 0, 0, 0, 224], "width and height in the PNG's header");
  assert.doesNotMatch(JSON.stringify([sent.map((message) => message.data), session.save()]), /Dress/);
});

test("a reloaded page gets all live models, a single model on request, and nothing of a closed one", () => {
  const { comms, sent, say } = page();
  const one = label.session(["x"], { labels: ["a"], comms });
  show(one);
  show(label.session(["y"], { labels: ["a"], comms }));
  const ids = sent.map(({ commId }) => commId);
  const ask = () => {
    comms.receive({ kind: "open", commId: "control", target: "jupyter.widget.control", data: {} } as never);
    say("control", { method: "request_states" });
    return sent.at(-1)!.data;
  };
  const { method, states } = ask();
  assert.equal(method, "update_states");
  assert.deepEqual(Object.keys(states), ids);
  assert.deepEqual([states[ids[0]!].model_name, states[ids[0]!].model_module, states[ids[0]!].state.view.text], ["AnyModel", "anywidget", "x"]);
  say(ids[1]!, { method: "request_state" });
  assert.equal(sent.at(-1)!.data.state.view.text, "y");
  one.close();
  assert.equal(sent.at(-1)!.kind, "close");
  assert.deepEqual(Object.keys(ask().states), [ids[1]]);
});

test("time between the last page and the next does not count", () => {
  const { comms, custom } = page();
  let clock = 0;
  const session = label.session(["x", "y"], { labels: ["a"], comms, now: () => clock });
  show(session);
  custom({ type: "ready" });
  clock = 2000;
  custom({ type: "key", key: "f" });
  clock = 1e6;
  custom({ type: "ready" });
  clock += 500;
  custom({ type: "key", key: "1" });
  assert.deepEqual(session.save().milliseconds, [2500, 0]);
});

test("without comms a session is its static summary, escaped, and can be driven, saved and resumed all the same", () => {
  const session = label.session([{ tokens: ["<b>Lin", "Yi"] }], { labels: ["PER"], comms: null });
  session.act({ type: "select", anchor: 0, focus: 1 });
  session.act({ type: "choose", label: "PER" });
  const data = show(session);
  assert.equal(data["application/vnd.jupyter.widget-view+json"], undefined);
  assert.match(data["text/html"], /1 of 1 labelled[\s\S]*&lt;b&gt;Lin Yi/);
  const again = label.session([{ tokens: ["<b>Lin", "Yi"] }], { labels: ["PER"], comms: null, resume: JSON.parse(JSON.stringify(session.save())) });
  assert.deepEqual(again.sentences(), [{ tokens: ["<b>Lin", "Yi"], tags: ["B-PER", "I-PER"] }]);
  assert.deepEqual(again.texts()[0]!.spans, [{ start: 0, end: 9, label: "PER" }]);
});

test("spans over a plain text, Chinese too, keep their places in the text through doccano", () => {
  const text = "🎵 林一在北京唱歌。";
  const session = label.session([{ text }], { labels: ["LOC"], kind: "spans", comms: null });
  const tokens = label.tokenize(text);
  const at = tokens.findIndex((token) => token.text.includes("北京"));
  session.act({ type: "select", anchor: at, focus: at });
  session.act({ type: "choose", label: "LOC" });
  const [found] = label.fromDoccano(label.toDoccano(session.texts()));
  assert.equal(text.slice(found!.spans![0]!.start, found!.spans![0]!.end), tokens[at]!.text);
});

test("the page's code is one module without imports or requests that names nothing of the kernel, and draws, sends keys and says when the kernel is gone", async () => {
  const { esm } = await import("../../../../kernel/helpers/label/session/front-end.js");
  assert.doesNotMatch(esm, /\bimport\b|https?:|fetch\(|XMLHttpRequest|innerHTML/);
  const { element, document, listeners } = fakePage();
  const module = new Function("document", "URL", "Blob", `${esm.replace("export default", "return")}`)(document, URL, Blob) as { render(given: object): () => void };
  const { comms, sent, say } = page();
  show(label.session(["x <i>", "y"], { labels: ["a", "b"], comms }));
  const handlers = new Map<string, (...args: any[]) => void>();
  let alive = true;
  const model = {
    get: () => (sent.findLast(({ data }) => data.state?.view) as Sent).data.state.view,
    on: (name: string, handler: () => void) => void handlers.set(name, handler),
    off: (name: string) => void handlers.delete(name),
    send: (content: unknown) => {
      if (!alive) throw new Error("Cannot send");
      say(sent[0]!.commId, { method: "custom", content });
    },
  };
  const root = element("div");
  const end = module.render({ model, el: root });
  assert.match(root.text(), /Item 1 of 2, 0 labelled.*x <i>.*a 1.*b 2/s);
  const press = (key: string, more = {}) => {
    let stopped = 0;
    listeners.get("keydown")!({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, target: root, preventDefault: () => stopped++, stopPropagation: () => stopped++, ...more });
    return stopped === 2;
  };
  assert.equal(press("1"), true);
  handlers.get("change:view")!();
  assert.match(root.text(), /Item 2 of 2, 1 labelled/);
  assert.equal(press("x"), false, "keys without meaning stay the notebook's");
  assert.equal(press("s", { ctrlKey: true }), false, "Ctrl+S still saves the notebook");
  alive = false;
  press("2");
  assert.match(root.text(), /kernel has restarted/);
  end();
  assert.equal(handlers.size, 0);
});

/** As much of a document as the front end uses. */
function fakePage() {
  const listeners = new Map<string, (event: any) => void>();
  const element = (tag: string): any => {
    const made: any = {
      tagName: tag.toUpperCase(), children: [] as any[], own: "", className: "", classList: { add: () => {} }, setAttribute: () => {}, focus: () => {}, querySelectorAll: () => [],
      append: (...nodes: any[]) => made.children.push(...nodes),
      replaceChildren: (...nodes: any[]) => (made.children = nodes),
      addEventListener: (name: string, handler: () => void) => void listeners.set(name, handler),
      text: (): string => [made.own, ...made.children.map((child: any) => (typeof child === "string" ? child : child.text()))].join(" ").replace(/ +/g, " "),
    };
    Object.defineProperty(made, "textContent", { set(text: string) { made.own = text; }, get: () => made.own });
    return made;
  };
  const document = { hidden: false, createElement: element, createTextNode: (text: string) => text, addEventListener: () => {}, removeEventListener: () => {} };
  return { element, document, listeners };
}
