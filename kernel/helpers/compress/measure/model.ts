import type * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, shown } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { nodesIn, shapeOfNode, type LayerNode } from "../model/nodes.js";
import { workOf, type Use } from "./layer.js";

export interface LayerCostRow {
  readonly name: string;
  readonly type: string;
  readonly output: string;
  readonly parameters: number;
  readonly macs: number;
  readonly flops: number;
}

export interface ModelCost {
  readonly parameters: number;
  readonly macs: number;
  readonly flops: number;
  readonly layers: readonly LayerCostRow[];
}

export interface ModelCostOptions {
  /** Operations of layers of your own, by class name, for one example: `{ MyLayer: (layer, { input, output }) => ({ macs, other }) }`. */
  custom?: Readonly<Record<string, (layer: tf.layers.Layer, use: Use) => { macs: number; other?: number }>>;
  /** Sizes where the model leaves them open (length of a text), by input: `[[128]]`. */
  inputShape?: readonly number[];
}

/**
 * Parameters, multiply-accumulates and floating-point operations of a model, layer by layer, for one example at inference. `flops = 2 macs + the rest` (biases, normalisation, pooling, activations: one a value); formulas: `layerCost`.
 * A layer that is used several times is counted in operations each time, in parameters once.
 *
 * @throws `unsupported layer: mine (MyLayer): say what it costs in custom`; `expected a model whose sizes are known, got [null, 16] of lstm_1: give inputShape`
 * @example
 * const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ units: 10 })] });
 * compress.modelCost(model) // { parameters: 54170, macs: 102752, flops: 210922 }
 */
export function modelCost(model: tf.LayersModel, options: ModelCostOptions = {}): ModelCost {
  known(options, ["custom", "inputShape"]);
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}: of other models only the variables are known (modelSize)`);
  const seen = new Set<unknown>();
  const shapes = options.inputShape && shapesFor(model, options.inputShape);
  const rows = rowsOf(model, seen, options.custom ?? {}, shapes);
  const sum = (name: "parameters" | "macs" | "flops") => rows.reduce((total, row) => total + row[name], 0);
  const result: ModelCost = { parameters: sum("parameters"), macs: sum("macs"), flops: sum("flops"), layers: Object.freeze(rows) };
  return showAs(result, () => rows, () => say(`${result.parameters.toLocaleString("en-US")} parameters, ${result.macs.toLocaleString("en-US")} multiply-accumulates, ${result.flops.toLocaleString("en-US")} floating-point operations an example`, `每个样本 ${result.parameters.toLocaleString("en-US")} 个参数，${result.macs.toLocaleString("en-US")} 次乘加，${result.flops.toLocaleString("en-US")} 次浮点运算`));
}

function rowsOf(model: tf.LayersModel, seen: Set<unknown>, custom: NonNullable<ModelCostOptions["custom"]>, shapes?: ReadonlyMap<unknown, Use>): LayerCostRow[] {
  return model.layers.flatMap((layer): LayerCostRow[] => {
    const type = layer.getClassName();
    if (type === "InputLayer") return [];
    const nodes = nodesIn(model, layer);
    if ("layers" in layer) return nodes.flatMap(() => rowsOf(layer as unknown as tf.LayersModel, seen, custom));
    // Not the layer: two layers may hold one weight.
    const fresh = layer.weights.filter((weight) => !seen.has(weight));
    fresh.forEach((weight) => seen.add(weight));
    const parameters = fresh.reduce((sum, { shape }) => sum + shape.reduce((a: number, b) => a * b!, 1), 0);
    const uses = nodes.map((node) => shapes?.get(node) ?? { input: single(node.inputShapes, layer.name), output: single(node.outputShapes, layer.name) });
    const works = uses.map((use) => {
      const own = custom[type]?.(layer, use);
      const work = own ? { other: 0, ...own } : workOf(layer, use);
      if (!work) throw new RangeError(`unsupported layer: ${layer.name} (${type}): say what it costs in custom`);
      return work;
    });
    const macs = works.reduce((sum, work) => sum + work.macs, 0);
    return [Object.freeze({ name: layer.name, type, output: (uses[0]?.output ?? []).join(" x "), parameters, macs, flops: works.reduce((sum, { other }) => sum + other, 2 * macs) })];
  });
}

/** The first of several inputs or outputs, without the rows. */
function single(shapes: LayerNode["inputShapes"], name: string): number[] {
  const own = shapeOfNode(shapes);
  if (own.some((size) => size === null || size === undefined)) throw new RangeError(`expected a model whose sizes are known, got [${own.map((size) => size ?? "null").join(", ")}] of ${name}: give inputShape`);
  return [...own] as number[];
}

/** Shapes of a chain when its open input has this size. */
function shapesFor(model: tf.LayersModel, inputShape: readonly number[]): Map<unknown, Use> {
  const uses = new Map<unknown, Use>();
  let shape: number[] = [1, ...inputShape];
  for (const layer of model.layers) {
    if (layer.getClassName() === "InputLayer") continue;
    const [node] = nodesIn(model, layer);
    const next = layer.computeOutputShape(shape) as (number | null)[] | (number | null)[][];
    const output = (Array.isArray(next[0]) ? next[0] : next) as number[];
    uses.set(node, { input: shape.slice(1), output: output.slice(1) });
    shape = output;
  }
  return uses;
}
