import { isBuiltin } from "node:module";
import { join } from "node:path";
import vm from "node:vm";

export type ImportPackage = (specifier: string, folder: string) => Promise<object>;

/** Packages and built-ins by Node's own loader: from the folder upward, then from the kernel's own node_modules. */
export function createPackageImport(root: string, language: "en" | "zh"): ImportPackage {
  const importers = new Map<string, (specifier: string) => Promise<object>>();
  function from(folder: string): (specifier: string) => Promise<object> {
    let importer = importers.get(folder);
    if (!importer) importers.set(folder, (importer = importFrom(folder)));
    return importer;
  }

  return async (specifier, folder) => {
    try {
      return await from(folder)(specifier);
    } catch (error) {
      if (isBuiltin(specifier) || !isMissing(error, specifier)) throw error;
      try {
        return await from(root)(specifier);
      } catch (second) {
        throw isMissing(second, specifier) ? missingPackage(specifier, folder, language) : second;
      }
    }
  };
}

/** Node's `import()`, resolving from a folder. */
function importFrom(folder: string): (specifier: string) => Promise<object> {
  const script = new vm.Script("(specifier) => import(specifier)", {
    filename: join(folder, "notebook.mjs"),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as (specifier: string) => Promise<object>;
}

/** Is it this package that was not found, not one that it needs? */
function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${packageName(specifier)}'`);
}

export function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

export function missingPackage(specifier: string, folder: string, language: "en" | "zh"): Error {
  const name = packageName(specifier);
  const message =
    language === "zh"
      ? `找不到软件包 "${name}"：已查找 ${folder} 及其上级文件夹的 node_modules，以及内核自带的软件包。\n安装：在 ${folder} 中运行 npm install ${name}`
      : `cannot find the package "${name}": looked in node_modules of ${folder} and the folders above, and among the kernel's own.\nTo install it, run in ${folder}: npm install ${name}`;
  return notFound(message);
}

export function missingFile(specifier: string, folder: string, language: "en" | "zh"): Error {
  const message = language === "zh" ? `找不到文件 "${specifier}"：已在 ${folder} 中查找` : `cannot find the file "${specifier}": looked in ${folder}`;
  return notFound(message);
}

/** Node's code, but not among the fields that are shown with the error. */
function notFound(message: string): Error {
  return Object.defineProperty(new Error(message), "code", { value: "ERR_MODULE_NOT_FOUND", enumerable: false });
}
