import { join } from "node:path";
import { Problem } from "./problem.js";
import { optionalPart } from "./optional.js";
import type { Place } from "./place.js";

/** Write the kernelspec `lyceum` into a folder of kernels; default: the one inside `.venv`. Returns its folder. */
export async function installKernelspec(place: Place, kernels = join(place.venv, "share/jupyter/kernels")): Promise<string> {
  const part = await optionalPart<{ installKernelspec(kernels: string): string | Promise<string> }>("kernel/server/kernelspec.js");
  if (!part) throw new Problem("kernel/server/kernelspec.js is not built");
  return part.installKernelspec(kernels);
}

/** Where Jupyter looks for kernels of one user. */
export function userKernels(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  const data =
    environment.JUPYTER_DATA_DIR ? environment.JUPYTER_DATA_DIR
    : platform === "darwin" ? join(home, "Library/Jupyter")
    : platform === "win32" ? join(environment.APPDATA ?? join(home, "AppData/Roaming"), "jupyter")
    : join(environment.XDG_DATA_HOME ?? join(home, ".local/share"), "jupyter");
  return join(data, "kernels");
}
