import { weightOf, type ChainLayer, type ChainWeight, type GraphLayer } from "../model/chain.js";

/** A layer of the folded network: `inputs` are places in the folded list, `at` is where in the first list its answer stood. */
export type Folded = GraphLayer & { readonly at: number };

const foldable: Readonly<Record<string, string>> = { Dense: "kernel", Conv2D: "kernel", DepthwiseConv2D: "depthwise_kernel" };

/**
 * Batch normalisation behind a linear layer is a scale and a shift of its channels: they move into its kernel and bias, and the layer is gone. Activations of their own move into the
 * layer before as well. Layers that do nothing at inference (dropout, noise) go.
 */
export function foldNormalisation(graph: readonly GraphLayer[]): Folded[] {
  const folded: Folded[] = [];
  const readers = graph.map((_, at) => graph.filter(({ inputs }) => inputs.includes(at)).length);
  // Where in the folded list the answer of each layer stands; -1 is the input.
  const places: number[] = [];
  graph.forEach((layer, at) => {
    const inputs = layer.inputs.map((input) => (input === -1 ? -1 : places[input]!));
    const place = inputs[0]!;
    const before = layer.inputs.length === 1 ? folded[place] : undefined;
    // Others may read what stands before: then it must stay as it is.
    const alone = before && readers[layer.inputs[0]!] === 1 && foldable[before.className] !== undefined && isLinear(before);
    const activation = activationLayer(layer);
    places[at] = place;
    if (["Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout"].includes(layer.className)) return;
    if (alone && layer.className === "BatchNormalization") folded[place] = { ...fold(before, layer), inputs: before.inputs, at };
    else if (alone && activation) folded[place] = { ...before, config: { ...before.config, activation }, at };
    else places[at] = folded.push({ ...layer, inputs, at }) - 1;
  });
  return folded;
}

export const isLinear = ({ config }: Pick<ChainLayer, "config">): boolean => activationOf(config) === "linear";

/** What an activation layer does, if it is one that can move into the layer before. */
export function activationLayer({ className, config }: Pick<ChainLayer, "className" | "config">): string | undefined {
  if (className === "Activation") return activationOf(config);
  if (className === "Softmax") return "softmax";
  if (className !== "ReLU") return undefined;
  const most = config["max_value"] as number | null | undefined;
  return most === undefined || most === null ? "relu" : most === 6 ? "relu6" : undefined;
}

/** The activation's name, however the config writes it. */
export function activationOf(config: Readonly<Record<string, unknown>>): string {
  const given = config["activation"] as string | { class_name?: string } | undefined;
  return typeof given === "string" ? given : (given?.class_name ?? "linear");
}

function fold(layer: ChainLayer, norm: ChainLayer): ChainLayer {
  const channels = layer.outputShape.at(-1)!;
  const read = (name: string, other: number) => weightOf(norm, name)?.values ?? new Float32Array(channels).fill(other);
  const [gamma, beta, mean, variance] = [read("gamma", 1), read("beta", 0), read("moving_mean", 0), read("moving_variance", 1)];
  const epsilon = norm.config["epsilon"] as number;
  const factor = Float64Array.from(gamma, (value, channel) => value / Math.sqrt(variance[channel]! + epsilon));
  const kernel = weightOf(layer, foldable[layer.className]!)!;
  const bias = weightOf(layer, "bias")?.values ?? new Float32Array(channels);
  // The channels of every kernel here are its last axes, fastest.
  const scaled: ChainWeight = { ...kernel, values: kernel.values.map((value, i) => value * factor[i % channels]!) };
  const shifted: ChainWeight = { name: "bias", shape: [channels], values: bias.map((value, channel) => beta[channel]! + (value - mean[channel]!) * factor[channel]!) };
  return { ...layer, config: { ...layer.config, use_bias: true }, weights: [scaled, shifted] };
}
