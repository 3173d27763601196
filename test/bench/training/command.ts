import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../../kernel/setup/problem.js";
import { run as runProgram } from "../../../kernel/setup/run.js";
import { step } from "../../../kernel/setup/steps.js";
import { projectRoot } from "../../support/root.js";
import { measureServing, measureSteps } from "./measure.js";
import { trainingTable, type TorchFigures, type TrainingReport } from "./table.js";
import { optimizers, workloads } from "./workloads.js";

const venv = join(projectRoot, ".build/torch-venv");
const python = join(venv, "bin/python");

/** PyTorch in an environment of its own; asked for, because it is large. */
export async function installTorch(): Promise<void> {
  if (existsSync(join(venv, ".complete"))) return;
  const progress = step("PyTorch for comparison (about 2.6 GB to download, 5.5 GB on disk)");
  for (const [program, ...args] of [["python3", "-m", "venv", venv], [python, "-m", "pip", "install", "-q", "torch>=2.10,<3", "numpy"], [python, "-c", `import torch; open(${JSON.stringify(join(venv, ".complete"))}, "w").close()`]]) {
    const { status, output } = await runProgram(program!, args, { onLine: (line) => progress.say(line.slice(0, 70)) });
    if (status !== 0) throw new Problem(`PyTorch could not be installed: ${output.trim().slice(-400)}`);
  }
  progress.done();
}

/** Training steps and predictions, beside stock tfjs and, where it is installed, PyTorch. */
export async function measureTraining(seconds: number, onStep: (what: string) => void): Promise<TrainingReport> {
  onStep("tfjs as npm has it");
  const plain = await runProgram(process.execPath, [join(projectRoot, "dist/test/bench/training/stock.js"), String(seconds)], { cwd: projectRoot });
  if (plain.status !== 0) throw new Problem(`stock tfjs failed: ${plain.output.slice(-600)}`);
  const stock = JSON.parse(plain.stdout.trim().split("\n").at(-1)!) as Record<string, number>;
  let torch: TorchFigures | undefined;
  if (existsSync(python)) {
    onStep("PyTorch");
    const program = join(projectRoot, "test/bench/training/torch_steps.py");
    const answer = await runProgram(python, [program, String(seconds), JSON.stringify(Object.keys(workloads)), JSON.stringify(Object.keys(optimizers)), "1"], { cwd: projectRoot });
    if (answer.status !== 0) throw new Problem(`PyTorch failed: ${answer.output.slice(-600)}`);
    torch = JSON.parse(answer.stdout.trim().split("\n").at(-1)!) as TorchFigures;
  }
  const steps = await measureSteps(seconds, onStep);
  onStep("predictions");
  return { steps, stock, ...(torch && { torch }), serving: await measureServing(seconds) };
}

export function describeTraining(report: TrainingReport): string {
  const peer = report.torch ? `PyTorch ${report.torch.version}, ${report.torch.threads} threads.` : "PyTorch is not here: `npm run bench -- --peers` installs it (2.6 GB).";
  return `${trainingTable(report)}\n\nMedians of one run. compiled: compile(step, { xla: "auto" }); first calls: until the graph is built. ratio: compiled by PyTorch eager. ${peer}`;
}
