import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { fraction, known, oneOf } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import type { FitModel } from "../../nn/training/model.js";
import { kernelsOf, type NamedVariable } from "../model/weights.js";
import { magnitudeMask, nOfMMask, toPrune } from "./masks.js";
import { holdZeros } from "./optimizer.js";
import { maskOfSmallest } from "./select.js";
import { polynomialSparsity, type SparsitySchedule } from "./schedule.js";

export interface PruneOptions {
  /** Part of the weights that becomes 0. One of `sparsity`, `nOfM` and `schedule`. */
  sparsity?: number;
  /** `[2, 4]`: 2 of each 4 along the last axis stay. */
  nOfM?: readonly [keep: number, m: number];
  /** Sparsity by epoch: give `onEpoch` to `nn.fit`. */
  schedule?: SparsitySchedule;
  /** "global": one threshold for all weights, so that layers with small weights lose more. "layer": the same part of each. Default "global"; not with `nOfM`. */
  scope?: "global" | "layer";
  /** Only these layers or weights, by name. Default: all weights of two axes or more. */
  layers?: readonly string[];
}

export interface PrunedLayer {
  readonly name: string;
  readonly weights: number;
  readonly zeros: number;
  readonly sparsity: number;
}

export interface Pruning {
  /** Of the pruned weights together. */
  readonly sparsity: number;
  readonly layers: readonly PrunedLayer[];
  /** By name: 1 stays, 0 is pruned. */
  readonly masks: Readonly<Record<string, Uint8Array>>;
  /** The optimiser, but what is pruned stays 0 after every step. Use it in `nn.fit` or by hand; the one inside stays the caller's. */
  optimizer(inner: tf.Optimizer): tf.Optimizer;
  /** For `nn.fit`: follows the schedule, choosing anew by the magnitudes of the moment (what was pruned stays pruned). */
  readonly onEpoch: (epoch: number) => void;
  /** Prunes to this part now. */
  prune(sparsity: number): void;
  /** Frees the masks; the model keeps its zeros. */
  dispose(): void;
}

/**
 * Sets the smallest weights to 0, in place, and keeps them there while the model is trained on. The file does not get smaller until it is packed (`modelSize` shows it gzipped), nor does the time: zeros are
 * multiplied like any other number. What removes whole channels is `removeChannels`.
 *
 * @param model a `tf.LayersModel` or `{ predict, variables }`; its variables change
 * @throws `expected one of sparsity, nOfM and schedule, got 2`; `expected sparsity from 0 to 1, got 80`; `unknown layer: dense (known: ...)`
 * @see Han et al. (2015); Zhu & Gupta (2017) for the schedule
 * @example
 * const w = tf.variable(tf.tensor2d([[0.1, -3], [2, -0.2]]));
 * const pruning = compress.prune({ predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] }, { sparsity: 0.5 });
 * w.dataSync() // [0, -3, 2, 0]
 * pruning.layers[0].zeros // 2
 */
export function prune(model: FitModel, options: PruneOptions): Pruning {
  known(options, ["sparsity", "nOfM", "schedule", "scope", "layers"]);
  const given = [options.sparsity, options.nOfM, options.schedule].filter((one) => one !== undefined).length;
  if (given !== 1) throw new TypeError(`expected one of sparsity, nOfM and schedule, got ${given}`);
  const scope = oneOf({ scope: options.scope ?? "global" }, ["global", "layer"]);
  const { schedule, nOfM } = options;
  if (options.sparsity !== undefined) fraction({ sparsity: options.sparsity });
  const kernels = kernelsOf(model, options.layers);
  const masks = kernels.map(({ variable }) => new Uint8Array(variable.size).fill(1));
  // Variables, so that a compiled step sees new masks.
  const held = tf.tidy(() => kernels.map(({ variable }) => tf.variable(tf.ones(variable.shape), false)));

  function set(next: readonly Uint8Array[]): void {
    tf.tidy(() => next.forEach((mask, at) => {
      masks[at]!.set(mask);
      held[at]!.assign(tf.tensor(Float32Array.from(mask), kernels[at]!.variable.shape));
      const { variable } = kernels[at]!;
      variable.assign(tf.mul(variable, held[at]!));
    }));
  }
  const to = (sparsity: number): void => set(scope === "layer" ? kernels.map(({ variable }) => magnitudeMask(variable.dataSync<"float32">(), { sparsity }).mask) : globalMasks(kernels, fraction({ sparsity })));
  if (nOfM) set(kernels.map(({ name, variable }) => named(name, () => nOfMMask(variable.dataSync<"float32">(), { keep: nOfM[0], m: nOfM[1], lastAxis: variable.shape.at(-1)! }).mask)));
  else to(schedule ? polynomialSparsity(0, schedule) : options.sparsity!);

  const rows = (): PrunedLayer[] => kernels.map(({ name }, at) => {
    const zeros = masks[at]!.reduce((count, one) => count + 1 - one, 0);
    return { name, weights: masks[at]!.length, zeros, sparsity: zeros / masks[at]!.length };
  });
  const result: Pruning = {
    get sparsity() {
      const all = rows();
      return all.reduce((sum, { zeros }) => sum + zeros, 0) / all.reduce((sum, { weights }) => sum + weights, 0);
    },
    get layers() {
      return Object.freeze(rows());
    },
    get masks() {
      return Object.freeze(Object.fromEntries(kernels.map(({ name }, at) => [name, masks[at]!.slice()])));
    },
    optimizer: (inner) => holdZeros(inner, kernels.map(({ variable }, at) => [variable, held[at]!])),
    onEpoch: (epoch) => {
      if (schedule) to(polynomialSparsity(epoch, schedule));
    },
    prune: to,
    dispose: () => tf.dispose(held),
  };
  return showAs(result, rows, () => say(`${(100 * result.sparsity).toFixed(1)} % of the weights are 0`, `${(100 * result.sparsity).toFixed(1)}% 的权重为 0`));
}

function globalMasks(kernels: readonly NamedVariable[], sparsity: number): Uint8Array[] {
  const all = kernels.map(({ variable }) => variable.dataSync<"float32">());
  const total = all.reduce((sum, { length }) => sum + length, 0);
  const joined = new Float32Array(total);
  const starts: number[] = [];
  let at = 0;
  for (const values of all) {
    starts.push(at);
    joined.set(values, at);
    at += values.length;
  }
  const mask = maskOfSmallest(joined, toPrune(total, sparsity));
  return all.map(({ length }, layer) => mask.slice(starts[layer], starts[layer]! + length));
}

/** Errors of one weight, with its name before. */
function named<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new RangeError(`${name}: ${(error as Error).message}`);
  }
}
