import assert from "node:assert/strict";
import { test } from "node:test";
import type { StockModel } from "../../../../kernel/helpers/widgets/stock/open.js";
import * as widgets from "../../../../kernel/helpers/widgets/index.js";
import { createComms, type CommHub } from "../../../../kernel/runner/comms.js";

interface Sent {
  kind: string;
  commId: string;
  data: any;
}

/** The page's end of the comms. */
function page() {
  const sent: Sent[] = [];
  const comms: CommHub = createComms((message) => void sent.push(message as Sent), (act) => act());
  const say = (id: string, data: unknown) => comms.receive({ kind: "msg", commId: id, data } as never);
  const move = (id: string, state: object) => say(id, { method: "update", state, buffer_paths: [] });
  const opened = (name: string) => sent.findLast(({ kind, data }) => kind === "open" && data.state._model_name === name)!;
  const live = () => {
    comms.receive({ kind: "open", commId: "control", target: "jupyter.widget.control", data: {} } as never);
    say("control", { method: "request_states" });
    return sent.at(-1)!.data.states as Record<string, { model_name: string; state: Record<string, any> }>;
  };
  return { comms, sent, say, move, opened, live };
}

type Bundle = { data: Record<string, any> };
const bundle = (value: object) => (value as Record<symbol, () => Bundle>)[Symbol.for("Jupyter.display")]!();
const show = (value: object) => bundle(value).data;
/** `interact` first waits for its function. */
const showLater = async (value: object) => (await bundle(value)).data;
const modelOf = (data: Record<string, any>) => data["application/vnd.jupyter.widget-view+json"].model_id as string;

test("A control shown opens its stock model, after its style, with the names that JupyterLab knows; shown twice it is one model", () => {
  const { comms, sent, opened } = page();
  const slider = widgets.slider([0, 10], { label: "k", comms });
  assert.equal(sent.length, 0);
  assert.equal(modelOf(show(slider)), modelOf(show(slider)));
  assert.deepEqual(sent.map(({ data }) => data.state._model_name), ["SliderStyleModel", "IntSliderModel"]);
  const { commId, data: { state } } = opened("IntSliderModel");
  const { style, ...traits } = state;
  assert.equal(style, `IPY_MODEL_${sent[0]!.commId}`);
  assert.deepEqual(traits, {
    _model_module: "@jupyter-widgets/controls", _model_module_version: "2.0.0", _model_name: "IntSliderModel", _view_module: "@jupyter-widgets/controls", _view_module_version: "2.0.0", _view_name: "IntSliderView",
    min: 0, max: 10, step: 1, value: 5, description: "k", _view_count: 0,
  });
  assert.equal(commId, modelOf(show(slider)));
});

test("What the page changes is the value, is echoed and is told once; what code sets is sent to the page", () => {
  const { comms, sent, move } = page();
  const told: number[] = [];
  const slider = widgets.slider([0, 10], { comms, onChange: (value) => told.push(value) });
  const id = modelOf(show(slider));
  move(id, { value: 7 });
  move(id, { value: 7 });
  assert.deepEqual([slider.value, told, sent.at(-1)!.data.method], [7, [7], "echo_update"]);
  slider.value = 2;
  assert.deepEqual([sent.at(-1)!.data, told], [{ method: "update", state: { value: 2 }, buffer_paths: [] }, [7, 2]]);
  const end = slider.onChange((value) => told.push(value * 100));
  slider.value = 3;
  end();
  slider.value = 4;
  assert.deepEqual(told, [7, 2, 3, 300, 4]);
});

test("What no control may hold is not taken from a page either", () => {
  const { comms, move } = page();
  const slider = widgets.slider([0, 10], { comms });
  move(modelOf(show(slider)), { value: 11 });
  const choice = widgets.dropdown(["a", "b"], { comms });
  const id = modelOf(show(choice));
  for (const index of [2, null, "1"]) move(id, { index });
  assert.deepEqual([slider.value, choice.value], [5, "a"]);
  move(id, { index: 1 });
  assert.equal(choice.value, "b");
});

test("Ticks, texts, presses and bars travel as their models hold them", () => {
  const { comms, opened, move, say } = page();
  const [tick, text, presses] = [widgets.checkbox(false, { comms }), widgets.text("", { comms, placeholder: "name" }), widgets.button("Go", { comms })];
  move(modelOf(show(tick)), { value: true });
  move(modelOf(show(text)), { value: "Ada" });
  const id = modelOf(show(presses));
  say(id, { method: "custom", content: { event: "click" } });
  say(id, { method: "custom", content: null });
  assert.deepEqual([tick.value, text.value, presses.value], [true, "Ada", 1]);
  assert.equal(opened("TextModel").data.state.placeholder, "name");
  assert.equal(opened("ButtonModel").data.state.description, "Go");
  show(widgets.progress(3, { comms }));
  assert.deepEqual([opened("FloatProgressModel").data.state._view_name, opened("FloatProgressModel").data.state.max], ["ProgressView", 3]);
});

