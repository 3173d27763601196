import type { Debugger, Runtime } from "node:inspector";
import type { MimeBundle } from "../display/contract.js";
import type { Contents, Line } from "../runner/debug-values.js";
import { DebugProblem } from "./contract.js";
import { toExpression } from "./expression.js";
import type { Inspector } from "./inspector.js";
import type { Frame } from "./pauses.js";
import type { DebugWords } from "./words.js";

/** A variable of the Debug Adapter Protocol. JupyterLab writes the type of objects, and the value of what has no type. */
export interface Variable {
  name: string;
  value: string;
  type?: string;
  variablesReference: number;
  evaluateName?: string;
}

export interface Scope {
  name: string;
  variablesReference: number;
  expensive: boolean;
}

export interface Variables {
  scopes(frame: Frame): Scope[];
  variables(reference: unknown): Promise<Variable[]>;
  /** All top-level variables of the notebook, running or not. */
  globals(): Promise<Variable[]>;
  evaluate(expression: string, frame: Frame | undefined): Promise<{ result: string; type?: string; variablesReference: number }>;
  rich(expression: string, frame: Frame | undefined): Promise<MimeBundle | undefined>;
  copyToGlobals(from: string, to: string, frame: Frame): Promise<void>;
  /** References of an earlier stop mean nothing any more. */
  forget(): void;
}

/** What a reference stands for. */
type Inside = { kind: "scopes"; scopes: readonly Debugger.Scope[]; self?: Runtime.RemoteObject; returned?: Runtime.RemoteObject } | { kind: "globals" } | { kind: "object"; objectId: string; start: number };

/** A name with what is known of its value. */
interface Entry {
  name: string;
  value?: Runtime.RemoteObject;
  note?: string | null;
  line?: Line | null;
}

const group = "lyceum-debug";
/** Milliseconds that an expression of the learner's may take. */
const evaluationLimit = 3000;
const globalsLimit = 300;

