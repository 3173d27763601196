import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor } from "@tensorflow/tfjs";
import { known, shown, whole } from "../../../arguments.js";
import type { Parts } from "../model.js";
import type { Snapshot } from "../snapshot.js";
import { readWhole, writeWhole } from "./node/files.js";
import { optimizerState, restoreOptimizer } from "./optimizer-state.js";
import { fromSafetensors, toSafetensors } from "./safetensors.js";
import { assignNamed, packed, tensorsOf } from "./weights.js";

/** Where a training is kept meanwhile. */
export interface CheckpointOptions {
  /** A file (Node), written whole or not at all. */
  path?: string;
  /** Instead of a file: takes the bytes. In a browser, for example, into IndexedDB. */
  write?(bytes: Uint8Array<ArrayBuffer>): unknown;
  /** What `write` took last; undefined for nothing. */
  read?(): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Epochs from one checkpoint to the next; default 1. */
  everyEpochs?: number;
  /** Also after so many updates inside an epoch. */
  everySteps?: number;
}

/** What must be the same when a training goes on. */
export type Plan = Readonly<Record<string, number | string | boolean>>;

/** A training as it stands between two updates. */
export interface Progress {
  /** Epochs that are done, and batches of the next one. */
  epoch: number;
  batches: number;
  updates: number;
  history: Record<string, number[]>;
  /** Of the epoch that is not done. */
  sums: { rows: number; figures: number[] };
  /** What the schedule and early stopping have seen. */
  figures: number[];
  best?: { epoch: number; figure: number };
  waited: number;
  scale?: readonly [number, number];
  stopped?: "early" | "asked";
}

const key = "lyceum.training";

export interface Checkpoints {
  readonly everyEpochs: number;
  readonly everySteps?: number;
  save(progress: Progress, best: Snapshot | undefined): Promise<void>;
  /** Into the model and the optimiser; undefined where nothing was saved. */
  load(): Promise<{ progress: Progress; best: Tensor[] | undefined } | undefined>;
}

export function checkpoints(options: CheckpointOptions | string, { model, optimizer, plan }: { model: Parts; optimizer: Optimizer; plan: Plan }): Checkpoints {
  const given: CheckpointOptions = typeof options === "string" ? { path: options } : options;
  known(given, ["path", "write", "read", "everyEpochs", "everySteps"]);
  const { path, write, read } = given;
  if ((path === undefined) === (write === undefined)) throw new TypeError(`expected checkpoint as a path or { write, read }, got ${path === undefined ? "neither" : "both"}`);
  if (path !== undefined && typeof path !== "string") throw new TypeError(`expected path to be a file's name, got ${shown(path)}`);
  const everyEpochs = whole({ everyEpochs: given.everyEpochs ?? 1 }, 1);
  const everySteps = given.everySteps === undefined ? undefined : whole({ everySteps: given.everySteps }, 1);
  const where = path ?? "the checkpoint";
  return {
    everyEpochs,
    ...(everySteps !== undefined && { everySteps }),
    async save(progress, best) {
      const state = optimizerState(optimizer);
      const named = model.named.map(({ name, variable }) => ({ name, tensor: variable as Tensor }));
      const bestTensors = best ? packed("best.", model.named.map(({ name }, at) => ({ name, tensor: best.tensors[at]! }))) : [];
      const words = JSON.stringify({ plan, progress, iterations: state.iterations });
      const bytes = toSafetensors([...packed("model.", named), ...packed("optimizer.", state.tensors), ...bestTensors], { [key]: words });
      if (path !== undefined) writeWhole(path, bytes);
      else await write!(bytes);
    },
    async load() {
      const bytes = path !== undefined ? readWhole(path) : await read?.();
      if (!bytes) return undefined;
      const file = fromSafetensors(bytes);
      const words = file.metadata[key];
      if (words === undefined) throw new RangeError(`expected a checkpoint of nn.fit in ${where}, got other safetensors (nn.load reads weights)`);
      const saved = JSON.parse(words) as { plan: Plan; progress: Progress; iterations: number };
      for (const [name, value] of Object.entries(plan)) if (saved.plan[name] !== value) throw new RangeError(`expected ${name} ${saved.plan[name]} as in ${where}, got ${value}`);
      tf.tidy(() => {
        assignNamed(model.named, tensorsOf(file, "model."), where);
        restoreOptimizer(optimizer, tensorsOf(file, "optimizer."), saved.iterations);
      });
      const best = tensorsOf(file, "best.").map(({ tensor }) => tensor);
      return { progress: saved.progress, best: best.length > 0 ? best : undefined };
    },
  };
}
