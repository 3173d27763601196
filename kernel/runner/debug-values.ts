import { describe, type Entry } from "../display/describe.js";
import { inspect } from "../display/inspect.js";
import { plainBundle } from "../display/bundle.js";
import type { MimeBundle } from "../display/contract.js";
import { number } from "../display/number.js";
import { own } from "../display/reflect.js";
import { isDisposed, isTensor, sizeOf, tensorLabel, type TensorLike } from "../display/tensor/read.js";
import { statistics } from "../display/tensor/statistics.js";

/**
 * Values as the debugger shows them. Called by the inspector while the program is paused or busy, in the middle of anything: no getter
 * or other code of the learner runs, nothing is awaited, no operation of TensorFlow's is started, and everything is bounded.
 */
export interface DebugValues {
  /** One line for each value. */
  describe(...values: unknown[]): Line[];
  /** What is inside a value, from entry `start` on. */
  open(value: unknown, start: number): Packed;
  /** Plain text, for the console. */
  text(value: unknown): string;
  /** The rich view: a tensor's picture, a table, a tree. */
  rich(value: unknown): MimeBundle;
  /** The learner's globals: `bindings` are the top-level let, const and class of all cells. */
  globals(bindings: Record<string, () => unknown>): Packed;
}

/** `type` is what the tree writes beside the name of an object; `open`: there is something inside. */
export interface Line {
  text: string;
  type: string;
  open: boolean;
}

/** What is inside, in one array, because each request stops the program once more: first `Contents` as JSON, then the values. */
export type Packed = [contents: string, ...values: unknown[]];

/** All of the same length, one for each value. */
export interface Contents {
  names: string[];
  /** A value that is a note only: a getter, a count. */
  notes: (string | null)[];
  /** For objects. */
  lines: (Line | null)[];
  /** Entries after these. */
  more: number;
}

interface Opened {
  names: string[];
  values: unknown[];
  notes: (string | null)[];
  more: number;
}

const page = 100;
const globalsLimit = 300;
/** Elements of a tensor that are read for its statistics: 16 MB. */
const readLimit = 4_000_000;