test("A bar set 10,000 times in a loop sends few messages, and the last value", async () => {
  const { comms, sent } = page();
  const bar = widgets.progress(10_000, { comms });
  show(bar);
  const before = sent.length;
  const begun = performance.now();
  for (let i = 1; i <= 10_000; i++) bar.value = i;
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.ok(sent.length - before <= 3 + (performance.now() - begun) / 50, `${sent.length - before} messages`);
  assert.equal(sent.at(-1)!.data.state.value, 10_000);
});

test("Ranges have sensible steps, first values and digits", () => {
  const { comms, opened } = page();
  for (const [range, more, value, step] of [[[0, 10], {}, 5, 1], [[1, 4], {}, 2, 1], [[0, 1], {}, 0.5, 0.01], [[0, 1], { step: 0.1 }, 0.5, 0.1], [[0, 0.1], {}, 0.05, 0.001], [[-1, 1], { step: 0.5 }, 0, 0.5], [[1, 10], { step: 4 }, 5, 4]] as const) {
    const slider = widgets.slider(range, { ...more, comms });
    show(slider);
    const { state } = opened(Number.isInteger(step) ? "IntSliderModel" : "FloatSliderModel").data;
    assert.deepEqual([slider.value, state.step], [value, step], String(range));
  }
  assert.equal(opened("FloatSliderModel").data.state.readout_format, ".1f");
});

test("interact draws its controls and the function's value in a box, and draws anew at each change", async () => {
  const { comms, sent, opened, move } = page();
  const seen: unknown[] = [];
  const made = widgets.interact((values) => { seen.push(values); return values.loud ? values.word.toUpperCase() : values.word; }, { word: ["ho", "ha"], loud: false, n: [0, 4], text: "x" }, { comms });
  await showLater(made);
  assert.deepEqual(seen, [{ word: "ho", loud: false, n: 2, text: "x" }]);
  const box = opened("VBoxModel").data.state;
  assert.deepEqual(box.children, ["DropdownModel", "CheckboxModel", "IntSliderModel", "TextModel", "OutputModel"].map((name) => `IPY_MODEL_${opened(name).commId}`));
  const plain = () => (sent.findLast(({ data }) => data.state?.outputs)!.data.state.outputs as { data: Record<string, unknown> }[]).map((output) => output.data["text/plain"]);
  assert.deepEqual(plain(), ["'ho'"]);
  move(opened("CheckboxModel").commId, { value: true });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(plain(), ["'HO'"]);
  assert.equal(opened("DropdownModel").data.state.description, "word");
});

