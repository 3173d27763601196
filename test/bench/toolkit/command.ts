import { Problem } from "../../../kernel/setup/problem.js";

const parts: Record<string, () => Promise<{ run(args: string[]): Promise<number>; usage: string }>> = {
  nn: () => import("./nn.js"),
  text: () => import("./text.js"),
  graph: () => import("./graph.js"),
  compress: () => import("./compress.js"),
};

export const usage = `npm run bench -- toolkit [${Object.keys(parts).join("|")}] [--help] [--json]

The learning toolkit beside the packages of the field, in one run: ${Object.keys(parts).join(", ")}; all of them where none is named.`;

/** Exit status 1: a figure that must hold does not. */
export async function run([first, ...rest]: string[]): Promise<number> {
  if (first === undefined) {
    let worst = 0;
    for (const name of Object.keys(parts)) worst = Math.max(worst, await run([name]));
    return worst;
  }
  if (first === "--help" || first === "-h") return print(usage);
  const part = Object.hasOwn(parts, first) ? await parts[first]!() : undefined;
  if (!part) throw new Problem(`unknown part of the toolkit: ${first} (known: ${Object.keys(parts).join(", ")})`, 2);
  return rest.includes("--help") ? print(part.usage) : part.run(rest);
}

function print(text: string): number {
  console.log(text);
  return 0;
}
