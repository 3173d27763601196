import { notebookGlobals } from "./globals.js";

/** Where the prelude finds declarations. Paths use forward slashes. */
export interface PreludeSources {
  /** Path of a kernel file's declarations, without extension; undefined where there are none. */
  kernel(file: string): string | undefined;
  /** Path of a package's declaration file, without extension; undefined where it is not installed. */
  package(name: string): string | undefined;
  /** The JSX types of React can be found from the notebook. */
  react: boolean;
}

/** TensorFlow.js under each of its names: one instance at run time, so one type here. */
const tensorflowNames = ["@tensorflow/tfjs", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];

/** Does a cell need the declarations that lead to TensorFlow's? */
export function needsHeavy(references: Iterable<string>, imports: Iterable<string>): boolean {
  for (const name of references) if (notebookGlobals.some((global) => global.heavy && global.name === name)) return true;
  for (const name of imports) if (name.startsWith("@tensorflow/") || name === "lyceum" || name.startsWith("lyceum/")) return true;
  return false;
}

/** The declaration file with the notebook's globals. `heavy`: with TensorFlow and the helpers. */
export function preludeText(sources: PreludeSources, heavy: boolean): string {
  const lines = [`/// <reference types="node" />`];
  for (const { name, type, fallback, heavy: late, documentation } of notebookGlobals) {
    if (late && !heavy) continue;
    const resolved = resolve(type, sources) ?? fallback;
    if (!resolved) continue;
    if (documentation) lines.push(`/** ${documentation} */`);
    // NodeJS.Require is a `var` of @types/node already; a second declaration of the same type is legal only as `var`.
    lines.push(`declare ${name === "require" ? "var" : "const"} ${name}: ${resolved};`);
  }
  if (!sources.react) lines.push(permissiveJsx);
  const tfjs = sources.package("@tensorflow/tfjs");
  if (heavy && tfjs) for (const name of tensorflowNames) lines.push(`declare module "${name}" { export * from "${tfjs}"; }`);
  const display = sources.kernel("display/index");
  if (display) lines.push(`declare module "tslab" { export const display: import("${display}").Display["display"] & { [name: string]: any }; export const print: (...values: unknown[]) => void; export const newDisplay: () => any; }`);
  return lines.join("\n") + "\n";
}

/** Any element and any attribute: without React's types nothing is known about them. */
const permissiveJsx = `declare namespace JSX {
  type Element = any; type ElementType = any;
  interface ElementClass { [name: string]: any } interface IntrinsicElements { [name: string]: any }
  interface ElementAttributesProperty { props: {} } interface ElementChildrenAttribute { children: {} }
}`;

function resolve(type: string, sources: PreludeSources): string | undefined {
  let missing = false;
  const text = type.replace(/import\("([^"]+)"\)/g, (_, name: string) => {
    const path = name.startsWith("kernel:") ? sources.kernel(name.slice("kernel:".length)) : sources.package(name);
    if (!path) missing = true;
    return `import("${path}")`;
  });
  return missing ? undefined : text;
}
