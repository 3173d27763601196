import type { LayersModel, SymbolicTensor, Tensor, Variable } from "@tensorflow/tfjs";
import type { Tape } from "../tape.js";
import { activationName, known, type AnyLayer } from "./known.js";
import type { Parameter } from "./network.js";
import { refuse } from "./refuse.js";

interface Container {
  inputs: SymbolicTensor[];
  outputs: SymbolicTensor[];
  layers: AnyLayer[];
}

export interface Walk {
  forward: { run(tape: Tape, x: readonly Tensor[]): Tensor; logits: boolean };
  /** Layers without a formula, and why. */
  unknown: readonly string[];
  parameters: Parameter[];
}

const isContainer = (layer: unknown): layer is Container => Array.isArray((layer as Container).layers) && Array.isArray((layer as Container).outputs);

/**
 * A tf.LayersModel as a function that runs each layer through the tape. Layers that mix examples are refused.
 * @param lastActivation left away at the end, because the loss contains it
 */
export function walk(model: LayersModel, lastActivation: string | undefined): Walk {
  const container = model as unknown as Container;
  if (container.outputs?.length !== 1) throw new TypeError(`expected a built model with one output, got ${container.outputs?.length ?? 0}`);
  const layers = flatten(container);
  layers.forEach(refuse);
  const unknown = [...new Set(layers.flatMap((layer) => {
    const handler = known.get(layer.getClassName());
    const reason = handler ? handler.not?.(layer) : "no formula for it";
    return reason ? [`${layer.name} (${layer.getClassName()}: ${reason})`] : [];
  }))];
  const last = container.outputs[0]!.sourceLayer as unknown as AnyLayer;
  const logits = lastActivation !== undefined && known.get(last.getClassName())?.peels === true && activationName(last) === lastActivation;
  return {
    forward: { logits, run: (tape, x) => evaluate(tape, container, x, logits ? last : undefined) },
    unknown, parameters: parametersOf(layers),
  };
}

function flatten(container: Container): AnyLayer[] {
  return container.layers.flatMap((layer) => (isContainer(layer) ? flatten(layer) : [layer]));
}

/** In the layers' order; a layer used twice has its parameters once. */
function parametersOf(layers: readonly AnyLayer[]): Parameter[] {
  const parameters = new Map<Variable, Parameter>();
  for (const layer of new Set(layers)) {
    for (const weight of layer.trainableWeights) {
      const variable = weight.read() as Variable;
      parameters.set(variable, { name: weight.name, layer: layer.name, variable });
    }
  }
  return [...parameters.values()];
}

/** The tensors of a graph of layers, each worked out once. */
function evaluate(tape: Tape, container: Container, x: readonly Tensor[], linear: AnyLayer | undefined): Tensor {
  const { inputs, outputs } = container;
  if (x.length !== inputs.length) throw new RangeError(`expected ${inputs.length} inputs, got ${x.length}`);
  const values = new Map<number, Tensor>(inputs.map((symbol, at) => [symbol.id, x[at]!]));
  const valueOf = (symbol: SymbolicTensor): Tensor => {
    const found = values.get(symbol.id);
    if (found) return found;
    const layer = symbol.sourceLayer as unknown as AnyLayer;
    const node = layer.inboundNodes[symbol.nodeIndex]!;
    const given = node.inputTensors.map(valueOf);
    const value = isContainer(layer) ? evaluate(tape, layer, given, undefined) : known.get(layer.getClassName())!.run(tape, layer, given, layer === linear);
    values.set(symbol.id, value);
    return value;
  };
  return valueOf(outputs[0]!);
}
