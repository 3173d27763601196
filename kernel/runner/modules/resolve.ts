import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Is this the name of a file (`./x`, `../x`, `/x`, `file:`), not of a package? */
export function isFileName(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === "." || specifier === ".." || specifier.startsWith("file:") || isAbsolute(specifier);
}

/** Endings tried where a name has none; `./x.js` may also mean the TypeScript file it will be compiled from. */
const endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"];
const sources: Record<string, string[]> = { ".js": [".ts", ".tsx"], ".mjs": [".mts"], ".cjs": [".cts"], ".jsx": [".tsx"] };

/** The file that a name means, seen from a folder; undefined where there is none. */
export function resolveFile(specifier: string, folder: string): string | undefined {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  if (isFile(path)) return path;
  const ending = extname(path);
  const stem = path.slice(0, path.length - ending.length);
  const candidates = [
    ...(sources[ending] ?? []).map((other) => stem + other),
    ...endings.map((other) => path + other),
    ...endings.map((other) => join(path, `index${other}`)),
  ];
  return candidates.find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** How a file is to be loaded. */
export type FileKind = "module" | "commonjs" | "json" | "other";

export function kindOf(path: string, source: () => string): FileKind {
  switch (extname(path)) {
    case ".json":
      return "json";
    case ".ts":
    case ".tsx":
    case ".mts":
    case ".mjs":
    case ".jsx":
      return "module";
    case ".cjs":
    case ".cts":
      return "commonjs";
    case ".js":
      return hasModuleSyntax(source()) || packageType(dirname(path)) === "module" ? "module" : "commonjs";
    default:
      return "other";
  }
}

function hasModuleSyntax(source: string): boolean {
  return /^\s*(import\s*["'{*\w]|export\s+(default|const|let|var|function|class|async|\*|\{)|export\s*\{)/m.test(source);
}

function packageType(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { type?: string }).type;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageType(parent);
}
