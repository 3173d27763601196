import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import type { Comms } from "../../../runner/comms.js";
import { findComms, type WidgetModel } from "../model.js";
import { makeStill } from "../still.js";
import { openStock, openStyle, reference, type StockModel, type StyleName } from "../stock/open.js";

/** A control with a value. As the last value of a cell, or given to `display`, it is drawn; the page and the code may both change its value. */
export interface Control<T> {
  /** Setting checks the value, and moves the control in the page. */
  value: T;
  /** Call this at each change, by the page or by code; returns a function that ends it. */
  onChange(handler: (value: T) => void): () => void;
  /** Takes the control out of every page. */
  close(): void;
}

export interface ControlOptions<T> {
  /** Words before the control. Default: none. */
  label?: string;
  /** At each change of the value. */
  onChange?: (value: T) => void;
  /** Channels to the front end. Default: the notebook's; null: none, only the still picture is shown. */
  comms?: Comms | null;
}

export const controlOptions = ["label", "onChange", "comms"] as const;

interface Inside {
  open(comms: Comms, labelWidth?: string): WidgetModel;
  /** Name the control, unless it has a label. */
  name(label: string): void;
  readonly label: string;
  still(): { html: string; plain: string };
}

const insides = new WeakMap<object, Inside>();

/** What a box needs of a control; undefined: no control of ours. */
export const insideOf = (control: object): Inside | undefined => insides.get(control);

export interface ControlParts<T> {
  kind: string;
  model: StockModel;
  /** `Slider` of `SliderStyleModel`. Default `Description`. */
  style?: StyleName;
  value: T;
  /** Throws where the value is none of the control's. */
  check(value: T): T;
  write(value: T): Readonly<Record<string, unknown>>;
  /** From the page's traits; undefined: they say nothing of the value. */
  read(changed: Readonly<Record<string, unknown>>): T | undefined;
  onCustom?(content: unknown): void;
  say?(value: T): string;
  /** Traits for its place among other controls. */
  boxed?: Readonly<Record<string, unknown>>;
  /** At most one message in so many milliseconds, and the last: for values set in loops. */
  pace?: number;
  options: ControlOptions<T>;
}

export function makeControl<T>(parts: ControlParts<T>): Control<T> {
  const { kind, model: stock, check, write, read, say = String, pace = 0, options } = parts;
  const handlers = new Set<(value: T) => void>(options.onChange ? [options.onChange] : []);
  const companion = makeStill();
  let value = check(parts.value);
  let label = options.label ?? "";
  let model: WidgetModel | undefined;
  let sent = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const still = () => {
    const plain = `${label || kind}: ${say(value)}`;
    return { html: `<p>${escape(plain)}</p>`, plain };
  };
  function tell(): void {
    timer = undefined;
    sent = performance.now();
    model?.set(write(value));
  }
  function change(next: T, fromPage: boolean): void {
    if (Object.is(next, value)) return;
    value = next;
    if (!fromPage) {
      if (performance.now() - sent >= pace) tell();
      else timer ??= setTimeout(tell, pace);
    }
    companion.change(still);
    for (const handler of [...handlers]) handler(value);
  }
  function open(comms: Comms, labelWidth?: string): WidgetModel {
    if (model) return model;
    const style = openStyle(comms, parts.style ?? "Description", labelWidth ?? "initial");
    const traits = { ...stock.traits, ...(labelWidth && parts.boxed), ...write(value), ...(label && { description: label }), style: reference(style) };
    model = openStock(comms, { name: stock.name, traits } as StockModel, {
      onUpdate(changed) {
        const next = read(changed);
        if (next !== undefined) change(next, true);
      },
      ...(parts.onCustom && { onCustom: parts.onCustom }),
      onClose() {
        model = undefined;
        style.close();
      },
    }, { _view_count: 0 });
    return model;
  }
  const control: Control<T> = {
    get value() {
      return value;
    },
    set value(next) {
      change(check(next), false);
    },
    onChange(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    close: () => model?.close(),
  };
  insides.set(control, { open, still, name: (name) => (label ||= name), get label() { return label; } });
  Object.defineProperty(control, displaySymbol, { value: () => {
    const comms = findComms(options.comms);
    const { html, plain } = still();
    if (!comms) return { data: { "text/plain": plain, "text/html": html }, metadata: {} };
    const apart = companion.show(html, plain);
    return { data: { "text/plain": plain, ...(!apart && { "text/html": html }), ...open(comms).view() }, metadata: {} };
  } });
  return Object.freeze(control);
}
