import { parseArgs } from "node:util";
import { installKernelspec, prefixKernels, userKernels } from "../../server/kernelspec.js";
import { fromHere } from "../options.js";
import { Problem } from "../problem.js";

export const usage = `lyceum kernel install [--user | --prefix DIR]

Writes the kernelspec "TypeScript (Lyceum)" as files; needs no Python. VS Code and any Jupyter of yours then offer the kernel.

  --user                for this user (default)
  --prefix DIR          for a Python environment: DIR/share/jupyter/kernels/lyceum
  --json                the folder that was written`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { user: { type: "boolean", default: false }, prefix: { type: "string" }, json: { type: "boolean", default: false } },
  });
  if (positionals.join(" ") !== "install") throw new Problem(`expected \`lyceum kernel install\`, got \`lyceum kernel ${positionals.join(" ")}\`\n\n${usage}`, 2);
  if (values.user && values.prefix !== undefined) throw new Problem("take --user or --prefix, not both", 2);
  const kernels = values.prefix === undefined ? userKernels() : prefixKernels(fromHere(values.prefix));
  const folder = installKernelspec(kernels);
  console.log(values.json ? JSON.stringify({ folder }) : `The kernel "TypeScript (Lyceum)" is written to ${folder}.\nIn VS Code: open a notebook, Select Kernel, Jupyter Kernel.`);
  return 0;
}
