import { notebookGlobals } from "./globals.js";

/** Where the prelude finds declarations. Paths use forward slashes. */
export interface PreludeSources {
  /** Path of a kernel file's declarations, without extension; undefined where there are none, or where they lack the member. */
  kernel(file: string, member?: string): string | undefined;
  /** Path of a package's declaration file, without extension; undefined where it is not installed. */
  package(name: string): string | undefined;
  /** The JSX types of React can be found from the notebook. */
  react: boolean;
}

/** Does a cell need the declarations that lead to TensorFlow's? */
export function needsHeavy(references: Iterable<string>, imports: Iterable<string>): boolean {
  for (const name of references) if (notebookGlobals.some((global) => global.heavy && global.name === name)) return true;
  for (const name of imports) if (name.startsWith("@tensorflow/") || name === "lyceum" || name.startsWith("lyceum/")) return true;
  return false;
}

/** The declaration file with the notebook's globals. `heavy`: with TensorFlow and the helpers. */
export function preludeText(sources: PreludeSources, heavy: boolean): string {
  const imports = [`/// <reference types="node" />`];
  const globals: string[] = [];
  const helpers: string[] = [];
  for (const { name, type, fallback, heavy: late, documentation, exported } of notebookGlobals) {
    if (late && !heavy) continue;
    const resolved = resolve(type, sources) ?? fallback;
    if (!resolved) continue;
    const note = documentation ? `/** ${documentation} */ ` : "";
    const whole = /^typeof (import\("[^"]+"\))$/.exec(resolved);
    if (whole) {
      // An alias of the module, not a constant: `tf.Tensor` is a type and `tf.tensor` a value.
      imports.push(`import * as __${name} from ${whole[1]!.slice("import(".length, -1)};`);
      globals.push(`${note}export import ${name} = __${name};`);
      if (name !== "tf") helpers.push(`import ${name} = __${name};`);
    } else {
      // @types/node has a `var require` already; a second declaration is legal only as `var`.
      globals.push(`${note}${name === "require" ? "var" : "const"} ${name}: ${resolved};`);
      if (exported) helpers.push(`const ${name}: ${resolved};`);
    }
  }
  if (!sources.react) globals.push(permissiveJsx);
  globals.push(`namespace __lyceum {`, ...helpers.map((member) => `export ${member}`), `}`);
  return [...imports, "declare global {", ...globals, "}", "export {};", ""].join("\n");
}

/** Import names that mean something of the kernel's own: `tslab`, `lyceum`, `lyceum/data`. */
export function modulesText(sources: PreludeSources, heavy: boolean): string {
  const lines = [`declare module "tslab" { const it: typeof tslab; export = it; }`];
  if (heavy) {
    lines.push(`declare module "lyceum" { export = __lyceum; }`);
    for (const { name, type } of notebookGlobals) {
      if (/^typeof import\("kernel:helpers/.test(type) && resolve(type, sources)) lines.push(`declare module "lyceum/${name}" { import it = __lyceum.${name}; export = it; }`);
    }
  }
  return lines.join("\n") + "\n";
}

/** Any element and any attribute: without React's types nothing is known about them. */
const permissiveJsx = `namespace JSX {
  type Element = any; type ElementType = any;
  interface ElementClass { [name: string]: any } interface IntrinsicElements { [name: string]: any }
  interface ElementAttributesProperty { props: {} } interface ElementChildrenAttribute { children: {} }
}`;

function resolve(type: string, sources: PreludeSources): string | undefined {
  let missing = false;
  const text = type.replace(/import\("([^"]+)"\)(\.\w+)?/g, (_, name: string, member = "") => {
    const path = name.startsWith("kernel:") ? sources.kernel(name.slice("kernel:".length), member.slice(1)) : sources.package(name);
    if (!path) missing = true;
    return `import("${path}")${member}`;
  });
  return missing ? undefined : text;
}
