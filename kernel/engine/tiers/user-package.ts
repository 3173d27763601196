import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder, packageVersion } from "../project.js";

/** A tfjs-node that the user installed and that has its compiled addon. */
export interface UserPackage {
  name: string;
  version: string;
  addon: string;
}

const names = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"];

/**
 * Look in `directory`/node_modules and upward, as Node does, without its global folders. The package inside Lyceum itself does not count.
 * A package that is there and cannot be used is told in `reasons`.
 */
export function findUserPackage(directory: string): { found?: UserPackage; reasons: string[] } {
  const own = realpathSync(packageFolder("@tensorflow/tfjs-node-gpu"));
  const expected = packageVersion(own);
  const reasons: string[] = [];
  for (let folder = directory; ; folder = dirname(folder)) {
    for (const name of names) {
      const place = join(folder, "node_modules", name);
      if (!existsSync(join(place, "package.json")) || realpathSync(place) === own) continue;
      const version = packageVersion(place);
      const addon = findAddon(place);
      if (version !== expected) reasons.push(`${name} ${version} in ${folder} is not used: expected version ${expected}`);
      else if (!addon) reasons.push(`${name} in ${folder} is not used: it has no compiled addon (was it installed with scripts off?)`);
      else return { found: { name, version, addon }, reasons };
    }
    if (folder === dirname(folder)) return { reasons };
  }
}

/** `lib/napi-v8/tfjs_binding.node`, the highest interface version that is there. */
function findAddon(place: string): string | undefined {
  const lib = join(place, "lib");
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .filter((name) => /^napi-v\d+$/.test(name))
    .sort((a, b) => Number(b.slice(6)) - Number(a.slice(6)))
    .map((name) => join(lib, name, "tfjs_binding.node"))
    .find((path) => existsSync(path));
}
