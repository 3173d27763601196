import type ts from "typescript6";
import type { Compiler, RawCompletion, RawDiagnostic } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { configFile } from "../project.js";

/** What the classic compiler needs beside the host: the module itself, so that a page can load it late, and its own library's folder. */
export interface ClassicOptions {
  typescript: typeof ts;
  /** Folder of `lib.*.d.ts`. */
  library: string;
  /** Reads real files and folders where the host says "as the file system says". A page has none: its map is complete. */
  disk?: Pick<ts.System, "fileExists" | "readFile" | "directoryExists" | "realpath">;
}

const unresolved = 2307;

/** TypeScript 6's LanguageService: slower, needs no process of its own and no native binary. Runs wherever JavaScript does. */
export function createClassicCompiler(host: CompilerHost, { typescript, library, disk }: ClassicOptions): Compiler {
  const versions = new Map<string, number>();
  let round = 0;
  let missing = false;
  let parsed: ts.ParsedCommandLine | undefined;

  const files: Pick<ts.LanguageServiceHost, "fileExists" | "readFile" | "directoryExists" | "realpath"> = {
    fileExists: (path) => host.fileExists(path) ?? disk?.fileExists(path) ?? false,
    readFile: (path) => {
      const text = host.readFile(path);
      return text === undefined ? disk?.readFile(path) : (text ?? undefined);
    },
    directoryExists: (path) => host.directoryExists(path) ?? disk?.directoryExists(path) ?? true,
    realpath: (path) => host.realpath(path) ?? disk?.realpath?.(path) ?? path,
  };
  const config = (): ts.ParsedCommandLine => {
    if (parsed) return parsed;
    const source = typescript.readJsonConfigFile(`${host.directory}/${configFile}`, (path) => files.readFile(path));
    const parseHost: ts.ParseConfigHost = { useCaseSensitiveFileNames: true, readDirectory: () => [], fileExists: files.fileExists, readFile: (path) => files.readFile(path) };
    parsed = typescript.parseJsonSourceFileConfigFileContent(source, parseHost, host.directory);
    return parsed;
  };
  const service = typescript.createLanguageService({
    ...files,
    getCompilationSettings: () => config().options,
    getScriptFileNames: () => config().fileNames,
    getScriptVersion: (path) => String(versions.get(path) ?? 0),
    getScriptSnapshot(path) {
      const text = files.readFile(path);
      return text === undefined ? undefined : typescript.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => host.directory,
    getDefaultLibFileName: (options) => `${library}/${typescript.getDefaultLibFileName(options)}`,
    // Asked for each file of the program: true makes the service look up its imports again.
    hasInvalidatedResolutions: () => missing,
  } as ts.LanguageServiceHost);
  const path = (file: string): string => `${host.directory}/${file}`;

  return {
    update(changes) {
      const { changed, created, deleted } = host.apply(changes);
      round++;
      for (const file of [...changed, ...created, ...deleted, ...host.changedOnDisk()]) {
        versions.set(file, round);
        if (file.endsWith(".json")) parsed = undefined;
      }
    },
    diagnostics(file) {
      const syntactic = service.getSyntacticDiagnostics(path(file)).map((found) => flatten(typescript, found, true));
      missing = false;
      if (syntactic.length > 0) return syntactic;
      const semantic = service.getSemanticDiagnostics(path(file)).filter(({ category }) => category === typescript.DiagnosticCategory.Error);
      missing = semantic.some(({ code }) => code === unresolved);
      return semantic.map((found) => flatten(typescript, found, false));
    },
    completions(file, position) {
      const info = service.getCompletionsAtPosition(path(file), position, { includeCompletionsForModuleExports: false });
      return info?.entries.map((entry): RawCompletion => ({ name: entry.name, kind: kindOf(entry.kind), sort: entry.sortText, insert: entry.insertText }));
    },
    hover(file, position) {
      const info = service.getQuickInfoAtPosition(path(file), position);
      if (!info || info.kind === "") return undefined;
      const parts = [typescript.displayPartsToString(info.documentation)];
      for (const { name, text } of info.tags ?? []) {
        if (/^(param|returns?|example|throws|deprecated|see|default)$/.test(name)) parts.push(`*@${name}* ${typescript.displayPartsToString(text)}`.trimEnd());
      }
      const { start, length } = info.textSpan;
      const signature = signatureOf(typescript.displayPartsToString(info.displayParts));
      return { start, end: start + length, signature, documentation: parts.filter(Boolean).join("\n\n") };
    },
    close: () => service.dispose(),
  };
}

function flatten(typescript: typeof ts, found: ts.Diagnostic, syntactic: boolean): RawDiagnostic {
  const start = found.start ?? 0;
  const message = typescript.flattenDiagnosticMessageText(found.messageText, "\n");
  return { start, end: start + (found.length ?? 0), code: found.code, message, syntactic };
}

const kinds: Record<string, string> = {
  const: "constant", let: "variable", var: "variable", parameter: "variable", "local var": "variable", alias: "variable", getter: "property",
  setter: "property", "local function": "function", "local class": "class", "type parameter": "type", "primitive type": "keyword",
  "external module name": "module", directory: "folder", script: "file", string: "value", "JSX attribute": "property", "using": "constant",
};

const kindOf = (kind: string): string => kinds[kind] ?? kind;

/** Without the word that a name came through an import: every name of an earlier cell does. */
function signatureOf(shown: string): string {
  const text = shown.replace(/^\(alias\) /, "").replace(/\n(import|export) [^\n]*$/, "");
  const module = /^import ([\w$]+) = /.exec(text);
  if (module) return `namespace ${module[1]}`;
  return /^[\w$]+[(<]/.test(text) ? `function ${text}` : text;
}
