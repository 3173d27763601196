import type { Changes } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { modulesText, preludeText, type PreludeSources } from "../prelude.js";
import { configFile, configText, defaultsFile, defaultsText, modulesFile, preludeFile } from "../project.js";

/**
 * A compiler's world made of a map, for a page: path to text, complete, nothing else exists. It holds `lib.*.d.ts` in the folder given to the
 * compiler as its library, packages under `/node_modules`, and the kernel's declarations under `/kernel`.
 */
export function createMapHost(files: ReadonlyMap<string, string>, directory = "/notebook"): CompilerHost {
  const generated = new Map<string, string>();
  const folders = new Set<string>([directory]);
  for (const path of files.keys()) for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
  const sources: PreludeSources = {
    kernel: (file, member = "") => (files.get(`/kernel/${file}.d.ts`)?.includes(member) ? `/kernel/${file}.js` : undefined),
    package(name) {
      const { types, typings } = JSON.parse(files.get(`/node_modules/${name}/package.json`) ?? "{}") as { types?: string; typings?: string };
      const entry = types ?? typings;
      return entry && `/node_modules/${name}/${entry.replace(/^\.\//, "")}`.replace(/\.d\.ts$/, "");
    },
    react: files.has("/node_modules/@types/react/package.json"),
  };
  return {
    directory,
    generated: (path) => generated.get(path),
    fileExists: (path) => generated.has(path) || files.has(path),
    directoryExists: (path) => folders.has(path),
    readFile: (path) => generated.get(path) ?? files.get(path) ?? null,
    realpath: (path) => path,
    changedOnDisk: () => [],
    apply(changes) {
      const result = { changed: [] as string[], created: [] as string[], deleted: [] as string[] };
      for (const [name, text] of Object.entries(changes)) {
        const path = `${directory}/${name}`;
        if (text === null) {
          if (generated.delete(path)) result.deleted.push(path);
        } else if (generated.get(path) !== text) {
          (generated.has(path) ? result.changed : result.created).push(path);
          generated.set(path, text);
        }
      }
      return result;
    },
    layOut: ({ slots, heavy }): Changes => ({
      [defaultsFile]: defaultsText,
      [configFile]: configText(slots),
      [preludeFile]: preludeText(sources, heavy),
      [modulesFile]: modulesText(sources, heavy),
    }),
  };
}
