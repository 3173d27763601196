import * as tf from "@tensorflow/tfjs";
import type { DataType, Tensor } from "@tensorflow/tfjs";
import { shown } from "../../../arguments.js";
import type { AccountantState } from "../../accounting/contract.js";

/** A tensor as plain data: its numbers in base 64, 4 bytes each. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
  readonly values: string;
}

/** A training as it stands, as plain data (JSON). It holds the model, not the training data; it is as private as the model. */
export interface Checkpoint {
  readonly format: "lyceum-private-training-1";
  /** What must be the same when it goes on. */
  readonly plan: Readonly<Record<string, number>>;
  readonly done: number;
  /** The clip norm where it adapts. */
  readonly bound?: number;
  readonly accountant: AccountantState;
  readonly weights: readonly SavedTensor[];
  readonly optimizer: readonly SavedTensor[];
}

export async function saveTensor(name: string, tensor: Tensor): Promise<SavedTensor> {
  const values = await tensor.data();
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x2000) text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return Object.freeze({ name, shape: Object.freeze([...tensor.shape]), dtype: tensor.dtype as "float32", values: btoa(text) });
}

export function loadTensor({ shape, dtype, values }: SavedTensor): Tensor {
  const bytes = Uint8Array.from(atob(values), (letter) => letter.charCodeAt(0));
  return tf.tensor(dtype === "int32" ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer), [...shape], dtype as DataType);
}

export const named = (saved: readonly SavedTensor[]): { name: string; tensor: Tensor }[] => saved.map((one) => ({ name: one.name, tensor: loadTensor(one) }));

export function checkCheckpoint(checkpoint: Checkpoint, plan: Readonly<Record<string, number>>): void {
  if ((checkpoint as Checkpoint | null)?.format !== "lyceum-private-training-1") throw new TypeError(`expected resume to be a checkpoint of a private training, got ${shown(checkpoint)}`);
  for (const [name, value] of Object.entries(plan)) {
    if (checkpoint.plan[name] !== value) throw new RangeError(`expected ${name} ${checkpoint.plan[name]} as in the checkpoint, got ${value}`);
  }
}
