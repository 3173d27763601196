import type * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, oneOf } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { buildChain, readChain, type ChainLayer, type NewLayer } from "../model/chain.js";
import { followChannels, score, type Producer, producerOf } from "./follow.js";

export interface ChannelOptions {
  /** Part of the channels (filters, units) that goes, from 0 to below 1. */
  fraction: number;
  /** How a channel is judged: the sum of magnitudes ("l1", default), the norm ("l2") of its weights, or the scale of the batch normalisation behind it ("scale"). */
  by?: "l1" | "l2" | "scale";
  /** "layer": this part of each layer. "global": judged over all layers, each score divided by the mean of its layer. At least one channel stays. Default "layer". */
  scope?: "layer" | "global";
  /** Only these layers, by name. Default: all dense and convolution layers but the last. */
  layers?: readonly string[];
}

export interface NarrowedLayer {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** Indices of the channels that stayed, ascending. */
  readonly kept: readonly number[];
}

export interface Narrowed {
  /** A new, smaller model. The old one stays as it is. */
  readonly model: tf.Sequential;
  readonly parametersBefore: number;
  readonly parametersAfter: number;
  readonly layers: readonly NarrowedLayer[];
}

/**
 * Removes the least important channels (filters of convolutions, units of dense layers) together with everything that read them, and gives a smaller model: fewer parameters, fewer
 * operations, no special hardware. Train it on for a while afterwards. For chains of layers; with branches (a sum of two paths) both would have to lose the same channels, and that is refused.
 *
 * @throws `expected fraction from 0 to below 1, got 1`; `expected a chain of layers, got add_1 (Add) with 2 inputs`; `unsupported layer: lstm_1 (LSTM)`: its channels cannot be followed; `expected a batch normalisation after conv2d_1`
 * @see Li et al. (2017), "Pruning filters for efficient ConvNets"; Liu et al. (2017), "Learning efficient convolutional networks through network slimming", for "scale"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 8, activation: "relu" }), tf.layers.dense({ units: 2 })] });
 * const { parametersBefore, parametersAfter } = await compress.removeChannels(model, { fraction: 0.5 });
 * [parametersBefore, parametersAfter] // [50, 26]
 */
export async function removeChannels(model: tf.LayersModel, options: ChannelOptions): Promise<Narrowed> {
  known(options, ["fraction", "by", "scope", "layers"]);
  const { fraction } = options;
  if (!(fraction >= 0 && fraction < 1)) throw new RangeError(`expected fraction from 0 to below 1, got ${fraction}`);
  const by = oneOf({ by: options.by ?? "l1" }, ["l1", "l2", "scale"]);
  const scope = oneOf({ scope: options.scope ?? "layer" }, ["layer", "global"]);
  const chain = readChain(model);
  const producers = chain.map((layer) => producerOf(layer));
  const last = producers.findLastIndex((producer) => producer !== undefined);
  if (last <= 0) throw new RangeError("expected a model with at least two dense or convolution layers, got fewer: the channels of the last one are the answer");
  for (const name of options.layers ?? []) {
    const at = chain.findIndex((layer) => layer.name === name);
    if (at < 0 || !producers[at]) throw new RangeError(`unknown layer: ${name} (known: ${chain.filter((_, i) => producers[i] && i < last).map((layer) => layer.name).join(", ")})`);
    if (at === last) throw new RangeError(`expected layers before the last, got ${name}: its units are the answer`);
  }
  const cut = producers.map((producer, at) => (producer && at < last && (options.layers?.includes(chain[at]!.name) ?? true) ? producer : undefined));
  const kept = choose(chain, cut, fraction, by, scope);
  const layers = rebuild(chain, kept);
  const smaller = await buildChain(layers, chain[0]!.inputShape);
  const count = (all: readonly Pick<ChainLayer, "weights">[]) => all.reduce((sum, { weights }) => sum + weights.reduce((inner, { values }) => inner + values.length, 0), 0);
  const rows = chain.flatMap(({ name }, at) => (cut[at] ? [Object.freeze({ name, before: cut[at].channels, after: kept[at]!.length, kept: Object.freeze([...kept[at]!]) })] : []));
  const result: Narrowed = { model: smaller, parametersBefore: count(chain), parametersAfter: count(layers), layers: Object.freeze(rows) };
  return showAs(result, () => rows.map(({ name, before, after }) => ({ layer: name, before, after })), () => say(`${result.parametersBefore.toLocaleString("en-US")} parameters became ${result.parametersAfter.toLocaleString("en-US")}`, `参数从 ${result.parametersBefore.toLocaleString("en-US")} 个变为 ${result.parametersAfter.toLocaleString("en-US")} 个`));
}

/** For each layer the channels that stay; undefined where none is removed. */
function choose(chain: readonly ChainLayer[], cut: readonly (Producer | undefined)[], fraction: number, by: "l1" | "l2" | "scale", scope: "layer" | "global"): (number[] | undefined)[] {
  const scores = cut.map((producer, at) => producer && score(chain, at, by));
  const gone = scores.map(() => new Set<number>());
  const remove = (candidates: { at: number; channel: number; value: number }[], count: number) => {
    let left = count;
    for (const { at, channel } of candidates.toSorted((a, b) => a.value - b.value || a.at - b.at || a.channel - b.channel)) {
      if (left === 0) return;
      if (gone[at]!.size + 1 >= scores[at]!.length) continue;
      gone[at]!.add(channel);
      left -= 1;
    }
  };
  const all = scores.map((values, at) => {
    const mean = values ? values.reduce((a, b) => a + b, 0) / values.length || 1 : 1;
    return Array.from(values ?? [], (value, channel) => ({ at, channel, value: value / mean }));
  });
  if (scope === "global") remove(all.flat(), Math.floor(all.flat().length * fraction + 1e-9));
  else for (const candidates of all) remove(candidates, Math.floor(candidates.length * fraction + 1e-9));
  return scores.map((values, at) => values && Array.from(values, (_, channel) => channel).filter((channel) => !gone[at]!.has(channel)));
}

function rebuild(chain: readonly ChainLayer[], kept: readonly (readonly number[] | undefined)[]): NewLayer[] {
  // Which places of the last axis that reach a layer still exist; undefined: all.
  let alive: readonly number[] | undefined;
  return chain.map((layer, at) => {
    const { built, leaves } = followChannels(layer, alive, kept[at]);
    alive = leaves;
    return built;
  });
}
