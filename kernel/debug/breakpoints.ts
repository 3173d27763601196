import type { Debugger } from "node:inspector";
import type { CellScript } from "../cell/contract.js";
import type { Position } from "../runner/protocol.js";
import { surroundings } from "./functions.js";
import type { Inspector } from "./inspector.js";
import { hashIn } from "./names.js";
import { cellPattern, type KnownCell, type Sources } from "./sources.js";

/** What the front end asks for. */
export interface WantedBreakpoint {
  line: number;
  /** Stop only where this expression is true; one that throws is not. */
  condition?: string;
}

/** What it is told. `line` is where the program will stop, always a line of the text. */
export interface SetBreakpoint {
  id: number;
  verified: boolean;
  line: number;
  source: { path: string };
  message?: string;
}

export interface Breakpoints {
  /** All breakpoints of one text, in place of those it had. */
  set(path: string, wanted: readonly WantedBreakpoint[]): Promise<SetBreakpoint[]>;
  /** The text of this cell is known now. True where breakpoints were waiting for it. */
  appeared(path: string): Promise<boolean>;
  /** As `debugInfo` lists them. */
  list(): { source: string; breakpoints: SetBreakpoint[] }[];
  /** A new runner: set them all again. */
  restore(): Promise<void>;
  /** Some breakpoint can only be reached inside a function. */
  inFunction(): boolean;
  /** Forget all, in V8 too. */
  clear(): Promise<void>;
}

interface OfText {
  wanted: readonly WantedBreakpoint[];
  set: SetBreakpoint[];
  ids: string[];
  inFunction: boolean;
  /** The cell's text is not known yet. */
  waits?: boolean;
}

/** A place where V8 can stop, with its line in the learner's text. */
interface Candidate extends Position {
  script: number;
  source: number;
}

export function createBreakpoints(inspector: () => Inspector, sources: Sources, words: { noLine: string }): Breakpoints {
  const texts = new Map<string, OfText>();
  /** Places where V8 can stop, by script: asked once. */
  const known = new WeakMap<CellScript, Position[]>();
  let last = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** JupyterLab sends the same list twice at once. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  }

  async function candidates(cell: KnownCell): Promise<Candidate[]> {
    const found = await Promise.all(
      cell.scripts.map(async (script, index) => {
        let positions = known.get(script);
        if (!positions) known.set(script, (positions = await inspector().breakable(script.code)));
        return positions
          .filter(({ line, column }) => line > 0 || column >= script.prefix)
          .map(({ line, column }) => ({ line, column, script: index, source: sources.lineIn(cell, index, line, column) }));
      }),
    );
    return found.flat().filter(({ source }) => source <= cell.lines);
  }

  async function setInCell(path: string, cell: KnownCell, wanted: readonly WantedBreakpoint[]): Promise<OfText> {
    const places = await candidates(cell);
    const text: OfText = { wanted, set: [], ids: [], inFunction: false };
    const placed = new Set<string>();
    for (const { line, condition = conditionIn(cell.source, line) } of wanted) {
      const at = Math.min(...places.map(({ source }) => source).filter((source) => source >= line));
      if (at === Infinity) {
        text.set.push({ id: ++last, verified: false, line: Math.min(line, cell.lines), source: { path }, message: words.noLine });
        continue;
      }
      const firsts = new Map<number, Candidate>();
      for (const place of places) if (place.source === at && !firsts.has(place.script)) firsts.set(place.script, place);
      for (const { script, line: lineNumber, column } of firsts.values()) {
        // On the first line what the compiler put before the cell comes first.
        if (placed.has(`${script}:${lineNumber}`)) continue; // V8 refuses a second one
        placed.add(`${script}:${lineNumber}`);
        text.ids.push(await post({ urlRegex: cellPattern(hashIn(path)!, script), lineNumber, ...(lineNumber === 0 && { columnNumber: column }), condition }));
        text.inFunction ||= surroundings(cell.scripts[script]!.code, { line: lineNumber, column })?.inFunction ?? true;
      }
      text.set.push({ id: ++last, verified: true, line: at, source: { path } });
    }
    return text;
  }

  async function setInFile(path: string, wanted: readonly WantedBreakpoint[]): Promise<OfText> {
    const text: OfText = { wanted, set: [], ids: [], inFunction: wanted.length > 0 };
    const content = sources.text(path);
    for (const { line, condition = conditionIn(content ?? "", line) } of wanted) {
      const answer = await inspector().post<Debugger.SetBreakpointByUrlReturnType>("Debugger.setBreakpointByUrl", { urlRegex: filePattern(path), lineNumber: sources.generatedLine(path, line), condition });
      text.ids.push(answer.breakpointId);
      const [moved] = answer.locations;
      const place = moved && sources.placeOf({ url: path, line: moved.lineNumber, column: moved.columnNumber ?? 0 });
      text.set.push({ id: ++last, verified: moved !== undefined, line: place?.line ?? line, source: { path } });
    }
    return text;
  }

  async function post(params: { urlRegex: string; lineNumber: number; columnNumber?: number; condition?: string }): Promise<string> {
    return (await inspector().post<Debugger.SetBreakpointByUrlReturnType>("Debugger.setBreakpointByUrl", params)).breakpointId;
  }

  async function remove(path: string): Promise<void> {
    const before = texts.get(path);
    texts.delete(path);
    for (const breakpointId of before?.ids ?? []) await inspector().post("Debugger.removeBreakpoint", { breakpointId });
  }

  async function apply(path: string, wanted: readonly WantedBreakpoint[]): Promise<SetBreakpoint[]> {
    if (wanted.length === 0) return [];
    const cell = sources.find(path);
    // After a restart JupyterLab sends breakpoints without the texts: they are placed when the cell runs.
    const waits = !cell && hashIn(path) !== undefined;
    const text = waits ? { wanted, set: wanted.map(({ line }) => ({ id: ++last, verified: false, line, source: { path } })), ids: [], inFunction: false, waits } : cell ? await setInCell(path, cell, wanted) : await setInFile(path, wanted);
    texts.set(path, text);
    return text.set;
  }

  return {
    set: (path, wanted) =>
      inTurn(async () => {
        await remove(path);
        return await apply(path, wanted);
      }),
    appeared: (path) =>
      inTurn(async () => {
        const text = texts.get(path);
        if (!text?.waits) return false;
        await apply(path, text.wanted);
        return true;
      }),
    list: () => [...texts].map(([source, { set }]) => ({ source, breakpoints: set })),
    restore: () =>
      inTurn(async () => {
        for (const [path, { wanted }] of [...texts]) await apply(path, wanted);
      }),
    inFunction: () => [...texts.values()].some((text) => text.inFunction),
    clear: () =>
      inTurn(async () => {
        for (const path of [...texts.keys()]) await remove(path);
      }),
  };
}

/** The gutter of JupyterLab knows no conditions, so a line can carry its own: `loss = step(); // break if loss > 3`. */
function conditionIn(source: string, line: number): string | undefined {
  return /\/\/\s*break if\s+(.+?)\s*$/.exec(source.split("\n")[line - 1] ?? "")?.[1];
}

/** A file is known to V8 by its path or by its URL. */
function filePattern(path: string): string {
  const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return `^(?:${escape(path)}|file://.*${escape(encodeURI(path.replaceAll("\\", "/")))})$`;
}
