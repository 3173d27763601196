#!/usr/bin/env node
import { nearest } from "./setup/nearest.js";
import { optionalPart } from "./setup/optional.js";
import { Problem } from "./setup/problem.js";

interface Command {
  summary: string;
  load(): Promise<{ usage?: string; run(args: string[]): Promise<number> }>;
}

/** Parts with a command of their own export `run(args)`, which resolves to the exit status, and `usage`, or answer --help themselves. */
const part = (path: string) => async () => {
  const found = await optionalPart<{ usage?: string; run(args: string[]): Promise<number | void> }>(path);
  if (!found) throw new Problem(`${path} is not part of this installation`);
  return { ...(found.usage !== undefined && { usage: found.usage }), run: async (args: string[]) => (await found.run(args)) ?? 0 };
};

const commands: Record<string, Command> = {
  start: { summary: "open JupyterLab with the lessons", load: () => import("./setup/commands/start.js") },
  doctor: { summary: "what works on this machine, and what to do about the rest", load: () => import("./setup/commands/doctor.js") },
  kernel: { summary: "install the kernel for VS Code or another Jupyter", load: () => import("./setup/commands/kernel.js") },
  weights: { summary: "fetch the pretrained models that lessons use", load: () => import("./setup/commands/weights.js") },
  notebooks: { summary: "write the student notebooks", load: () => import("./setup/commands/notebooks.js") },
  lesson: { summary: "write a lesson: begin one, be told what it lacks, see it", load: part("lessons/author/command.js") },
  grade: { summary: "grade submitted notebooks", load: part("lessons/grade/command.js") },
  site: { summary: "build the static site", load: part("site/build/command.js") },
  federation: { summary: "a Flower server for a class, with a fence around it", load: part("kernel/helpers/federated/node/command.js") },
  test: { summary: "run the project's tests", load: part("test/command.js") },
  oracles: { summary: "compare the helpers' numbers with those of trusted packages", load: part("test/oracles/command.js") },
  bench: { summary: "measure the kernel against others", load: part("test/bench/command.js") },
};

const usage = () => `lyceum COMMAND [options]

${Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`).join("\n")}

\`lyceum COMMAND --help\` tells its options.`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    console.log(usage());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const meant = nearest(name, Object.keys(commands));
    throw new Problem(`unknown command: ${name}${meant ? `; did you mean ${meant}?` : ""}\n\n${usage()}`, 2);
  }
  const { usage: help, run } = await command.load();
  if (help !== undefined && (args.includes("--help") || args.includes("-h"))) {
    console.log(help);
    return 0;
  }
  return run(args);
}


try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  const mistaken = code?.startsWith("ERR_PARSE_ARGS");
  const expected = error instanceof Problem || mistaken;
  console.error(expected ? (error as Error).message : error);
  process.exitCode = exitCode ?? (mistaken ? 2 : 1);
}
