/** What test/bench/kernels.py prints: medians in ms, memory in MB; null where the kernel never came to an end. */
export interface BenchReport {
  /** The two loops in a program of their own. */
  node: { loop: number; float: number };
  kernels: Record<string, KernelFigures>;
}

export interface KernelFigures {
  start: number | null;
  first: number | null;
  trivial: number | null;
  typed: number | null;
  loop: number | null;
  float: number | null;
  lines: number | null;
  lines_whole: boolean;
  interrupt: number | null;
  state_kept: boolean;
  completion: number | null;
  memory: number;
  /** Only Lyceum: a cell that uses tf, and memory once TensorFlow is loaded. */
  tensor?: number | null;
  memory_tensorflow?: number;
  passed?: number;
  applicable?: number;
  missing?: string[];
}

/** Figures where more is better do not exist here: the best of several runs is the smallest, told nothing is lost in any. */
export function bestOf(reports: BenchReport[]): BenchReport {
  const [first, ...others] = reports;
  if (!first) throw new Error("expected at least one report, got none");
  return others.reduce(
    (best, next) => ({
      node: { loop: Math.min(best.node.loop, next.node.loop), float: Math.min(best.node.float, next.node.float) },
      kernels: Object.fromEntries(Object.entries(best.kernels).map(([name, figures]) => [name, better(figures, next.kernels[name] ?? figures)])),
    }),
    first,
  );
}

function better(one: KernelFigures, other: KernelFigures): KernelFigures {
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other) as [keyof KernelFigures, unknown][]) {
    const before = merged[key];
    if (key === "passed" || key === "applicable" || key === "missing") merged[key] = before ?? value;
    else if (typeof value === "boolean") merged[key] = value && before;
    else if (typeof value === "number") merged[key] = typeof before === "number" ? Math.min(before, value) : value;
  }
  return merged as unknown as KernelFigures;
}
