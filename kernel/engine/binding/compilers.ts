import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** A C++ compiler that answered `--version`. */
export interface Compiler {
  command: string;
  /** Arguments before all others: `-m ziglang c++`. */
  prefix: string[];
  /** First line of its version. */
  version: string;
}

export interface CompilerSearch {
  root: string;
  /** Take this command or fail; default CXX, then g++, clang++, and PyPI's ziglang. */
  compiler?: string;
  environment?: NodeJS.ProcessEnv;
}

/** What to do where no compiler is found. */
export const noCompiler =
  "no C++ compiler found (looked for g++, clang++ and Python's ziglang). Install one of them: " +
  "`sudo apt install g++` (Debian, Ubuntu), `sudo dnf install gcc-c++` (Fedora), or `.venv/bin/pip install ziglang` (101 MB, no administrator needed)";

/** The compilers that are there, in the order in which to try them. */
export function findCompilers(search: CompilerSearch): Compiler[] {
  const { root, environment = process.env } = search;
  const chosen = search.compiler ?? environment["CXX"];
  const candidates: [string, string[]][] = chosen
    ? [split(chosen)]
    : [["g++", []], ["clang++", []], ...pythons(root).map((python): [string, string[]] => [python, ["-m", "ziglang", "c++"]])];
  return candidates.flatMap(([command, prefix]) => {
    const version = askVersion(command, prefix, environment);
    return version ? [{ command, prefix, version }] : [];
  });
}

/** `python -m ziglang c++` as one option means a command and its first arguments. */
function split(command: string): [string, string[]] {
  const [first = "", ...rest] = command.trim().split(/\s+/);
  return [first, rest];
}

function pythons(root: string): string[] {
  const own = join(root, ".venv", "bin", "python");
  return existsSync(own) ? [own, "python3"] : ["python3"];
}

function askVersion(command: string, prefix: string[], environment: NodeJS.ProcessEnv): string | undefined {
  const answer = spawnSync(command, [...prefix, "--version"], { encoding: "utf8", env: environment, timeout: 60_000 });
  return answer.status === 0 ? answer.stdout.split("\n", 1)[0]!.trim() : undefined;
}
