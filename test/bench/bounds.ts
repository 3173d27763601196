import type { BenchReport, KernelFigures } from "./report.js";

/** A line of the table: how each kernel's figure reads, what Lyceum must reach, and whether it does. */
export interface Row {
  name: string;
  unit: string;
  /** null: the kernel never came to an end; undefined: does not apply. */
  figure(figures: KernelFigures): number | null | undefined;
  /** Said beside the figure. */
  note?(figures: KernelFigures): string | undefined;
  /** What is asked of Lyceum, in words. */
  must: string;
  /** Undefined: no bound, or what it compares with was not measured. */
  holds?(lyceum: KernelFigures, report: BenchReport): boolean | undefined;
}

const atMost = (figure: Row["figure"], bound: number): Row["holds"] => (lyceum) => (figure(lyceum) ?? Infinity) <= bound;

/** A cell's time is the loop's and the way there and back, which a trivial cell measures. */
function runsLike(plain: number, figure: number | null, { trivial }: KernelFigures): boolean {
  return (figure ?? Infinity) - (trivial ?? 0) <= 1.5 * plain;
}

/** Peers' figures that count: those that came to an end. */
export function peerFigures(row: Row, report: BenchReport): number[] {
  return Object.entries(report.kernels)
    .filter(([name, figures]) => name !== "lyceum" && !row.note?.(figures))
    .map(([, figures]) => row.figure(figures))
    .filter((figure): figure is number => typeof figure === "number");
}

export const rows: Row[] = [
  {
    name: "start to ready",
    unit: "ms",
    figure: (k) => k.start,
    must: "beat all",
    holds: (lyceum, report) => {
      const others = Object.entries(report.kernels).filter(([name]) => name !== "lyceum").map(([, figures]) => figures.start ?? Infinity);
      return others.length ? others.every((other) => (lyceum.start ?? Infinity) < other) : undefined;
    },
  },
  { name: "start to first result", unit: "ms", figure: (k) => k.first, must: "" },
  { name: "trivial cell", unit: "ms", figure: (k) => k.trivial, must: "≤ 5", holds: atMost((k) => k.trivial, 5) },
  { name: "typed cell", unit: "ms", figure: (k) => k.typed, must: "≤ 5", holds: atMost((k) => k.typed, 5) },
  { name: "cell that uses tf", unit: "ms", figure: (k) => k.tensor, must: "≤ 12", holds: atMost((k) => k.tensor, 12) },
  { name: "loop, integers, 2e6 steps", unit: "ms", figure: (k) => k.loop, must: "≤ 1.5 × Node + trivial", holds: (k, { node }) => runsLike(node.loop, k.loop, k) },
  { name: "loop, fractions, 2e6 steps", unit: "ms", figure: (k) => k.float, must: "≤ 1.5 × Node + trivial", holds: (k, { node }) => runsLike(node.float, k.float, k) },
  {
    name: "5,000 printed lines",
    unit: "ms",
    figure: (k) => k.lines,
    note: (k) => (k.lines_whole ? undefined : "not whole"),
    must: "≤ ipykernel, whole",
    holds: (lyceum, { kernels }) => lyceum.lines_whole && (kernels.ipykernel ? (lyceum.lines ?? Infinity) <= (kernels.ipykernel.lines ?? Infinity) : undefined),
  },
  {
    name: "interrupt a busy loop",
    unit: "ms",
    figure: (k) => k.interrupt,
    note: (k) => (k.state_kept ? undefined : "state lost"),
    must: "≤ 50, state kept",
    holds: (k) => k.state_kept && (k.interrupt ?? Infinity) <= 50,
  },
  { name: "member completion", unit: "ms", figure: (k) => k.completion, must: "≤ 10", holds: atMost((k) => k.completion, 10) },
  { name: "idle memory", unit: "MB", figure: (k) => k.memory, must: "≤ 217", holds: atMost((k) => k.memory, 217) },
  { name: "idle memory, TensorFlow loaded", unit: "MB", figure: (k) => k.memory_tensorflow, must: "" },
];

/** Whether every bound that could be judged holds, conformance included. */
export function allHold(report: BenchReport): boolean {
  const lyceum = report.kernels.lyceum;
  if (!lyceum) return true;
  return rows.every((row) => row.holds?.(lyceum, report) !== false) && conforms(lyceum) !== false;
}

export function conforms({ passed, applicable }: KernelFigures): boolean | undefined {
  return passed === undefined ? undefined : passed === applicable;
}
