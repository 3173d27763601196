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
  /** V8 found a place for a breakpoint in code that it loaded only now. */
  resolved(event: Debugger.BreakpointResolvedEventDataType): void;
  /** As `debugInfo` lists them. */
  list(): { source: string; breakpoints: SetBreakpoint[] }[];
  /** A new runner: set them all again. */
  restore(): Promise<void>;
  /** Some breakpoint can only be reached inside a function. */
  inFunction(): boolean;
  /** Forget all, in V8 too. */
  clear(): Promise<void>;
}

/** A breakpoint as V8 takes it. */
interface InV8 {
  urlRegex: string;
  lineNumber: number;
  columnNumber?: number;
  condition?: string;
}

interface OfText {
  wanted: readonly WantedBreakpoint[];
  set: SetBreakpoint[];
  /** What V8 holds for this text, and what it answered. */
  held: Map<string, Debugger.SetBreakpointByUrlReturnType>;
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

  /** Make V8 hold these for a text. What it holds already stays, so that a program that runs meanwhile misses none. */
  async function hold({ held }: OfText, places: readonly InV8[]): Promise<void> {
    const wanted = new Map(places.map((place) => [JSON.stringify(place), place]));
    for (const [key, { breakpointId }] of held) {
      if (wanted.has(key)) continue;
      held.delete(key);
      await inspector().post("Debugger.removeBreakpoint", { breakpointId });
    }
    for (const [key, place] of wanted) if (!held.has(key)) held.set(key, await inspector().post<Debugger.SetBreakpointByUrlReturnType>("Debugger.setBreakpointByUrl", place));
  }

  async function setInCell(path: string, cell: KnownCell, text: OfText): Promise<void> {
    const possible = await candidates(cell);
    const taken = new Map<string, InV8>();
    for (const { line, condition = conditionIn(cell.source, line) } of text.wanted) {
      const at = Math.min(...possible.map(({ source }) => source).filter((source) => source >= line));
      if (at === Infinity) {
        text.set.push({ id: ++last, verified: false, line: Math.min(line, cell.lines), source: { path }, message: words.noLine });
        continue;
      }
      const firsts = new Map<number, Candidate>();
      for (const place of possible) if (place.source === at && !firsts.has(place.script)) firsts.set(place.script, place);
      for (const { script, line: lineNumber, column } of firsts.values()) {
        if (taken.has(`${script}:${lineNumber}`)) continue; // V8 refuses a second one
        // On the first line what the compiler put before the cell comes first.
        taken.set(`${script}:${lineNumber}`, { urlRegex: cellPattern(hashIn(path)!, script), lineNumber, ...(lineNumber === 0 && { columnNumber: column }), condition });
        text.inFunction ||= surroundings(cell.scripts[script]!.code, { line: lineNumber, column })?.inFunction ?? true;
      }
      text.set.push({ id: ++last, verified: true, line: at, source: { path } });
    }
    await hold(text, [...taken.values()]);
  }

  async function setInFile(path: string, text: OfText): Promise<void> {
    const content = sources.text(path) ?? "";
    const places = text.wanted.map(({ line, condition = conditionIn(content, line) }): InV8 => ({ urlRegex: filePattern(path), lineNumber: sources.generatedLine(path, line), condition }));
    await hold(text, places);
    text.inFunction = true;
    for (const [i, { line }] of text.wanted.entries()) {
      const moved = text.held.get(JSON.stringify(places[i]))?.locations[0];
      const place = moved && sources.placeOf({ url: path, line: moved.lineNumber, column: moved.columnNumber ?? 0 });
      text.set.push({ id: ++last, verified: moved !== undefined, line: place?.line ?? line, source: { path } });
    }
  }

  async function apply(path: string, wanted: readonly WantedBreakpoint[], held: OfText["held"]): Promise<SetBreakpoint[]> {
    const text: OfText = { wanted, set: [], held, inFunction: false };
    if (wanted.length === 0) {
      texts.delete(path);
      await hold(text, []);
      return [];
    }
    texts.set(path, text); // before anything is asked: a process that ends now has a successor, which must know
    const cell = sources.find(path);
    if (cell) await setInCell(path, cell, text);
    else if (hashIn(path) === undefined) await setInFile(path, text);
    else {
      // After a restart JupyterLab sends breakpoints without the texts: they are placed when the cell runs.
      text.waits = true;
      text.set = wanted.map(({ line }) => ({ id: ++last, verified: false, line, source: { path } }));
    }
    return text.set;
  }

  return {
    set: (path, wanted) => inTurn(() => apply(path, wanted, texts.get(path)?.held ?? new Map())),
    appeared: (path) =>
      inTurn(async () => {
        const text = texts.get(path);
        if (!text?.waits) return false;
        await apply(path, text.wanted, text.held);
        return true;
      }),
    resolved({ breakpointId, location }) {
      for (const { held } of texts.values()) for (const answer of held.values()) if (answer.breakpointId === breakpointId) answer.locations.push(location);
    },
    list: () => [...texts].map(([source, { set }]) => ({ source, breakpoints: set })),
    restore: () =>
      inTurn(async () => {
        for (const [path, { wanted }] of [...texts]) await apply(path, wanted, new Map());
      }),
    inFunction: () => [...texts.values()].some((text) => text.inFunction),
    clear: () =>
      inTurn(async () => {
        for (const [path, { held }] of [...texts]) await apply(path, [], held);
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
