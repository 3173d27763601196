import { readFileSync } from "node:fs";
import { createGraph, type Graph } from "./graph.js";
import { createPackageImport, missingFile } from "./packages.js";
import { isFileName, kindOf, resolveFile } from "./resolve.js";

/** Modules that the kernel itself answers for: TensorFlow under each of its names, tslab, lyceum. */
export interface SpecialModules {
  find(specifier: string): (() => Promise<object> | object) | undefined;
}

export interface ImportOptions {
  directory: string;
  root: string;
  language: "en" | "zh";
  special: SpecialModules;
  require: (path: string) => unknown;
  onFile(path: string, map: string | undefined): void;
}

export interface Importer {
  /** What `import` in a cell becomes. `names`: what the cell takes from the module; a missing one is told by name. */
  import(specifier: string, options?: unknown, names?: readonly string[]): Promise<object>;
  graph: Graph;
}

export function createImporter({ directory, root, language, special, require, onFile }: ImportOptions): Importer {
  const fromPackage = createPackageImport(root, language);
  const kind = (path: string): ReturnType<typeof kindOf> => kindOf(path, () => readFileSync(path, "utf8"));
  const graph = createGraph({ resolve: target, kind, import: load, onFile });

  function target(specifier: string, folder: string): { file: string } | { load: () => Promise<object> } {
    const own = special.find(specifier);
    if (own) return { load: async () => await own() };
    if (!isFileName(specifier)) return { load: () => fromPackage(specifier, folder) };
    const file = resolveFile(specifier, folder);
    if (file === undefined) throw missingFile(specifier, folder, language);
    if (file.includes("node_modules")) return { load: () => fromPackage(file, folder) };
    switch (kind(file)) {
      case "module":
        return { file };
      case "json":
        return { load: async () => ({ default: JSON.parse(readFileSync(file, "utf8")) as unknown }) };
      case "commonjs":
        return { load: async () => commonjsNamespace(require(file)) };
      case "other":
        return { load: () => fromPackage(file, folder) };
    }
  }

  async function load(specifier: string, folder: string): Promise<object> {
    const found = target(specifier, folder);
    return "file" in found ? await graph.load(found.file) : await found.load();
  }

  return {
    graph,
    async import(specifier, _options, names = []) {
      return withNames(await load(String(specifier), directory), names, specifier);
    },
  };
}

function commonjsNamespace(exports: unknown): object {
  const own = typeof exports === "object" && exports !== null ? { ...exports } : {};
  return { ...own, default: exports, "module.exports": exports };
}

/** The module with every name asked for. Names that Node did not find in a CommonJS package may still be on its exports. */
function withNames(module: object, names: readonly string[], specifier: string): object {
  const missing = names.filter((name) => !(name in module));
  if (missing.length === 0) return module;
  const exports = (module as { default?: unknown }).default;
  const onExports = (name: string): boolean => (typeof exports === "object" || typeof exports === "function") && exports !== null && name in exports;
  const [lost] = missing.filter((name) => !onExports(name));
  if (lost !== undefined) throw new SyntaxError(`"${specifier}" has no export named "${lost}"${suggest(lost, Object.keys(module))}`);
  return { ...module, ...Object.fromEntries(missing.map((name) => [name, (exports as Record<string, unknown>)[name]])) };
}

function suggest(name: string, known: readonly string[]): string {
  const near = known.find((other) => other.toLowerCase() === name.toLowerCase()) ?? known.find((other) => other.length > 2 && (other.startsWith(name) || name.startsWith(other)));
  if (near !== undefined && near !== "default") return `; did you mean "${near}"?`;
  return name === "default" && known.length > 0 ? `; import its names: import { ${known.slice(0, 3).join(", ")} } from ...` : "";
}

