import { nearest } from "../../kernel/setup/nearest.js";
import { Problem } from "../../kernel/setup/problem.js";

const usage = `lyceum lesson COMMAND [options]

  new ID --title TITLE     begin a lesson: a folder NN-ID that runs and passes its first check
  check [LESSON...]        say what a lesson lacks, in its text and when it runs; default: all lessons
  preview LESSON           see it in JupyterLab, as a student gets it and solved, in both languages

LESSON is a folder, its name (05-regression), its number or its id. \`lyceum lesson COMMAND --help\` tells its options.
How lessons are written: lessons/format/README.md and lessons/checks/README.md.`;

const commands: Record<string, () => Promise<{ usage: string; run(args: string[]): Promise<number> }>> = {
  new: () => import("./new/command.js"),
  check: () => import("./check.js"),
  preview: () => import("./preview.js"),
};

/** Answers --help itself: each of its commands has its own. */
export async function run([name, ...args]: string[]): Promise<number> {
  if (name === "--help" || name === "-h") {
    console.log(usage);
    return 0;
  }
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const meant = name === undefined ? undefined : nearest(name, Object.keys(commands));
    throw new Problem(`${name === undefined ? "expected a command" : `unknown command: lesson ${name}`}${meant ? `; did you mean ${meant}?` : ""}\n\n${usage}`, 2);
  }
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) {
    console.log(command.usage);
    return 0;
  }
  return command.run(args);
}
