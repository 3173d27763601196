import type { CompilerClient, Query } from "./compiler.js";
import type { Diagnostic, TypedCell, TypeService } from "./contract.js";
import { diagnose } from "./diagnose.js";
import type { Language } from "./explain.js";
import { knownNames, placeAt, toCompletion } from "./hints.js";
import { needsHeavy } from "./prelude.js";
import { declaredNames, enclosingCall, identifierStart, mask } from "./scan.js";
import { declarationsOf, define, emptySlot, exportsOf, fileOf, hubFile, hubText, imports, withoutOurs, type Scope } from "./scope.js";
import { freeSlot, growSlots, probe, type Slots } from "./slots.js";

/** The notebook's view of its types, over any compiler. Runs in Node and in a page. */
export function createNotebookTypes(client: CompilerClient, language: Language): TypeService {
  const scope: Scope = new Map();
  let slots: Slots = growSlots();
  let heavy = false;
  /** Texts that the compiler has not been told yet, by file name. */
  let untold: Record<string, string> = {};
  /** The checked cell, lying in its slot: keeping it costs nothing more. */
  let checked: { source: string; slot: string; version: number } | undefined;
  let version = 0;

  const everySlot = (): string[] => [...slots.all, ...Object.values(probe)];
  const makePlaces = (): void => {
    untold[hubFile] = hubText(slots.all);
    for (const slot of everySlot()) if (!slots.uses.has(slot)) untold[fileOf(slot)] = emptySlot;
  };
  makePlaces();

  function ask(query: Query) {
    const changes = untold;
    untold = {};
    return client.ask({ layout: { slots: everySlot(), heavy }, changes, query });
  }

  /** Names of earlier cells that this cell mentions and does not declare itself. */
  const taken = ({ facts }: TypedCell): string[] => {
    const own = new Set(facts.declares.map(({ name }) => name));
    return [...new Set(facts.references)].filter((name) => scope.has(name) && !own.has(name));
  };

  function place(cell: TypedCell): { slot: string; prefix: number } {
    const kind = holdsJsx(cell.source) ? "tsx" : "ts";
    let slot = freeSlot(slots, scope, kind);
    if (!slot) {
      slots = growSlots(slots);
      makePlaces();
      slot = freeSlot(slots, scope, kind)!;
    }
    const names = taken(cell);
    const head = `${pragmas(cell.source)}${imports}${declarationsOf(scope, names)}${exportsOf(cell.facts)}\n`;
    slots.uses.set(slot, names.map((name) => scope.get(name)!.slot));
    untold[fileOf(slot)] = head + cell.source;
    if (needsHeavy(cell.facts.references.filter((name) => !scope.has(name)), cell.facts.imports)) heavy = true;
    return { slot, prefix: head.length };
  }

  /** Unfinished code has no facts: every kept name that the text does not seem to declare. */
  function placeProbe(source: string): { file: string; prefix: number } {
    const slot = probe[holdsJsx(source) ? "tsx" : "ts"];
    const own = declaredNames(source);
    const head = `${pragmas(source)}${imports}${declarationsOf(scope, [...scope.keys()].filter((name) => !own.has(name)))}\n`;
    untold[fileOf(slot)] = head + source;
    const { code, strings } = mask(source);
    const mentioned = (code.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? []).filter((name) => !scope.has(name) && !own.has(name));
    if (needsHeavy(mentioned, strings.map(({ start, end }) => source.slice(start, end)))) heavy = true;
    return { file: fileOf(slot), prefix: head.length };
  }

  // Loads the program; whatever is asked meanwhile waits behind it.
  const ready = ask({ kind: "check", file: fileOf(probe.ts) }).then(() => {});
  ready.catch(() => {});

  return {
    ready,

    async preload() {
      heavy = true;
      await ask({ kind: "check", file: fileOf(probe.ts) });
    },

    async check(cell): Promise<Diagnostic[]> {
      const { slot, prefix } = place(cell);
      checked = { source: cell.source, slot, version };
      const { diagnostics = [] } = await ask({ kind: "check", file: fileOf(slot) });
      return diagnose(diagnostics, cell, prefix, scope, language);
    },

    keep(cell) {
      if (cell.facts.declares.length === 0) return;
      const fresh = checked?.source === cell.source && checked.version === version;
      const slot = fresh ? checked!.slot : place(cell).slot;
      define(scope, slot, cell.facts);
      version++;
    },

    reset() {
      scope.clear();
      slots.uses.clear();
      version++;
      makePlaces();
    },

    async complete(source, offset) {
      const at = placeAt(source, offset);
      if (at.kind === "none") return { start: offset, end: offset, items: [] };
      const { file, prefix } = placeProbe(source);
      const filter = at.kind === "name" || at.kind === "member" ? at.prefix : "";
      const { completions } = await ask({ kind: "complete", file, position: prefix + offset, prefix: filter });
      if (at.kind !== "name") return toCompletion(at, completions ?? []);
      return toCompletion(at, [...(completions ?? []), ...knownNames(scope, source, completions === undefined)]);
    },

    async hover(source, offset) {
      const name = nameAt(source, offset) ?? nameAt(source, enclosingCall(source, offset));
      if (!name) return undefined;
      const { file, prefix } = placeProbe(source);
      const { hover } = await ask({ kind: "hover", file, position: prefix + name.start });
      if (!hover) return undefined;
      const signature = withoutOurs(hover.signature);
      return { ...name, signature: withVariableWord(signature, source.slice(0, name.end), scope), documentation: hover.documentation };
    },

    dispose: () => client.close(),
  };
}

/** `const x: T` with the word of the declaration: the nearest one above, or the earlier cell's. */
function withVariableWord(signature: string, above: string, scope: Scope): string {
  const name = /^const ([^\s:]+):/.exec(signature)?.[1];
  if (!name) return signature;
  const { code } = mask(above);
  const own = [...code.matchAll(/\b(const|let|var|using)\b([^;=]*)/g)].filter(([, , names]) => names!.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu)?.includes(name)).at(-1)?.[1];
  return signature.replace("const", own ?? scope.get(name)?.kinds.find((kind) => kind === "let" || kind === "var") ?? "const");
}

/** The identifier around or just before an offset. */
function nameAt(source: string, offset: number | undefined): { start: number; end: number } | undefined {
  if (offset === undefined) return undefined;
  const start = identifierStart(source, offset);
  const end = offset + (/^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0].length ?? 0);
  const { code } = mask(source);
  return start < end && !/^\d/.test(source.slice(start, end)) && code.slice(start, end).trim() !== "" ? { start, end } : undefined;
}

/** `@jsx h` counts only in a file's first comment. */
const pragmas = (source: string): string => (source.match(/@jsx(?:Frag|ImportSource|Runtime)?\s+[\w.@/-]+/g) ?? []).map((pragma) => `/** ${pragma} */`).join("");

/** `<` where a value begins, and a closing tag somewhere. `<T>(x: T) => x` has no closing tag. */
function holdsJsx(source: string): boolean {
  if (!/<\/|\/>/.test(source)) return false;
  const { code } = mask(source);
  return /(^|[=(,?:&|>{};[]|\breturn|\n)\s*<(>|[A-Za-z][\w.-]*(\s|\/|>))/.test(code) && /<\/[\w.-]*>|\/>/.test(code);
}
