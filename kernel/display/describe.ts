import { count, cut } from "./escape.js";
import { modelLabel } from "./model.js";
import { branded, className, inherited, isObject, isPlain, own } from "./reflect.js";
import { tensorLabel } from "./tensor/read.js";

/** One line of a value's inside: `key: value`, `key => value` for maps, or bare items. */
export interface Entry {
  key?: string;
  /** Written between key and value; ": " or " => ". */
  joint?: string;
  value: unknown;
  /** Shown instead of the value: `[Getter]`, `<3 empty items>`. */
  note?: string;
}

/** What inspection sees of a value: a leaf (text), or a branch whose entries can be walked. */
export type Description =
  | { kind: "leaf"; text: string }
  | { kind: "branch"; label: string; open: string; close: string; total: number; entries(start: number, end: number): Entry[] };

const stringLimit = 10_000;

/** Never throws and calls no user code other than proxy traps, whose failures become `[unreadable]`. */
export function describe(value: unknown, limit = stringLimit): Description {
  if (!isObject(value)) return leaf(primitive(value, limit));
  try {
    return describeObject(value);
  } catch {
    return leaf("[unreadable]");
  }
}

function describeObject(value: object): Description {
  if (typeof value === "function") return keyed(value, describeFunction(value));
  const label = tensorLabel(value) ?? modelLabel(value);
  if (label) return leaf(label);
  if (Array.isArray(value)) return list(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return typed(value as unknown as ArrayLike<number>, className(value) ?? "TypedArray");
  // Most objects are plain; the probes below throw on them, which is slow.
  if (isPlain(value)) return keyed(value);
  if (branded(value, Date.prototype.getTime as never)) return keyed(value, dateText(value as Date));
  if (branded(value, Map.prototype.has as never, 0)) return map(value as Map<unknown, unknown>);
  if (branded(value, Set.prototype.has as never, 0)) return set(value as Set<unknown>);
  if (value instanceof RegExp) return keyed(value, cut(RegExp.prototype.toString.call(value), 2000));
  if (value instanceof Error) return keyed(value, `[${errorText(value)}]`);
  if (value instanceof Promise) return leaf("Promise { <unknown> }");
  if (value instanceof WeakMap || value instanceof WeakSet) return leaf(`${className(value)} { <items unknown> }`);
  if (value instanceof ArrayBuffer) return leaf(`ArrayBuffer { byteLength: ${value.byteLength} }`);
  for (const [type, probe] of boxes) {
    if (branded(value, probe)) return leaf(`[${type}: ${primitive(Reflect.apply(probe, value, []), 1000)}]`);
  }
  return keyed(value);
}

const boxes: [string, () => unknown][] = [
  ["Number", Number.prototype.valueOf], ["String", String.prototype.valueOf], ["Boolean", Boolean.prototype.valueOf],
  ["BigInt", BigInt.prototype.valueOf], ["Symbol", Symbol.prototype.valueOf],
];

const leaf = (text: string): Description => ({ kind: "leaf", text });

function primitive(value: unknown, limit: number): string {
  if (typeof value === "string") return quote(value, limit);
  if (typeof value === "bigint") return cut(`${value}n`, limit);
  return Object.is(value, -0) ? "-0" : cut(String(value), limit);
}

/** A string as Node writes it: single quotes unless that needs escapes. */
export function quote(text: string, limit = stringLimit): string {
  const shown = text.slice(0, limit);
  const mark = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : !shown.includes("`") ? "`" : "'";
  // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
  const escaped = shown.replace(/[\0-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, escapeCharacter);
  const body = mark === "'" ? escaped.replaceAll("'", "\\'") : escaped;
  const rest = text.length - shown.length;
  return mark + body + mark + (rest ? `... ${count(rest, "more character")}` : "");
}

const short: Record<string, string> = { "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\\": "\\\\" };
const escapeCharacter = (c: string) =>
  short[c] ?? (c < "\u0100" ? `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase()}`);

function describeFunction(f: object): string {
  const source = Function.prototype.toString.call(f);
  const name = nameOf(f);
  if (source.startsWith("class")) {
    const parent = nameOf(Object.getPrototypeOf(f));
    return `[class ${name || "(anonymous)"}${parent ? ` extends ${parent}` : ""}]`;
  }
  return `[${className(f) ?? "Function"}${name ? `: ${name}` : " (anonymous)"}]`;
}

function nameOf(f: unknown): string {
  const name = own(f, "name");
  return typeof name === "string" ? cut(name, 200) : "";
}

function dateText(date: Date): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}

/** `TypeError: message`, from data properties only. */
export function errorText(error: Error): string {
  const name = inherited(error, "name");
  const type = typeof name === "string" && name !== "Error" ? name : className(error) || "Error";
  const message = inherited(error, "message");
  return typeof message === "string" && message ? `${type}: ${cut(message, 2000)}` : type;
}

const subclass = (value: object, base: string) => {
  const name = className(value);
  return name === base ? "" : name === null ? `[${base}: null prototype] ` : `${name ?? base} `;
};

function list(array: unknown[]): Description {
  const extra = array.length <= 10_000 && Object.keys(array).length > array.length ? propertyKeys(array).filter((k) => !/^\d+$/.test(String(k))) : [];
  const prefix = subclass(array, "Array");
  return {
    kind: "branch", label: `${prefix.trim() || "Array"}(${array.length})`, open: (prefix ? `${prefix.trim()}(${array.length}) ` : "") + "[", close: "]",
    total: array.length + extra.length,
    entries: (start, end) => {
      const items: Entry[] = [];
      for (let i = start; i < Math.min(end, array.length); i++) {
        items.push(Object.hasOwn(array, i) ? { ...property(array, i), key: undefined } : { value: undefined, note: "<empty item>" });
      }
      for (let i = Math.max(start - array.length, 0); i < Math.min(end - array.length, extra.length); i++) items.push(property(array, extra[i]));
      return items;
    },
  };
}

function typed(array: ArrayLike<unknown>, name: string): Description {
  // `length` of a typed array is a built-in getter: read through the prototype, a user's own `length` is not asked.
  const length = Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), "length", array) as number;
  return {
    kind: "branch", label: `${name}(${length})`, open: `${name}(${length}) [`, close: "]", total: length,
    entries: (start, end) => Array.from({ length: Math.min(end, length) - start }, (_, i) => ({ value: array[start + i] })),
  };
}