export function createVariables(inspector: () => Inspector, words: Pick<DebugWords, "tooLong">): Variables {
  const inside = new Map<number, Inside>();
  let last = 0;

  const post = <T>(method: string, params?: object): Promise<T> => inspector().post<T>(method, params);
  const refer = (what: Inside): number => {
    inside.set(++last, what);
    return last;
  };

  /** The runner's side of this file, asked for once a process. */
  const selves = new WeakMap<Inspector, Promise<string>>();
  function self(): Promise<string> {
    const mine = inspector();
    const known = selves.get(mine) ?? mine.post<Runtime.EvaluateReturnType>("Runtime.evaluate", { expression: "__lyceum__.debug", silent: true, disableBreaks: true }).then(({ result }) => result.objectId!);
    selves.set(mine, known);
    return known;
  }

  /** Call `__lyceum__.debug[name]` with these values. */
  async function call(name: string, values: readonly Runtime.RemoteObject[], byValue: boolean, ...rest: unknown[]): Promise<Runtime.RemoteObject> {
    const answer = await post<Runtime.CallFunctionOnReturnType>("Runtime.callFunctionOn", {
      functionDeclaration: `function (...values) { return this.${name}(...values); }`,
      objectId: await self(),
      arguments: [...values.map(argumentOf), ...rest.map((value) => ({ value }))],
      returnByValue: byValue,
      silent: true,
      objectGroup: group,
    });
    if (answer.exceptionDetails) throw new DebugProblem(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result;
  }

  /** Names with values as the front end wants them. */
  async function toVariables(entries: readonly Entry[]): Promise<Variable[]> {
    const objects = entries.flatMap(({ value, note, line }) => (!note && !line && value?.objectId !== undefined ? [value] : []));
    const lines = objects.length === 0 ? [] : ((await call("describe", objects, true)).value as Line[]);
    return entries.map(({ name, value, note, line }) => {
      if (typeof note === "string") return { name, value: note, variablesReference: 0 };
      if (value?.objectId === undefined) return { name, value: primitive(value), variablesReference: 0 };
      const { text, type, open } = line ?? lines[objects.indexOf(value)]!;
      return { name, value: text, type, variablesReference: open ? refer({ kind: "object", objectId: value.objectId, start: 0 }) : 0 };
    });
  }

  /** What `open` and `globals` on the runner's side gave. */
  async function unpack(packed: Runtime.RemoteObject): Promise<{ entries: Entry[]; more: number }> {
    const { result } = await post<Runtime.GetPropertiesReturnType>("Runtime.getProperties", { objectId: packed.objectId, ownProperties: true });
    const at = new Map(result.map(({ name, value }) => [name, value]));
    const { names, notes, lines, more } = JSON.parse(String(at.get("0")?.value)) as Contents;
    return { entries: names.map((name, i) => ({ name, value: at.get(String(i + 1)), note: notes[i], line: lines[i] })), more };
  }

  async function inObject({ objectId, start }: { objectId: string; start: number }): Promise<Variable[]> {
    const { entries, more } = await unpack(await call("open", [{ type: "object", objectId }], false, start));
    if (start === 0) entries.push(...(await privateFields(objectId)));
    const found = await toVariables(entries);
    const next = start + entries.length;
    if (more > 0) found.push({ name: "...", value: `${more} more`, type: `${more} more`, variablesReference: refer({ kind: "object", objectId, start: next }) });
    return found;
  }

  async function privateFields(objectId: string): Promise<Entry[]> {
    const answer = await post<Runtime.GetPropertiesReturnType & { privateProperties?: { name: string; value?: Runtime.RemoteObject }[] }>("Runtime.getProperties", { objectId, ownProperties: true });
    return (answer.privateProperties ?? []).filter(({ value }) => value !== undefined);
  }

  async function inScopes({ scopes, self, returned }: Extract<Inside, { kind: "scopes" }>): Promise<Variable[]> {
    const entries = new Map<string, Entry>();
    if (returned && returned.type !== "undefined") entries.set("(return value)", { name: "(return value)", value: returned });
    if (self) entries.set("this", { name: "this", value: self });
    for (const { object } of scopes) {
      const { result } = await post<Runtime.GetPropertiesReturnType>("Runtime.getProperties", { objectId: object.objectId, ownProperties: true });
      for (const { name, value } of result) if (!entries.has(name) && !name.includes("__lyceum__")) entries.set(name, { name, value });
    }
    return (await toVariables([...entries.values()].slice(0, globalsLimit))).map((variable) => ({ ...variable, evaluateName: variable.name }));
  }

  async function globals(): Promise<Variable[]> {
    const { names } = await post<Runtime.GlobalLexicalScopeNamesReturnType>("Runtime.globalLexicalScopeNames");
    const shown = names.filter((name) => !name.startsWith("__lyceum")).slice(0, globalsLimit);
    const expression = `__lyceum__.debug.globals({${shown.map((name) => `${JSON.stringify(name)}: () => ${name}`).join(", ")}})`;
    const { result, exceptionDetails } = await post<Runtime.EvaluateReturnType>("Runtime.evaluate", { expression, objectGroup: group, silent: true, disableBreaks: true });
    if (exceptionDetails) throw new DebugProblem(exceptionDetails.exception?.description ?? exceptionDetails.text);
    const { entries } = await unpack(result);
    return (await toVariables(entries)).map((variable) => ({ ...variable, evaluateName: variable.name }));
  }

  /** In the frame, or at the top level where there is none. Breakpoints do not stop it: V8 passes over them while it is paused. */
  async function value(expression: string, frame: Frame | undefined): Promise<Runtime.EvaluateReturnType> {
    const params = { expression: toExpression(expression), objectGroup: group, silent: true, timeout: evaluationLimit };
    if (!frame) return await post<Runtime.EvaluateReturnType>("Runtime.evaluate", { ...params, disableBreaks: true });
    return await post<Debugger.EvaluateOnCallFrameReturnType>("Debugger.evaluateOnCallFrame", { ...params, callFrameId: frame.call.callFrameId });
  }

  return {
    scopes({ call: { scopeChain, this: self, returnValue } }) {
      const of = (...types: string[]) => scopeChain.filter(({ type }) => types.includes(type));
      const isMethod = self.type === "object" && self.className !== "global" && self.className !== "Object (global)";
      const closures = of("closure", "module", "eval");
      return [
        { name: "Locals", variablesReference: refer({ kind: "scopes", scopes: of("local", "block", "catch", "with", "wasm-expression-stack"), self: isMethod ? self : undefined, returned: returnValue }), expensive: false },
        ...(closures.length > 0 ? [{ name: "Closures", variablesReference: refer({ kind: "scopes", scopes: closures }), expensive: false }] : []),
        { name: "Globals", variablesReference: refer({ kind: "globals" }), expensive: false },
      ];
    },
    async variables(reference) {
      const what = inside.get(Number(reference));
      if (!what) return []; // of an earlier stop: the page asks once more
      if (what.kind === "globals") return await globals();
      return what.kind === "scopes" ? await inScopes(what) : await inObject(what);
    },
    globals,
    async evaluate(expression, frame) {
      const from = performance.now();
      const { result, exceptionDetails } = await value(expression, frame).catch((error: Error) => {
        if (performance.now() - from < evaluationLimit) throw error;
        return { result: { type: "undefined" }, exceptionDetails: { exceptionId: 0, text: words.tooLong(evaluationLimit / 1000), lineNumber: 0, columnNumber: 0 } } as Runtime.EvaluateReturnType;
      });
      if (exceptionDetails) return { result: (exceptionDetails.exception?.description ?? exceptionDetails.text).split("\n")[0]!, variablesReference: 0 };
      if (result.objectId === undefined) return { result: primitive(result), variablesReference: 0 };
      const [variable] = await toVariables([{ name: "", value: result }]);
      return { result: String((await call("text", [result], true)).value), type: variable!.type, variablesReference: variable!.variablesReference };
    },
    async rich(expression, frame) {
      const { result, exceptionDetails } = await value(expression, frame);
      if (exceptionDetails) return undefined;
      return (await call("rich", [result], true)).value as MimeBundle;
    },
    async copyToGlobals(from, to, frame) {
      if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(to)) throw new DebugProblem(`${to} is not a name for a variable`);
      const { exceptionDetails } = await value(`void (__lyceum__.caught = (${from}))`, frame);
      if (exceptionDetails) throw new DebugProblem(exceptionDetails.exception?.description ?? exceptionDetails.text);
      const { names } = await post<Runtime.GlobalLexicalScopeNamesReturnType>("Runtime.globalLexicalScopeNames");
      const target = names.includes(to) ? to : `globalThis[${JSON.stringify(to)}]`;
      await post("Runtime.evaluate", { expression: `${target} = __lyceum__.caught; __lyceum__.caught = undefined; undefined`, silent: true, disableBreaks: true });
    },
    forget() {
      inside.clear();
      void post("Runtime.releaseObjectGroup", { objectGroup: group }).catch(() => {});
    },
  };
}

function argumentOf(value: Runtime.RemoteObject): Runtime.CallArgument {
  if (value.objectId !== undefined) return { objectId: value.objectId };
  return value.unserializableValue === undefined ? { value: value.value } : { unserializableValue: value.unserializableValue };
}

function primitive(value: Runtime.RemoteObject | undefined): string {
  if (!value) return "undefined";
  if (value.unserializableValue !== undefined) return value.unserializableValue;
  if (value.type === "string") return quoted(String(value.value));
  return value.type === "symbol" ? (value.description ?? "Symbol()") : value.type === "undefined" ? "undefined" : String(value.value);
}

const quoted = (text: string): string => JSON.stringify(text.length > 1000 ? `${text.slice(0, 1000)}... (${text.length} characters)` : text);
