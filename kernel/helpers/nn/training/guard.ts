import type { Tensor } from "@tensorflow/tfjs";
import type { Parts } from "./model.js";
import { snapshot, type Snapshot } from "./snapshot.js";

/** Updates from one copy of the weights to the next. */
const interval = 20;

export interface Guard {
  /** Before the step that is number `step` (from 0). */
  before(step: number): void;
  /** Its loss was finite, so the weights before it were good. */
  good(): void;
  /** Put the last good weights back; the step they are of, or undefined where there are none. */
  restore(): number | undefined;
  dispose(): void;
}

/** Keeps weights that are known to give a finite loss. */
export function guard({ named }: Parts): Guard {
  let proven: { copy: Snapshot; step: number } | undefined;
  let candidate: { copy: Snapshot; step: number } | undefined;
  let next = 0;
  return {
    before(step) {
      if (step < next) return;
      candidate?.copy.dispose();
      candidate = { copy: snapshot(named.map(({ variable }) => variable)), step };
      next = step + interval;
    },
    good() {
      if (!candidate) return;
      proven?.copy.dispose();
      proven = candidate;
      candidate = undefined;
    },
    restore() {
      // The first weights are as good as any.
      const kept = proven ?? candidate;
      kept?.copy.restore();
      return kept?.step;
    },
    dispose() {
      candidate?.copy.dispose();
      proven?.copy.dispose();
    },
  };
}

/** ` (x has NaN in row 3 of the batch)`, or nothing. */
export function oddRow(batch: { x: Tensor; y: Tensor }): string {
  for (const name of ["x", "y"] as const) {
    const tensor = batch[name];
    if (tensor.dtype !== "float32") continue;
    const values = tensor.dataSync();
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) return `; ${name} has ${values[at]} in row ${Math.floor(at / (values.length / tensor.shape[0]!))} of the batch`;
  }
  return "";
}