test("interact shows a thrown error, and only the newest of results that come out of order", async () => {
  const { comms, sent } = page();
  const made = widgets.interact(async ({ ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (ms === 0) throw new RangeError("no time");
    return ms;
  }, { ms: widgets.slider([0, 60], { value: 1 }) }, { comms });
  await showLater(made);
  const outputs = () => sent.findLast(({ data }) => data.state?.outputs)!.data.state.outputs;
  assert.equal(outputs()[0].data["text/plain"], "1");
  made.controls.ms.value = 60;
  made.controls.ms.value = 2;
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.equal(outputs()[0].data["text/plain"], "2");
  made.controls.ms.value = 0;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(outputs(), [{ output_type: "error", ename: "RangeError", evalue: "no time", traceback: ["RangeError: no time"] }]);
  await assert.rejects(made.run(), /no time/);
});

test("Once no page shows a model it is closed when the next one opens, its style and its box's parts too; one still seen stays", async () => {
  const { comms, move, live } = page();
  const box = widgets.interact(({ n }) => n, { n: [0, 4] }, { comms });
  const view = modelOf(await showLater(box));
  const kept = widgets.slider([0, 1], { comms });
  move(modelOf(show(kept)), { _view_count: 1 });
  move(view, { _view_count: 1 });
  move(view, { _view_count: 0 });
  const names = () => Object.values(live()).map(({ model_name }) => model_name).sort();
  show(widgets.checkbox(true, { comms }));
  assert.deepEqual(names(), ["CheckboxModel", "CheckboxStyleModel", "FloatSliderModel", "SliderStyleModel"]);
  assert.notEqual(modelOf(await showLater(box)), view, "shown again it is opened anew");
});

test("A model shown again is kept though its old view has gone and its new one is not there yet; so is one that no page of this session has drawn", () => {
  const { comms, move, live } = page();
  const slider = widgets.slider([0, 10], { comms });
  const id = modelOf(show(slider));
  move(id, { _view_count: 1 });
  show(slider);
  move(id, { _view_count: 0 });
  show(widgets.checkbox(true, { comms }));
  assert.ok(live()[id]);
  move(id, { _view_count: 1 });
  assert.equal(live()[id]!.state["_view_count"], 0, "a new page counts from nothing");
  show(widgets.checkbox(true, { comms }));
  assert.ok(live()[id]);
});

test("A reloaded page gets all models with the values they have now", () => {
  const { comms, move, live } = page();
  const slider = widgets.slider([0, 10], { comms });
  const id = modelOf(show(slider));
  move(id, { value: 8 });
  assert.equal(live()[id]!.state["value"], 8);
  slider.close();
  assert.deepEqual(live(), {});
});

test("Without comms a control is its words, escaped, and works all the same", async () => {
  const data = show(widgets.text("<b>", { label: "name", comms: null }));
  assert.deepEqual(data, { "text/plain": "name: <b>", "text/html": "<p>name: &lt;b&gt;</p>" });
  const box = await showLater(widgets.interact(({ n }) => n * 2, { n: [0, 4] }, { comms: null }));
  assert.deepEqual(box, { "text/plain": "n: 2", "text/html": "<p>n: 2</p><pre>4</pre>" });
});

test("In a notebook a still companion is shown before the widget, and follows its changes", async () => {
  const shown: Record<string, string>[] = [];
  const { comms, move } = page();
  (globalThis as { display?: unknown }).display = { bundle: (data: Record<string, string>) => {
    shown.push(data);
    return { update: (value: Record<symbol, () => { data: Record<string, string> }>) => shown.push(value[Symbol.for("Jupyter.display")]!().data) };
  } };
  try {
    const data = show(widgets.slider([0, 10], { label: "k", comms }));
    assert.equal(data["text/html"], undefined);
    for (const value of [6, 7, 8]) move(modelOf(data), { value });
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(shown.map((data) => /k: \d+/.exec(data["text/html"]!)![0]), ["k: 5", "k: 8"]);
  } finally {
    delete (globalThis as { display?: unknown }).display;
  }
});

test("Bad arguments are refused by name", () => {
  assert.throws(() => widgets.slider([3, 1]), /expected range as \[min, max\] with min < max, got \[3, 1\]/);
  assert.throws(() => widgets.slider([0, Number.NaN]), /got \[0, NaN\]/);
  assert.throws(() => widgets.slider([0, 10], { value: 11 }), /expected value from 0 to 10, got 11/);
  assert.throws(() => widgets.slider([0, 10], { step: 0 }), /expected step > 0, got 0/);
  assert.throws(() => widgets.slider([0, 10], { steps: 1 } as never), /unknown option: steps/);
  assert.throws(() => (widgets.slider([0, 10]).value = 0.5), /expected value to be a whole number, got 0.5/);
  assert.throws(() => widgets.dropdown([]), /expected at least one choice, got none/);
  assert.throws(() => widgets.dropdown(["a", "a"]), /expected different choices, got "a" twice/);
  assert.throws(() => widgets.dropdown(["a", "b"], { value: "c" as "a" }), /unknown value: c \(known: a, b\)/);
  assert.throws(() => widgets.checkbox(1 as never), /expected value to be true or false, got 1/);
  assert.throws(() => widgets.text(1 as never), /expected value to be text, got 1/);
  assert.throws(() => widgets.button(""), /expected name to be text, got ""/);
  assert.throws(() => widgets.progress(0), /expected total > 0, got 0/);
  assert.throws(() => (widgets.progress(3).value = 4), /expected value from 0 to 3, got 4/);
  assert.throws(() => widgets.interact(() => 1, {}), /expected at least one setting, got none/);
  assert.throws(() => widgets.interact(() => 1, { n: 3 as never }), /expected n as \[min, max\], choices, true, a text or a control, got 3/);
  assert.throws(() => widgets.interact(3 as never, { n: true }), /expected a function of the values, got 3/);
});

test("Stock models are known by name: a progress bar has its view and its style another module, a wrong name or trait does not compile", () => {
  const { comms, sent } = page();
  show(widgets.progress(10, { comms }));
  const [style, bar] = sent.map(({ data }) => data.state);
  assert.deepEqual([bar._model_name, bar._view_module, bar._view_name], ["FloatProgressModel", "@jupyter-widgets/controls", "ProgressView"]);
  assert.deepEqual([style._model_name, style._model_module, style._view_module, style._view_name], ["ProgressStyleModel", "@jupyter-widgets/controls", "@jupyter-widgets/base", "StyleView"]);
  const models: StockModel[] = [
    { name: "IntSlider", traits: { min: 0, orientation: "vertical" } },
    // @ts-expect-error: no such orientation
    { name: "IntSlider", traits: { orientation: "round" } },
    // @ts-expect-error: no such model
    { name: "Sliders", traits: {} },
  ];
  assert.equal(models.length, 3);
});
