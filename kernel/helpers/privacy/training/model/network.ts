import * as tf from "@tensorflow/tfjs";
import type { LayersModel, Tensor, Variable } from "@tensorflow/tfjs";
import { known, shown } from "../../../arguments.js";
import type { Owned } from "../clip.js";
import { layersOf, type Layers } from "../layers/index.js";
import { logitsOf, resolveLoss, type LossName, type PerExampleLoss } from "../losses.js";
import { plainTape, type Tape } from "../tape.js";
import { walk } from "./walk.js";

/** A hand-written network: `privacy.tapped` makes one. */
export interface TappedModel {
  readonly kind: "tapped";
  readonly variables: Readonly<Record<string, Variable>>;
  /** The outputs without training: dropout rests. Not tidied. */
  predict(x: Tensor): Tensor;
  readonly forward: (layers: Layers, x: Tensor) => Tensor;
}

export type Trainable = LayersModel | TappedModel;

/** One input, or several of the same number of examples. */
export type Inputs = Tensor | readonly Tensor[];

export interface Parameter extends Owned {
  readonly variable: Variable;
}

/** A model with its loss, ready for gradients of single examples. */
export interface Network {
  /** What is trained. */
  readonly parameters: readonly Parameter[];
  /** "loop": something in it has no formula here; each example is then run on its own. */
  readonly method: "taps" | "loop";
  /** Its forward pass is the user's own. */
  readonly handWritten: boolean;
  /** The loss of each example [B]. */
  losses(tape: Tape, x: readonly Tensor[], y: Tensor): Tensor;
}

/**
 * A network of your own for private training: its parameters by name, and a forward pass that uses them through the layers it is given.
 * A variable with `trainable` false stays as it is and costs nothing. A layer's parameters share the part of the name before the last dot.
 *
 * @param options.variables all parameters that may be trained, by name
 * @param options.forward (layers, x) to the outputs [B, ...]: batch first; what it does with an example must not depend on the others of the batch
 * @returns a model for `privacy.fit`, `privacy.perExampleNorms` and the like; `predict` runs it
 * @throws `expected parameter w to be used through the layers only, got a use in Mul` at the first gradient
 * @example
 * const kernel = tf.variable(tf.tensor2d([[1], [2]]));
 * const model = privacy.tapped({ variables: { kernel }, forward: (layers, x) => layers.dense(x, kernel) });
 * model.predict(tf.tensor2d([[3, 4]])).dataSync()[0] // 11
 */
export function tapped(options: { variables: Readonly<Record<string, Variable>>; forward: (layers: Layers, x: Tensor) => Tensor }): TappedModel {
  known(options, ["variables", "forward"]);
  const { variables, forward } = options;
  if (typeof forward !== "function") throw new TypeError(`expected forward to be a function, got ${shown(forward)}`);
  for (const [name, variable] of Object.entries(variables)) if (!(variable instanceof tf.Variable)) throw new TypeError(`expected variables.${name} to be a tf.variable, got ${shown(variable)}`);
  return Object.freeze({ kind: "tapped" as const, variables: Object.freeze({ ...variables }), forward, predict: (x: Tensor) => forward(layersOf(plainTape(false)), x) });
}

const isTapped = (model: Trainable): model is TappedModel => (model as TappedModel | null)?.kind === "tapped";

/** @param method default: the taps where the model allows, else the loop, with a warning */
export function networkOf(model: Trainable, loss: LossName | PerExampleLoss, method?: "taps" | "loop"): Network {
  if (isTapped(model)) return ofTapped(model, loss, method ?? "taps");
  if (!(model instanceof tf.LayersModel)) throw new TypeError(`expected a tf.LayersModel or the result of privacy.tapped, got ${shown(model)}`);
  return ofLayers(model, loss, method);
}

function ofTapped(model: TappedModel, loss: LossName | PerExampleLoss, method: "taps" | "loop"): Network {
  const perExample = resolveLoss(loss, true);
  const parameters = Object.entries(model.variables).filter(([, { trainable }]) => trainable)
    .map(([name, variable]) => ({ name, variable, layer: name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : name }));
  return { parameters: some(parameters), method, handWritten: true, losses: (tape, x, y) => perExample(y, model.forward(layersOf(tape), x[0]!)) };
}

function ofLayers(model: LayersModel, loss: LossName | PerExampleLoss, method?: "taps" | "loop"): Network {
  const { forward, unknown, parameters } = walk(model, typeof loss === "string" ? logitsOf[loss] : undefined);
  if (method === undefined && unknown.length > 0) console.warn(`Private training runs the examples one by one, which is exact but slow, because of ${unknown.join(", ")}.`);
  if (method === "taps" && unknown.length > 0) throw new TypeError(`expected layers with a formula for single examples, got ${unknown.join(", ")}`);
  if (method === "loop" || unknown.length > 0) {
    const whole = resolveLoss(loss, false);
    return { parameters: some(parameters), method: "loop", handWritten: false, losses: (tape, x, y) => whole(y, model.apply(x.length === 1 ? x[0]! : [...x], { training: tape.training }) as Tensor) };
  }
  const perExample = resolveLoss(loss, forward.logits);
  return { parameters: some(parameters), method: "taps", handWritten: false, losses: (tape, x, y) => perExample(y, forward.run(tape, x)) };
}

function some(parameters: Parameter[]): Parameter[] {
  if (parameters.length === 0) throw new TypeError("expected a model with something to train, got only frozen parameters");
  return parameters;
}