function map(value: Map<unknown, unknown>): Description {
  const size = Reflect.get(Map.prototype, "size", value) as number;
  const name = className(value) || "Map";
  return {
    kind: "branch", label: `${name}(${size})`, open: `${name}(${size}) {`, close: "}", total: size,
    entries: (start, end) => take(Map.prototype.entries.call(value), start, end).map(([k, v]) => ({ key: inline(k), joint: " => ", value: v })),
  };
}

function set(value: Set<unknown>): Description {
  const size = Reflect.get(Set.prototype, "size", value) as number;
  const name = className(value) || "Set";
  return {
    kind: "branch", label: `${name}(${size})`, open: `${name}(${size}) {`, close: "}", total: size,
    entries: (start, end) => take(Set.prototype.values.call(value), start, end).map((v) => ({ value: v })),
  };
}

function take<T>(iterator: Iterator<T>, start: number, end: number): T[] {
  const items: T[] = [];
  for (let i = 0; i < end; i++) {
    const next = iterator.next();
    if (next.done) break;
    if (i >= start) items.push(next.value);
  }
  return items;
}

/** A map's key on one short line. */
function inline(key: unknown): string {
  const d = describe(key, 100);
  return d.kind === "leaf" ? d.text : d.label;
}

/** Objects with named properties. `head` stands for what the object is beside them: `[Function: f]`. */
function keyed(object: object, head = ""): Description {
  const name = className(object);
  const label = head || (name === null ? "[Object: null prototype]" : name === undefined ? "Object" : name);
  const hidden = head.startsWith("[") && object instanceof Error ? new Set<PropertyKey>(["stack", "message"]) : undefined;
  const keys = propertyKeys(object).filter((k) => !hidden?.has(k));
  if (head && keys.length === 0) return leaf(head);
  const open = label === "Object" && isPlain(object) ? "{" : `${label} {`;
  return {
    kind: "branch", label, open, close: "}", total: keys.length,
    entries: (start, end) => keys.slice(start, end).map((key) => property(object, key)),
  };
}

function propertyKeys(object: object): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(object).filter((s) => Object.prototype.propertyIsEnumerable.call(object, s));
  return symbols.length ? [...Object.keys(object), ...symbols] : Object.keys(object);
}

function property(object: object, key: PropertyKey): Entry {
  const found = Object.getOwnPropertyDescriptor(object, key);
  const name = typeof key === "symbol" ? `[${cut(String(key), 200)}]` : /^[A-Za-z_$][\w$]{0,199}$/.test(String(key)) ? String(key) : quote(String(key), 200);
  const accessor = found?.get ? (found.set ? "[Getter/Setter]" : "[Getter]") : found?.set ? "[Setter]" : undefined;
  return { key: name, joint: ": ", value: found?.value, note: accessor };
}
