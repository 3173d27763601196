import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import type { Comms } from "../../../runner/comms.js";
import { known, shown } from "../../arguments.js";
import { insideOf, type Control } from "../controls/control.js";
import { findComms, type WidgetModel } from "../model.js";
import { makeStill } from "../still.js";
import { openStock, reference } from "../stock/open.js";
import { failureOf, outputsOf, stillOf, type CellOutput } from "./outputs.js";
import { controlOf, type Setting, type SettingValue } from "./settings.js";

type Settings = Readonly<Record<string, Setting>>;

export type SettingValues<S extends Settings> = { readonly [K in keyof S]: SettingValue<S[K]> };

export interface InteractOptions {
  /** Channels to the front end. Default: the notebook's; null: none. */
  comms?: Comms | null;
}

/** Controls with a function of their values. As the last value of a cell it is drawn. */
export interface Interaction<S extends Settings, R> {
  readonly values: SettingValues<S>;
  /** By name: `controls.k.value = 3` moves it. */
  readonly controls: { readonly [K in keyof S]: Control<SettingValue<S[K]>> };
  /** Call the function with the values as they are; the page shows the result too. */
  run(): Promise<Awaited<R>>;
  /** Takes it out of every page. */
  close(): void;
}

/**
 * Controls for a function: at each change it is called with all values by name, and what it returns is shown below the controls, as a cell would show it.
 * A slow or async function shows only its newest result. What it prints goes to JupyterLab's log: return what is to be seen.
 *
 * @param settings by name: `[min, max]` a slider, other arrays a dropdown, `true` or `false` a checkbox, a text a text field, or a control made with `widgets`.
 * @throws `expected at least one setting, got none`; `expected n as [min, max], choices, true, a text or a control, got 3`; what the control itself refuses.
 * @example
 * const power = widgets.interact(({ base, exponent }) => base ** exponent, { base: [0, 10], exponent: widgets.slider([1, 3]) });
 * power.values // { base: 5, exponent: 2 }
 * power.run() // 25
 * power.controls.base.value = 3;
 * power.run() // 9
 */
export function interact<const S extends Settings, R>(fn: (values: SettingValues<S>) => R, settings: S, options: InteractOptions = {}): Interaction<S, R> {
  known(options, ["comms"]);
  if (typeof fn !== "function") throw new TypeError(`expected a function of the values, got ${shown(fn)}`);
  if (typeof settings !== "object" || settings === null || Object.keys(settings).length === 0) throw new RangeError("expected at least one setting, got none");
  const given = Object.entries(settings).map(([name, setting]) => ({ name, ...controlOf(name, setting) }));
  for (const { name, control } of given) insideOf(control)!.name(name);
  const labelWidth = `${Math.min(24, Math.max(...given.map(({ control }) => insideOf(control)!.label.length)) + 2)}ch`;
  const companion = makeStill();
  let outputs: readonly CellOutput[] = [];
  let turn = 0;
  let box: { view: WidgetModel; output: WidgetModel } | undefined;
  let ends: (() => void)[] = [];

  const values = () => Object.fromEntries(given.map(({ name, control }) => [name, control.value])) as SettingValues<S>;
  const still = () => {
    const parts = given.map(({ control }) => insideOf(control)!.still().plain);
    return { html: `<p>${escape(parts.join(", "))}</p>${stillOf(outputs)}`, plain: parts.join(", ") };
  };
  async function run(): Promise<Awaited<R>> {
    const own = ++turn;
    let next: readonly CellOutput[] = [];
    try {
      const result = await fn(values());
      next = await outputsOf(result);
      return result;
    } catch (error) {
      next = failureOf(error);
      throw error;
    } finally {
      if (own === turn) {
        outputs = next;
        box?.output.set({ outputs });
        companion.change(still);
      }
    }
  }
  /** An error is shown below the controls: nobody else waits for it. */
  const again = () => run().then(() => {}, () => {});

  function open(comms: Comms): WidgetModel {
    if (box) return box.view;
    const output = openStock(comms, { name: "Output", traits: { msg_id: "", outputs } });
    const children = [...given.map(({ control }) => insideOf(control)!.open(comms, labelWidth)), output].map(reference);
    ends = given.map(({ control }) => control.onChange(() => void again()));
    const view = openStock(comms, { name: "VBox", traits: { children } }, {
      onClose() {
        box = undefined;
        for (const end of ends) end();
        output.close();
        for (const { control, own } of given) if (own) control.close();
      },
    }, { _view_count: 0 });
    box = { view, output };
    return view;
  }
  const interaction: Interaction<S, R> = {
    get values() {
      return values();
    },
    controls: Object.freeze(Object.fromEntries(given.map(({ name, control }) => [name, control]))) as Interaction<S, R>["controls"],
    run,
    close: () => box?.view.close(),
  };
  Object.defineProperty(interaction, displaySymbol, { value: async () => {
    await again();
    const comms = findComms(options.comms);
    const { html, plain } = still();
    if (!comms) return { data: { "text/plain": plain, "text/html": html }, metadata: {} };
    const apart = companion.show(html, plain);
    return { data: { "text/plain": plain, ...(!apart && { "text/html": html }), ...open(comms).view() }, metadata: {} };
  } });
  return Object.freeze(interaction);
}
