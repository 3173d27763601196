import { layOut } from "../table.js";
import type { ServingFigures, StepFigures } from "./measure.js";

/** What torch_steps.py prints. */
export interface TorchFigures {
  version: string;
  threads: number;
  figures: Record<string, { eager: number; compiled?: number; first?: number; error?: string }>;
}

export interface TrainingReport {
  steps: Record<string, StepFigures>;
  /** tfjs-node as npm has it. */
  stock: Record<string, number>;
  torch?: TorchFigures;
  serving: Record<string, ServingFigures>;
}

/** What a compiled step must reach. */
export function judge(name: string, { steps, stock, torch }: TrainingReport): { bound: string; holds: boolean | undefined }[] {
  const { compiled } = steps[name]!;
  const other = torch?.figures[name]?.eager;
  const level = /CNN|MLP.*Adam/.test(name) ? 1 : 1.15;
  return [
    { bound: "2.5 x tfjs", holds: stock[name]! / compiled >= 2.5 },
    { bound: `≤ ${level === 1 ? "" : `${level} x `}PyTorch`, holds: other === undefined ? undefined : compiled <= level * other },
  ];
}

export function trainingTable(report: TrainingReport): string {
  const { steps, stock, torch, serving } = report;
  const ms = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? "" : value >= 100 ? value.toFixed(0) : value.toFixed(2));
  const lines = Object.entries(steps).map(([name, { eager, compiled, xla, first }]) => {
    const other = torch?.figures[name];
    return [name, `${ms(compiled)}${xla ? " (XLA)" : ""}`, ms(eager), ms(stock[name]), (stock[name]! / compiled).toFixed(1), ms(other?.eager), other ? (compiled / other.eager).toFixed(2) : "", ms(other?.compiled), ms(first), ms(other?.first),
      judge(name, report).map(({ holds }) => (holds === undefined ? "" : holds ? "✓" : "✗")).join(" ")];
  });
  const head = ["a training step, ms", "compiled", "eager", "tfjs 4.22", "times faster", "PyTorch eager", "ratio", "torch.compile", "first calls", "torch.compile's", "2.5 x, level"];
  const answers = Object.entries(serving).map(([name, { p50, p99, eager50, eager99 }]) => [name, ms(p50), ms(p99), ms(eager50), ms(eager99)]);
  return `${layOut([head, ...lines])}\n\n${layOut([["model.predict, ms", "p50", "p99", "eager p50", "eager p99"], ...answers])}`;
}

/** Whether every bound that could be judged holds. */
export const holdsTraining = (report: TrainingReport): boolean => Object.keys(report.steps).every((name) => judge(name, report).every(({ holds }) => holds !== false));
