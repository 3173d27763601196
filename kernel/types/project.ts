/** How a notebook's program is laid out: names of the generated files, and their compiler options. */
import { fileOf, hubFile } from "./scope.js";

export const configFile = ".lyceum-tsconfig.json";
export const defaultsFile = ".lyceum-defaults.json";
export const preludeFile = ".lyceum-globals.d.ts";
export const modulesFile = ".lyceum-modules.d.ts";

/**
 * What holds unless the notebook's tsconfig.json says otherwise.
 * strict, with noImplicitAny: without it an empty array literal is `never[]`, and `losses.push(loss)` fails on a line that is right;
 * and a parameter without a type would switch off every check in its function, silently.
 */
const defaults = {
  target: "es2022",
  lib: ["es2023", "esnext.disposable", "decorators"],
  strict: true,
  useDefineForClassFields: true,
  jsx: "react",
  types: [],
};

/** What the layout needs, whatever a tsconfig.json says. Unused names are no errors while one learns. */
const required = {
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  noErrorTruncation: false,
};

export const defaultsText = JSON.stringify({ compilerOptions: defaults });

/** `slots`: names of all slots, probes included. `extend`: the notebook's own tsconfig.json, which wins over our defaults. */
export const configText = (slots: readonly string[], extend?: string): string =>
  JSON.stringify({
    extends: [`./${defaultsFile}`, ...(extend ? [extend] : [])],
    compilerOptions: required,
    include: [],
    references: [],
    files: [preludeFile, modulesFile, hubFile, ...slots.map(fileOf)],
  });
