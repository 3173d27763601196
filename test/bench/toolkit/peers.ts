import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../../kernel/setup/problem.js";
import { findPython } from "../../../kernel/setup/python.js";
import { run } from "../../../kernel/setup/run.js";

/** Python with Hugging Face's tokenizers, in .build/tokenizers-venv: made at the first use, about 40 MB. */
export async function tokenizersPython(root: string, onStep: (what: string) => void): Promise<string> {
  const venv = join(root, ".build/tokenizers-venv");
  const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python) && (await run(python, ["-c", "import tokenizers"])).status === 0) return python;
  onStep(`tokenizers into ${venv}`);
  for (const [command, ...args] of [[(await findPython()).command, "-m", "venv", venv], [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "tokenizers==0.23.2"]]) {
    const { status, output } = await run(command!, args);
    if (status !== 0) throw new Problem(`${command} ${args.join(" ")} failed:\n${output.trim()}`, 1);
  }
  return python;
}
