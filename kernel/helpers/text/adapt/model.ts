import * as tf from "@tensorflow/tfjs";
import { additionOf } from "../model/linear.js";
import { countValues, loadWeights, saveWeights, type SavedWeights } from "../model/weights.js";
import type { Adapter } from "./adapter.js";
import { freeze, multiplyThroughLinear } from "./dense-layer.js";
import { chosen, matches, weightsOf, type AdaptableModel, type DenseWeight, type Targets } from "./targets.js";

/** A model whose weights stay as they are, with adapters that are trained instead. `nn.fit` takes it. */
export interface LowRankModel {
  predict(x: tf.Tensor, training?: boolean): tf.Tensor;
  /** What is trained: the adapters' parts and what `alsoTrain` names. */
  readonly variables: tf.Variable[];
  readonly adapters: readonly { readonly name: string; readonly parts: Readonly<Record<string, tf.Variable>> }[];
  /** Values that are trained, all values of the model with its adapters, and the share. */
  readonly counts: { readonly trainable: number; readonly total: number; readonly share: number };
  readonly merged: boolean;
  /** Add the changes to the weights: the model is then as fast as before. */
  merge(): void;
  /** The weights are as before `merge`, bit by bit. */
  unmerge(): void;
  /** The adapters, and what `alsoTrain` names, as plain data: small. */
  save(): SavedWeights;
  /** @throws `unknown weight: x`; another shape; nothing is changed then */
  load(saved: SavedWeights): void;
  /** Take the adapters away and free them; the model is as before, or stays merged. */
  remove(): void;
}

export interface Adapted {
  model: LowRankModel;
  adapters: Adapter[];
}

/** What LoRA and AdaLoRA have in common. */
export function adapt(model: AdaptableModel, { targets, alsoTrain }: { targets: Targets | undefined; alsoTrain: Targets | undefined }, make: (weight: DenseWeight) => Adapter): Adapted {
  const { all, dense, usual, predict } = weightsOf(model);
  if (dense.length === 0) throw new RangeError("expected a model with a dense weight, got none");
  const weights = chosen(dense, targets ?? usual, "targets");
  for (const { name, kernel } of weights) if (additionOf(kernel)) throw new RangeError(`expected weights without adapters, got one on ${name}: remove() it, or merge() and remove() it`);
  const also = alsoTrain === undefined ? [] : chosen([...all].map(([name, variable]) => ({ name, variable })), alsoTrain, "alsoTrain").filter(({ variable }) => !weights.some(({ kernel }) => kernel === variable));
  const adapters = weights.map(make);
  const undo = weights.flatMap(({ layer }) => (layer ? [multiplyThroughLinear(layer)] : []));
  if (!("variables" in model)) undo.push(freeze(model, (layer) => alsoTrain !== undefined && layer.weights.some(({ name }) => matches(alsoTrain, name.replaceAll("/", ".")))));

  const trained: Record<string, tf.Variable> = Object.fromEntries([
    ...adapters.flatMap(({ name, parts }) => Object.entries(parts).map(([part, variable]) => [`${name}.${part}`, variable] as const)),
    ...also.map(({ name, variable }) => [name, variable] as const),
  ]);
  const variables = Object.values(trained);
  const trainable = countValues(variables);
  const total = countValues(all.values()) + countValues(adapters.flatMap(({ parts }) => Object.values(parts)));
  let merged = false;
  let checked = false;
  let gone = false;
  const alive = (): void => {
    if (gone) throw new Error("expected adapters, got a model whose adapters were removed");
  };
  const self: LowRankModel = {
    variables, adapters: adapters.map(({ name, parts }) => ({ name, parts })), counts: Object.freeze({ trainable, total, share: trainable / total }),
    get merged() {
      return merged;
    },
    predict(x, training = false) {
      alive();
      const answer = predict(x, training);
      if (!checked) {
        const missed = adapters.find(({ reached }) => !reached());
        if (missed) {
          answer.dispose();
          throw new Error(`expected the model to multiply by ${missed.name} through text.linear, got a forward pass that did not`);
        }
        checked = true;
      }
      return answer;
    },
    merge() {
      alive();
      if (!merged) for (const adapter of adapters) adapter.merge();
      merged = true;
    },
    unmerge() {
      alive();
      for (const adapter of adapters) adapter.unmerge();
      merged = false;
    },
    save: () => saveWeights(trained),
    load(saved) {
      alive();
      if (merged) throw new Error("expected adapters that are not merged, got merged ones: unmerge() first");
      loadWeights(trained, saved);
    },
    remove() {
      if (gone) return;
      gone = true;
      for (const one of undo) one();
      for (const adapter of adapters) adapter.detach();
    },
  };
  return { model: self, adapters };
}
