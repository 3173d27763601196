import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D, Variable } from "@tensorflow/tfjs";
import { joined, type Factor } from "./factors.js";

/** What a layer tells of a parameter that it used: its part of each example's gradient, from the gradient at the tap. */
export interface Use {
  readonly variable: Variable;
  factor(gradient: Tensor): Factor;
}

/** What layers compute through: it gives the parameters' values and listens at the layers' outputs. */
export interface Tape {
  /** Layers behave as in training (dropout). */
  readonly training: boolean;
  /** The value to compute with. A parameter used in any other way is refused. */
  value(variable: Variable): Tensor;
  trains(variable: Variable | undefined): variable is Variable;
  /** Is every number in it known to be finite? */
  finite(tensor: Tensor): boolean;
  /** A tensor that is needed after the forward pass. */
  keep(tensor: Tensor): Tensor;
  /** Listen at the output of a layer. Uses of parameters that are not trained are left out. */
  tap(output: Tensor, uses: readonly (Use | undefined | false)[]): Tensor;
}

/** A tape that only computes: for predictions, and for gradients that TensorFlow works out itself. */
export const plainTape = (training: boolean): Tape => ({ training, value: (variable) => variable, trains: (_variable): _variable is Variable => false, keep: (tensor) => tensor, finite: () => false, tap: (output) => output });

/** A parameter and its name in messages. */
export interface Named {
  readonly name: string;
  readonly variable: Variable;
}

/** What comes out of a batch; tensors live until the callback returns. */
export interface Taken {
  readonly losses: Tensor1D;
  /** Every example's gradient, and its shape; in the order of the parameters. */
  readonly factors: readonly Factor[];
  readonly shapes: readonly (readonly number[])[];
}

/** What is read of tfjs's engine beyond its types: the operations recorded so far. */
type Engine = ReturnType<typeof tf.engine> & {
  gradients(f: () => Tensor, xs: Tensor[], dy: Tensor | null, allowNoGradients: boolean): { value: Tensor; grads: (Tensor | undefined)[] };
  state: { activeTape: { kernelName: string; inputs: Record<string, Tensor> }[] };
};

/**
 * Run a batch once forward and once backward to the layers' outputs, never to the parameters, and hand over every example's gradient in parts.
 *
 * @param parameters what is trained
 * @param finite tensors that hold finite numbers only
 * @param losses the loss of each example [B]: example i's must depend on example i alone
 */
export function take<T extends tf.TensorContainer>(parameters: readonly Named[], finite: readonly Tensor[], losses: (tape: Tape) => Tensor, use: (taken: Taken) => T): T {
  const kept: Tensor[] = [];
  const engine = tf.engine() as Engine;
  // Copies (of the handle, not of the data), so that a use of the variable itself can be told from a use through a layer.
  const values = new Map<Variable, Tensor>();
  const taps: Tensor[] = [];
  const uses: { at: number; use: Use }[] = [];
  const variables = parameters.map(({ variable }) => variable);
  const trained = new Set(variables);
  const tape: Tape = {
    training: true,
    value: (variable) => values.get(variable) ?? variable,
    trains: (variable): variable is Variable => variable !== undefined && trained.has(variable),
    finite: (tensor) => finite.includes(tensor),
    keep(tensor) {
      const copy = tf.keep(tensor.clone());
      kept.push(copy);
      return copy;
    },
    tap(output, given) {
      const trainedUses = given.filter((one): one is Use => !!one && trained.has(one.variable));
      if (trainedUses.length === 0) return output;
      // tfjs looks for the inputs of a gradient among the recorded tensors when the forward pass is over: an output can be one.
      taps.push(output);
      for (const one of trainedUses) uses.push({ at: taps.length - 1, use: one });
      return output;
    },
  };
  try {
    return tf.tidy(() => {
      for (const variable of variables) values.set(variable, variable.clone());
      taps.push(tf.scalar(0)); // gradients() wants one before it starts
      const { value, grads } = engine.gradients(() => {
        const result = losses(tape);
        refuseDirectUse(engine, parameters);
        return result;
      }, taps, null, true);
      if (value.rank !== 1) throw new RangeError(`expected one loss for each example, got a tensor of shape [${value.shape.join(", ")}]`);
      const factors = parameters.map(({ name, variable }) => {
        const mine = uses.filter(({ use: { variable: other } }) => other === variable);
        if (mine.length === 0) throw new TypeError(`expected parameter ${name} to be used through the layers, got no use`);
        const given = mine.flatMap(({ at, use: one }) => (grads[at] ? [one.factor(grads[at]!)] : []));
        // The loss does not depend on it.
        return joined(given.length > 0 ? given : [{ kind: "whole", value: tf.zeros([value.shape[0]!, ...variable.shape]) }], variable.shape);
      });
      return use({ losses: value as Tensor1D, factors, shapes: variables.map(({ shape }) => shape) });
    });
  } finally {
    tf.dispose(kept);
  }
}

function refuseDirectUse(engine: Engine, parameters: readonly Named[]): void {
  const names = new Map(parameters.map(({ name, variable }) => [variable.id, name]));
  for (const { kernelName, inputs } of engine.state.activeTape) {
    for (const input of Object.values(inputs)) {
      const name = names.get(input.id);
      if (name !== undefined) throw new TypeError(`expected parameter ${name} to be used through the layers only, got a use in ${kernelName.replace(/_*op$/, "")}`);
    }
  }
}
