import type { Tensor } from "@tensorflow/tfjs";
import { loadEngine } from "../../../kernel/engine/index.js";
import { compile } from "../../../kernel/engine/compile/public.js";
import { optimizers, workloads } from "./workloads.js";

/** Milliseconds a step, medians; `first`: the first five calls, which record, build and try. */
export interface StepFigures {
  eager: number;
  graph: number;
  xla: number;
  first: number;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * Rounds of a few steps each, by turns, so that a busy machine is unfair to all alike.
 * @param runs name -> one step, whose result is disposed
 */
export function alternate(runs: Record<string, () => void>, seconds: number): Record<string, number> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const end = performance.now() + seconds * 1000 * Object.keys(runs).length;
  do {
    for (const [name, run] of Object.entries(runs)) {
      for (let step = 0; step < 10; step++) {
        const started = performance.now();
        run();
        times[name]!.push(performance.now() - started);
      }
    }
  } while (performance.now() < end);
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Every workload with every optimiser: tfjs as it is, compiled, compiled with XLA. */
export async function measureSteps(seconds: number, onStep: (what: string) => void): Promise<Record<string, StepFigures>> {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const figures: Record<string, StepFigures> = {};
  for (const [name, { make, batch }] of Object.entries(workloads)) {
    for (const [optimizer, create] of Object.entries(optimizers)) {
      onStep(`${name}, ${optimizer}`);
      const data = batch(tf);
      const variants = { eager: (step: (...batch: Tensor[]) => Tensor) => step, graph: (step: (...batch: Tensor[]) => Tensor) => compile(step), xla: (step: (...batch: Tensor[]) => Tensor) => compile(step, { xla: true }) };
      let first = 0;
      const runs = Object.fromEntries(Object.entries(variants).map(([kind, wrap]) => {
        const step = wrap(make(tf, create(tf)));
        const run = (): void => tf.tidy(() => void step(...data));
        const started = performance.now();
        for (let call = 0; call < 5; call++) run();
        if (kind === "graph") first = performance.now() - started;
        for (let call = 0; call < 28; call++) run();
        return [kind, run];
      }));
      figures[`${name}, ${optimizer}`] = { ...(alternate(runs, seconds) as Omit<StepFigures, "first">), first };
      tf.disposeVariables();
      tf.dispose(data);
    }
  }
  return figures;
}
