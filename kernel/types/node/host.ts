import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import type { Changes } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { configFile, configText, defaultsFile, defaultsText, modulesFile, preludeFile } from "../project.js";
import { modulesText, preludeText, type PreludeSources } from "../prelude.js";
import { projectRoot } from "../../root.js";

const slashed = (path: string): string => path.replaceAll("\\", "/").replace(/(.)\/$/, "$1");

/**
 * The disk, the generated files, and one fiction: a `node_modules` at the root of the file system that is the kernel's own.
 * Module resolution walks from the notebook's folder upward, so packages of the user come first and `@tensorflow/tfjs` is always found.
 */
export function createNodeHost(notebook: string): CompilerHost {
  const directory = slashed(notebook);
  const texts = new Map<string, string>();
  const stamps = new Map<string, string>();
  let prelude: { heavy: boolean; texts: Changes } | undefined;
  const mount = `${slashed(parse(notebook).root)}/node_modules`.replace("//", "/");
  const ownModules = modulesAbove(projectRoot());

  /** The path inside the kernel's packages that a path in the fiction stands for; null where there is none. */
  const mounted = (path: string): string | null | undefined => {
    const tensorflow = path.indexOf("/node_modules/@tensorflow/");
    if (tensorflow >= 0) return ownTensorflow(path.slice(tensorflow + "/node_modules".length), ownModules);
    if (path !== mount && !path.startsWith(`${mount}/`)) return undefined;
    if (existsSync(path)) return undefined;
    const rest = path.slice(mount.length);
    if (rest === "") return ownModules[0] ?? null;
    if (rest === "/lyceum" || rest.startsWith("/lyceum/")) {
      const own = slashed(projectRoot()) + rest.slice("/lyceum".length);
      return existsSync(own) ? own : null;
    }
    return ownModules.map((folder) => folder + rest).find((candidate) => existsSync(candidate)) ?? null;
  };
  const stamp = (path: string): string => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.mtimeMs} ${found.size}` : "";
  };
  const note = (path: string): void => {
    if (!path.includes("/node_modules/") && !stamps.has(path) && /\.(tsx?|mts|cts|jsx?|json)$/.test(path)) stamps.set(path, stamp(path));
  };

  return {
    directory,
    generated: (path) => texts.get(path),
    fileExists(path) {
      if (texts.has(path)) return true;
      const real = mounted(path);
      if (real === undefined) return undefined;
      return real !== null && statSync(real, { throwIfNoEntry: false })?.isFile() === true;
    },
    directoryExists(path) {
      if (path === directory) return true;
      const real = mounted(path);
      if (real === undefined) return undefined;
      return real !== null && statSync(real, { throwIfNoEntry: false })?.isDirectory() === true;
    },
    readFile(path) {
      const text = texts.get(path);
      if (text !== undefined) return text;
      const real = mounted(path);
      if (real === undefined) return void note(path);
      return real === null ? null : readFileSync(real, "utf8");
    },
    realpath(path) {
      if (texts.has(path)) return path;
      const real = mounted(path);
      return real ? slashed(realpathSync(real)) : undefined;
    },
    changedOnDisk() {
      const changed: string[] = [];
      for (const [path, before] of stamps) {
        const now = stamp(path);
        if (now !== before) {
          stamps.set(path, now);
          changed.push(path);
        }
      }
      return changed;
    },
    apply(changes) {
      const result = { changed: [] as string[], created: [] as string[], deleted: [] as string[] };
      for (const [name, text] of Object.entries(changes)) {
        const path = `${directory}/${name}`;
        if (text === null) {
          if (texts.delete(path)) result.deleted.push(path);
        } else if (texts.get(path) !== text) {
          (texts.has(path) ? result.changed : result.created).push(path);
          texts.set(path, text);
        }
      }
      return result;
    },
    layOut({ slots, heavy }) {
      if (prelude?.heavy !== heavy) {
        const sources = preludeSources(notebook, ownModules);
        prelude = { heavy, texts: { [preludeFile]: preludeText(sources, heavy), [modulesFile]: modulesText(sources, heavy) } };
      }
      return {
        [defaultsFile]: defaultsText,
        [configFile]: configText(slots, findUp(notebook, "tsconfig.json")),
        ...prelude.texts,
      };
    },
  };
}

/** One instance at run time under all of its names, so one type, whatever copies lie near the notebook. */
function ownTensorflow(rest: string, folders: string[]): string | null {
  const names = [rest, rest.replace("/tfjs-node/", "/tfjs-node-gpu/"), rest.replace(/\/tfjs-node(-gpu)?\//, "/tfjs/")];
  for (const name of /\/tfjs-node(-gpu)?$/.test(rest) ? [rest, "/@tensorflow/tfjs-node-gpu", "/@tensorflow/tfjs"] : names) {
    for (const folder of folders) if (existsSync(folder + name)) return folder + name;
  }
  return null;
}

function preludeSources(notebook: string, ownModules: string[]): PreludeSources {
  const kernel = slashed(join(import.meta.dirname, "..", ".."));
  const known = new Map<string, string | undefined>();
  return {
    kernel(file, member = "") {
      const declarations = `${kernel}/${file}.d.ts`;
      return existsSync(declarations) && readFileSync(declarations, "utf8").includes(member) ? `${kernel}/${file}.js` : undefined;
    },
    package(name) {
      if (!known.has(name)) known.set(name, entryOf(name, ownModules));
      return known.get(name);
    },
    react: [...modulesAbove(notebook), ...ownModules].some((folder) => existsSync(`${folder}/@types/react/package.json`)),
  };
}

/** The declaration file that a package's package.json names. */
function entryOf(name: string, folders: string[]): string | undefined {
  for (const folder of folders) {
    const file = `${folder}/${name}/package.json`;
    if (!existsSync(file)) continue;
    const { types, typings } = JSON.parse(readFileSync(file, "utf8")) as { types?: string; typings?: string };
    const entry = types ?? typings;
    if (entry) return slashed(realpathSync(join(folder, name, entry))).replace(/\.d\.ts$/, "");
  }
  return undefined;
}

/** Every `node_modules` from a folder upward, nearest first. */
function modulesAbove(folder: string): string[] {
  const here = join(folder, "node_modules");
  const parent = dirname(folder);
  return [...(existsSync(here) ? [slashed(here)] : []), ...(parent === folder ? [] : modulesAbove(parent))];
}

function findUp(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return slashed(file);
  const parent = dirname(folder);
  return parent === folder ? undefined : findUp(parent, name);
}
