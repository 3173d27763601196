import { join } from "node:path";
import vm from "node:vm";

/** The loader behind `import` in cells. */
export interface Importer {
  import(specifier: string, options?: unknown): Promise<unknown>;
}

export function createImporter(directory: string, root: string): Importer {
  const fromNotebook = importFrom(directory);
  const fromKernel = importFrom(root);
  return {
    async import(specifier) {
      try {
        return await fromNotebook(specifier);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
        return await fromKernel(specifier);
      }
    },
  };
}

/** Node's own `import()`, resolving from a folder. */
function importFrom(folder: string): (specifier: string) => Promise<unknown> {
  const script = new vm.Script("(specifier) => import(specifier)", {
    filename: join(folder, "notebook.mjs"),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as (specifier: string) => Promise<unknown>;
}