/** `before`: names of the global object that are not the learner's. */
export function createDebugValues(before: ReadonlySet<PropertyKey>, backendOf: () => object | undefined): DebugValues {
  /** As the backend has them: `dataSync` would be recorded by a step under compilation. */
  function read(tensor: TensorLike): ArrayLike<number> | string[] | string {
    if (isDisposed(tensor)) return "disposed: its memory was given back";
    if (sizeOf(tensor.shape) > readLimit) return `${sizeOf(tensor.shape).toLocaleString("en-US")} values, too many to read here`;
    const backend = backendOf() as { readSync?(id: unknown): ArrayLike<number> | string[] } | undefined;
    const readSync = backend && (Object.getPrototypeOf(backend) as typeof backend).readSync;
    if (!readSync) return tensor.dataSync();
    const values = readSync.call(backend, own(tensor, "dataId"));
    return tensor.dtype === "string" && values[0] !== undefined && typeof values[0] !== "string" ? Array.from(values as unknown as Uint8Array[], (bytes) => Buffer.from(bytes).toString("utf8")) : values;
  }

  function openTensor(tensor: TensorLike): Opened {
    const opened: Opened = { names: [], values: [], notes: [], more: 0 };
    const note = (name: string, text: string): void => add(opened, name, undefined, text);
    let values: ReturnType<typeof read>;
    try {
      values = read(tensor);
    } catch (error) {
      values = `cannot be read here: ${(error as Error).message}`;
    }
    if (typeof values === "string") {
      note("values", values);
      return opened;
    }
    if (["float32", "int32", "bool"].includes(tensor.dtype) && values.length > 1) {
      const s = statistics(values as ArrayLike<number>);
      if (s.finite > 0) for (const name of ["min", "mean", "max", "std"] as const) note(name, number(s[name]));
      if (s.nan > 0) note("NaN", s.nan.toLocaleString("en-US"));
      if (s.infinite > 0) note("infinite", s.infinite.toLocaleString("en-US"));
    }
    const whole = nest(values, tensor.dtype === "complex64" ? [...tensor.shape, 2] : tensor.shape, tensor.dtype === "bool");
    if (!Array.isArray(whole) && !ArrayBuffer.isView(whole)) add(opened, "value", whole);
    else {
      const rows = whole as ArrayLike<unknown>;
      for (let i = 0; i < Math.min(rows.length, page); i++) add(opened, `[${i}]`, rows[i]);
      if (rows.length > page) note("...", `${(rows.length - page).toLocaleString("en-US")} more`);
    }
    return opened;
  }

  function opened(value: unknown, start: number): Opened {
    const inner = own(value, "val");
    if (isTensor(value)) return openTensor(value);
    if (isTensor(inner) && tensorLabel(value) === undefined && own(value, "trainable_") !== undefined) return openTensor(inner);
    const opened: Opened = { names: [], values: [], notes: [], more: 0 };
    const description = describe(value);
    if (description.kind === "leaf") return opened;
    description.entries(start, start + page).forEach((entry: Entry, i) => add(opened, entry.key ?? `[${start + i}]`, entry.value, entry.note));
    opened.more = Math.max(0, description.total - start - page);
    return opened;
  }

  return {
    describe: (...values) => values.map(line),
    open: (value, start) => pack(opened(value, start)),
    text: (value) => (typeof value === "string" ? inspect(value).text : (tensorLabel(value) ?? inspect(value).text)),
    rich(value) {
      if (!isTensor(value)) return plainBundle(value);
      const { shape, dtype } = value;
      const values = read(value);
      if (typeof values === "string") return { data: { "text/plain": `${tensorLabel(value)}\n${values}` }, metadata: {} };
      return plainBundle({ shape, dtype, dataSync: () => values });
    },
    globals(bindings) {
      const opened: Opened = { names: [], values: [], notes: [], more: 0 };
      for (const [name, get] of Object.entries(bindings)) {
        try {
          add(opened, name, get());
        } catch {
          add(opened, name, undefined, "(no value yet)");
        }
      }
      for (const name of Object.keys(globalThis)) {
        if (before.has(name) || Object.hasOwn(bindings, name)) continue;
        const found = Object.getOwnPropertyDescriptor(globalThis, name);
        if (found && "value" in found) add(opened, name, found.value);
      }
      return pack(opened);
    },
  };
}

/** No more than a front end shows at once. */
function pack({ names, values, notes, more }: Opened): Packed {
  const upTo = <T>(list: readonly T[]): T[] => list.slice(0, globalsLimit);
  const shown = upTo(values);
  const lines = shown.map((value, i) => (notes[i] === null && ((typeof value === "object" && value !== null) || typeof value === "function") ? line(value) : null));
  const contents: Contents = { names: upTo(names), notes: upTo(notes), lines, more };
  return [JSON.stringify(contents), ...shown];
}

function add(opened: Opened, name: string, value: unknown, note: string | null = null): void {
  opened.names.push(name);
  opened.values.push(value);
  opened.notes.push(note);
}

function line(value: unknown): Line {
  const description = describe(value, 1000);
  if (isTensor(value)) return { text: tensorLabel(value)!, type: tensorLabel(value)!, open: !isDisposed(value) };
  if (description.kind === "leaf") return { text: description.text, type: description.text, open: false };
  const { text } = inspect(value, { depth: 1, breadth: 8, nodes: 24, width: Infinity });
  const short = text.replace(/\s+/g, " ");
  const cut = (length: number): string => (short.length > length ? `${short.slice(0, length - 3)}...` : short);
  return { text: cut(120), type: cut(60), open: description.total > 0 };
}

/** The elements as arrays of rows, without copying them. */
function nest(values: ArrayLike<unknown>, shape: readonly number[], asBoolean: boolean): unknown {
  const [rows, ...rest] = shape;
  if (rows === undefined) return asBoolean ? Boolean(values[0]) : values[0];
  if (rest.length === 0) return asBoolean ? Array.from(values as ArrayLike<number>, Boolean) : values;
  const size = rest.reduce((a, b) => a * b, 1);
  const part = (i: number): ArrayLike<unknown> => (values as unknown as { slice(a: number, b: number): ArrayLike<unknown> }).slice(i * size, (i + 1) * size);
  return Array.from({ length: Math.min(rows, page + 1) }, (_, i) => nest(part(i), rest, asBoolean));
}
