import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { isFileName, resolveFile } from "./resolve.js";
import { stampOf } from "./graph.js";
import { missingFile, missingPackage } from "./packages.js";
import { transformFile } from "./transform.js";

export interface RequireOptions {
  directory: string;
  root: string;
  language: "en" | "zh";
  /** A module of the kernel's own, or an ES module that is already loaded. */
  find(specifier: string): { module: unknown } | undefined;
  loadedModule(path: string): object | undefined;
  onFile(path: string, map: string | undefined): void;
}

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;
interface Internals {
  _load: Load;
  _extensions: Record<string, (module: { _compile(code: string, path: string): void }, path: string) => void>;
}

/** `require` for cells: CommonJS from the notebook's folder, then the kernel's; TypeScript files too; changed files are loaded anew. */
export function createCellRequire({ directory, root, language, find, loadedModule, onFile }: RequireOptions): NodeJS.Require {
  const fromNotebook = createRequire(join(directory, "notebook.cjs"));
  const fromKernel = createRequire(join(root, "notebook.cjs"));
  const internals = Module as unknown as Internals;
  const stamps = new Map<string, string>();

  const load = internals._load;
  internals._load = (request, parent, isMain) => {
    const own = find(request);
    return own ? own.module : load(request, parent, isMain);
  };
  for (const ending of [".ts", ".tsx", ".mts", ".cts", ".jsx"]) {
    internals._extensions[ending] = (module, path) => {
      const { code, map } = transformFile(readFileSync(path, "utf8"), path, "commonjs");
      onFile(path, map);
      module._compile(code, path);
    };
  }

  /** Drop changed files, and what was made from them, from Node's cache. */
  function forgetChanged(): void {
    const own = Object.values(fromNotebook.cache).filter((module) => module !== undefined && !module.filename.includes("node_modules"));
    const changed = (module: NodeJS.Module, seen: Set<NodeJS.Module>): boolean => {
      if (seen.has(module) || module.filename.includes("node_modules")) return false;
      seen.add(module);
      const before = stamps.get(module.filename);
      if (before === undefined) stamps.set(module.filename, stampOf(module.filename));
      else if (before !== stampOf(module.filename)) return true;
      return module.children.some((child) => changed(child, seen));
    };
    const stale = own.filter((module) => module !== undefined && changed(module, new Set()));
    for (const module of stale) {
      if (!module) continue;
      delete fromNotebook.cache[module.filename];
      stamps.delete(module.filename);
    }
  }

  function cellRequire(request: string): unknown {
    const own = find(request);
    if (own) return own.module;
    forgetChanged();
    try {
      if (isFileName(request)) {
        const file = resolveFile(request, directory);
        if (file === undefined) throw missingFile(request, directory, language);
        return loadedModule(file) ?? fromNotebook(file);
      }
      return fromNotebook(request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND" || !String((error as Error).message).includes(`'${request}'`)) throw error;
      return requireFromKernel(request);
    } finally {
      forgetChanged(); // new files get their stamps
    }
  }

  function requireFromKernel(request: string): unknown {
    try {
      return fromKernel(request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND" && String((error as Error).message).includes(`'${request}'`)) throw missingPackage(request, directory, language);
      throw error;
    }
  }

  return Object.assign(cellRequire, { resolve: fromNotebook.resolve, cache: fromNotebook.cache, extensions: fromNotebook.extensions, main: fromNotebook.main }) as NodeJS.Require;
}
