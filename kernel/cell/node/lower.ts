import { createRequire } from "node:module";
import type * as Esbuild from "esbuild";
import type { Lower } from "../lower.js";
import { plainWords } from "../plain-words.js";
import { offsetOf, syntaxError } from "../position.js";

let esbuild: typeof Esbuild | undefined;

/** `Lower` by esbuild, which is loaded at the first use. Standard decorators; names and order of top-level statements stay. */
export const lower: Lower = (source, { jsx }) => {
  esbuild ??= createRequire(import.meta.url)("esbuild") as typeof Esbuild;
  try {
    const { code, map } = esbuild.transformSync(source, {
      loader: jsx ? "tsx" : "ts",
      target: "node20",
      sourcemap: "external",
      sourcesContent: false,
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, jsx: "react" } },
    });
    return { code, map };
  } catch (error) {
    throw located(error as Esbuild.TransformFailure, source);
  }
};

function located(failure: Esbuild.TransformFailure, source: string): Error {
  const [first] = failure.errors ?? [];
  if (!first?.location) return failure;
  const { line, column, lineText } = first.location;
  // esbuild counts columns in UTF-8 bytes.
  const units = new TextDecoder().decode(new TextEncoder().encode(lineText).slice(0, column)).length;
  const offset = offsetOf(source, line, units);
  return syntaxError(plainWords(first.text, source, offset), source, offset);
}
