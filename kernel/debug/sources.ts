import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import type { CellScript } from "../cell/contract.js";
import { transformFile } from "../runner/modules/transform.js";
import type { Place } from "./contract.js";
import { hashIn, hashOf, pathOf } from "./names.js";

export interface KnownCell {
  source: string;
  lines: number;
  scripts: readonly CellScript[];
}

/** A position in a script as V8 counts: from 0. */
export interface ScriptPosition {
  url: string;
  line: number;
  column: number;
}

/** Texts of the learner, by the paths the front end knows, and the way from V8's scripts to them. */
export interface Sources {
  /** Remember a cell; gives its path. Scripts are absent where it does not compile. */
  cell(source: string, scripts?: readonly CellScript[]): string;
  find(path: string): KnownCell | undefined;
  /** The text behind a path: of a cell that was seen, of a file that was loaded. */
  text(path: string): string | undefined;
  /** A file was loaded by the notebook. */
  file(url: string): void;
  files(): string[];
  /** The learner's place; undefined in code that is not theirs: Node's, the kernel's, a package's, what the compiler put around a cell. */
  placeOf(position: ScriptPosition): Place | undefined;
  /** Source line (from 1) of a place in a cell's script (from 0). */
  lineIn(cell: KnownCell, script: number, line: number, column: number): number;
  /** Line of a file's script (from 0) for a line of its text (from 1). */
  generatedLine(path: string, line: number): number;
  clear(): void;
}

const cellUrl = /^cell:\/\/\/\d+\/(\d+)\/(\d+)\.ts$/;

/** The name under which V8 knows script i of a cell: n counts the runs, so that every run is told from the others. */
export const cellBase = (run: number, source: string): string => `cell:///${run}/${hashOf(source)}`;

/** All runs of one script of a cell. */
export const cellPattern = (hash: string, script: number): string => `^cell:///\\d+/${hash}/${script}\\.ts$`;

export function createSources(ownFolder: string): Sources {
  const cells = new Map<string, KnownCell>();
  const files = new Map<string, SourceMap | undefined>();
  const maps = new WeakMap<CellScript, SourceMap>();

  function mapOf(script: CellScript): SourceMap | undefined {
    if (script.map === undefined) return undefined;
    let map = maps.get(script);
    if (!map) maps.set(script, (map = new SourceMap(JSON.parse(script.map))));
    return map;
  }

  const sources: Sources = {
    cell(source, scripts) {
      const hash = hashOf(source);
      const known = cells.get(hash);
      if (scripts || !known) cells.set(hash, { source, lines: source.split("\n").length, scripts: scripts ?? [] });
      return pathOf(hash);
    },
    find: (path) => cells.get(hashIn(path) ?? ""),
    text(path) {
      const cell = sources.find(path);
      if (cell) return cell.source;
      return files.has(path) && existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
    file(url) {
      const path = pathOfUrl(url);
      if (isOwn(path, ownFolder) || files.has(path) || !existsSync(path)) return;
      files.set(path, fileMap(path));
    },
    files: () => [...files.keys()],
    placeOf({ url, line, column }) {
      const cell = cellUrl.exec(url);
      if (!cell) {
        const path = pathOfUrl(url);
        if (!files.has(path)) return undefined;
        const found = files.get(path)?.findEntry(line, column);
        return found && "originalLine" in found ? { path, line: found.originalLine + 1, column: found.originalColumn + 1 } : { path, line: line + 1, column: column + 1 };
      }
      const [, hash = "", index = "0"] = cell;
      const known = cells.get(hash);
      const script = known?.scripts[Number(index)];
      if (!known || !script || (line === 0 && column < script.prefix)) return undefined;
      const at = sources.lineIn(known, Number(index), line, column);
      return at > known.lines ? undefined : { path: pathOf(hash), line: at, column: column + 1 };
    },
    lineIn(cell, index, line, column) {
      const script = cell.scripts[index];
      const found = script && mapOf(script)?.findEntry(line, column);
      return found && "originalLine" in found ? found.originalLine + 1 : line + 1;
    },
    generatedLine(path, line) {
      const map = files.get(path);
      if (!map) return line - 1;
      const count = map.payload.mappings.split(";").length;
      for (let wanted = line; wanted < line + 50; wanted++) {
        for (let at = 0; at < count; at++) {
          const found = map.findEntry(at, 1000);
          if ("originalLine" in found && found.originalLine + 1 === wanted) return at;
        }
      }
      return line - 1;
    },
    clear() {
      files.clear();
    },
  };
  return sources;
}

const pathOfUrl = (url: string): string => (url.startsWith("file:") ? fileURLToPath(url) : url);

const isOwn = (path: string, ownFolder: string): boolean => path.startsWith(ownFolder) || /[\\/]node_modules[\\/]/.test(path) || !/^([A-Za-z]:)?[\\/]/.test(path);

/** Only files that had to be lowered have moved lines. */
function fileMap(path: string): SourceMap | undefined {
  if (!/\.[cm]?tsx?$/.test(path)) return undefined;
  try {
    const { map } = transformFile(readFileSync(path, "utf8"), path, "module");
    return map === undefined ? undefined : new SourceMap(JSON.parse(map));
  } catch {
    return undefined;
  }
}
