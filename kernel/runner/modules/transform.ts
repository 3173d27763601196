import { createRequire } from "node:module";
import { extname } from "node:path";
import type * as Esbuild from "esbuild";
import type * as Sucrase from "sucrase";
import type * as CellLower from "../../cell/lower.js";
import type * as CellTokens from "../../cell/tokens.js";

export interface TransformedFile {
  code: string;
  /** Only where lines moved. */
  map?: string;
}

const require = createRequire(import.meta.url);

/**
 * TypeScript or JSX of a file as JavaScript. Lines stay where they are, unless the file uses what V8 cannot run (decorators,
 * namespaces, `using`): esbuild lowers those, with a map. Imports used as types only vanish, as TypeScript does it.
 */
export function transformFile(source: string, path: string, format: "module" | "commonjs"): TransformedFile {
  const jsx = /x$/.test(extname(path));
  // Loaded at the first file: the parser would cost every start 20 ms.
  const { readTokens } = require("../../cell/tokens.js") as typeof CellTokens;
  const { findLowered } = require("../../cell/lower.js") as typeof CellLower;
  const tokens = readTokens(source);
  if (tokens.error || !findLowered(tokens)) return quick(source, path, format, jsx);
  const { transformSync } = require("esbuild") as typeof Esbuild;
  const { code, map } = transformSync(source, {
    loader: jsx ? "tsx" : "ts",
    format: format === "commonjs" ? "cjs" : "esm",
    target: "node20",
    sourcemap: "external",
    sourcesContent: false,
    sourcefile: path,
    logLevel: "silent",
    tsconfigRaw: { compilerOptions: { jsx: "react" } },
  });
  return { code, map };
}

function quick(source: string, path: string, format: "module" | "commonjs", jsx: boolean): TransformedFile {
  const { transform } = require("sucrase") as typeof Sucrase;
  return transform(source, {
    filePath: path,
    transforms: ["typescript", ...(jsx ? ["jsx" as const] : []), ...(format === "commonjs" ? ["imports" as const] : [])],
    disableESTransforms: true,
    preserveDynamicImport: true,
    jsxRuntime: "classic",
    production: true,
  });
}
