import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { transformFile } from "./transform.js";
import type { FileKind } from "./resolve.js";

/** What the graph needs to know of the world around its files. */
export interface GraphHost {
  /** Where an import in a file of this folder leads: another file of the graph, or a module loaded elsewhere. */
  resolve(specifier: string, folder: string): { file: string } | { load: () => Promise<object> };
  kind(path: string): FileKind;
  /** Import as a cell in this folder would: for `import()` inside files. */
  import(specifier: string, folder: string): Promise<unknown>;
  /** A file's transform is known: frames can be translated. */
  onFile(path: string, map: string | undefined): void;
}

/** The learner's own files as ES modules: one instance each, made anew when the file or anything it imports changed. */
export interface Graph {
  load(path: string): Promise<object>;
  /** The module if it is loaded and up to date. */
  loaded(path: string): object | undefined;
}

interface Entry {
  stamp: string;
  module: vm.SourceTextModule;
  /** Files it imports, and the instances it was linked to. */
  imports: Map<string, vm.Module>;
  ready?: Promise<object>;
}

export function createGraph(host: GraphHost): Graph {
  const entries = new Map<string, Entry>();

  function isFresh(path: string): boolean {
    const seen = new Set<string>();
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const entry = entries.get(next);
      if (!entry || entry.stamp !== stampOf(next) || entry.module.status === "errored") return false;
      for (const [file, linked] of entry.imports) {
        if (entries.get(file)?.module !== linked) return false;
        waiting.push(file);
      }
    }
    return true;
  }

  function obtain(path: string, made: Set<string>): vm.Module {
    const before = entries.get(path);
    if (before && (made.has(path) || isFresh(path))) return before.module;
    made.add(path);
    const stamp = stampOf(path);
    const { code, map } = transformFile(readFileSync(path, "utf8"), path, "module");
    host.onFile(path, map);
    const folder = dirname(path);
    const module = new vm.SourceTextModule(code, {
      identifier: path,
      initializeImportMeta: (meta) => void Object.assign(meta, { url: pathToFileURL(path).href, dirname: folder, filename: path }),
      importModuleDynamically: ((specifier: string) => host.import(specifier, folder)) as never,
    });
    entries.set(path, { stamp, module, imports: new Map() });
    return module;
  }

  function link(module: vm.Module, made: Set<string>): Promise<void> {
    return module.link(async (specifier, from) => {
      const target = host.resolve(specifier, dirname(from.identifier));
      if ("file" in target) {
        const linked = obtain(target.file, made);
        entries.get(from.identifier)?.imports.set(target.file, linked);
        return linked;
      }
      return synthetic(specifier, await target.load());
    });
  }

  async function evaluate(path: string): Promise<object> {
    const module = obtain(path, new Set());
    if (module.status === "unlinked") await link(module, new Set([path]));
    await module.evaluate();
    return module.namespace;
  }

  return {
    async load(path) {
      const entry = entries.get(path);
      if (entry?.ready && isFresh(path)) return await entry.ready;
      const ready = evaluate(path);
      const made = entries.get(path);
      if (made) made.ready = ready;
      try {
        return await ready;
      } catch (error) {
        forgetBroken();
        throw error;
      }
    },
    loaded: (path) => (isFresh(path) && entries.get(path)?.module.status === "evaluated" ? entries.get(path)?.module.namespace : undefined),
  };

  /** A module that failed to link or threw must be made anew next time. */
  function forgetBroken(): void {
    for (const [path, { module }] of entries) if (module.status !== "evaluated" && module.status !== "evaluating") entries.delete(path);
  }
}

/** A module made elsewhere, as one that a SourceTextModule can be linked to. */
async function synthetic(specifier: string, namespace: object): Promise<vm.Module> {
  const names = [...new Set([...Object.keys(namespace), "default"])];
  const fallback = namespace;
  const module = new vm.SyntheticModule(
    names,
    function (this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, name in namespace ? (namespace as Record<string, unknown>)[name] : fallback);
    },
    { identifier: `module:${specifier}` },
  );
  await module.link(() => {
    throw new Error("a synthetic module imports nothing");
  });
  await module.evaluate();
  return module;
}

/** Changes when the file does. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : "missing";
}
