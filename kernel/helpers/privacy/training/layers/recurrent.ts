import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { known } from "../../../arguments.js";
import type { Tape, Use } from "../tape.js";
import { asPositions, dense } from "./dense.js";

export interface RecurrentWeights {
  /** [in, gates * units]; gates in TensorFlow.js's order: lstm i, f, c, o; gru z, r, h. */
  kernel: Variable;
  /** [units, gates * units]. */
  recurrentKernel: Variable;
  bias?: Variable | undefined;
}

type Activation = (x: Tensor) => Tensor;

export interface RecurrentOptions {
  /** The outputs of all steps [B, T, units], not of the last alone [B, units]. Default false. */
  returnSequences?: boolean;
  /** Default tanh. */
  activation?: Activation;
  /** Default sigmoid (layers of TensorFlow.js: hard sigmoid). */
  recurrentActivation?: Activation;
  /** From the last step to the first. Default false. */
  goBackwards?: boolean;
}

/** The recurrent kernel's part at one step: its input is the state. */
const recurrentUse = (variable: Variable, state: Tensor): Use => ({ variable, factor: (gradient) => ({ kind: "outer", left: () => asPositions(state.expandDims(1)), right: gradient.expandDims(1) }) });

/** The same with the gradient of some of the columns. */
const columnsUse = (variable: Variable, state: Tensor, before: number, after: number): Use => ({
  variable, factor: (gradient) => ({ kind: "outer", left: () => state.expandDims(1), right: tf.pad(gradient, [[0, 0], [before, after]]).expandDims(1) }),
});

/** x [B, T, in]: one step after the other from a state of zeros. The input's share is worked out for all steps at once. */
function unroll(tape: Tape, x: Tensor, { kernel, recurrentKernel, bias }: RecurrentWeights, options: RecurrentOptions, step: (input: Tensor, states: Tensor[]) => Tensor[], states: number): Tensor {
  known(options, ["returnSequences", "activation", "recurrentActivation", "goBackwards"]);
  if (x.rank !== 3) throw new RangeError(`expected an input [batch, steps, channels], got shape [${x.shape.join(", ")}]`);
  // A copy: the list itself belongs to the recorded operation.
  const inputs = [...tf.unstack(dense(tape, x, kernel, bias), 1)];
  if (options.goBackwards) inputs.reverse();
  const zero = tf.zeros([x.shape[0]!, recurrentKernel.shape[0]!]);
  let state: Tensor[] = Array.from({ length: states }, () => zero);
  const outputs = inputs.map((input) => (state = step(input, state))[0]!);
  return options.returnSequences ? tf.stack(outputs, 1) : outputs.at(-1)!;
}

/** Hochreiter and Schmidhuber 1997, with a forget gate. */
export function lstm(tape: Tape, x: Tensor, weights: RecurrentWeights, options: RecurrentOptions = {}): Tensor {
  const { activation = tf.tanh, recurrentActivation = tf.sigmoid } = options;
  const { recurrentKernel } = weights;
  return unroll(tape, x, weights, options, (input, [h, c]) => {
    const saved = tape.trains(recurrentKernel) ? tape.keep(h!) : h!;
    const recurrent = tape.tap(tf.matMul(h!, tape.value(recurrentKernel)), [recurrentUse(recurrentKernel, saved)]);
    const [i, f, g, o] = tf.split(input.add(recurrent), 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const cell = recurrentActivation(f).mul(c!).add(recurrentActivation(i).mul(activation(g)));
    return [recurrentActivation(o).mul(activation(cell)), cell];
  }, 2);
}

/** Cho et al. 2014: the reset gate acts before the product (resetAfter false). */
export function gru(tape: Tape, x: Tensor, weights: RecurrentWeights, options: RecurrentOptions = {}): Tensor {
  const { activation = tf.tanh, recurrentActivation = tf.sigmoid } = options;
  const { recurrentKernel } = weights;
  const units = recurrentKernel.shape[0]!;
  return unroll(tape, x, weights, options, (input, [h]) => {
    const keep = (tensor: Tensor) => (tape.trains(recurrentKernel) ? tape.keep(tensor) : tensor);
    const [gates, candidate] = tf.split(tape.value(recurrentKernel), [2 * units, units], 1) as [Tensor, Tensor];
    const recurrent = tape.tap(tf.matMul(h!, gates), [columnsUse(recurrentKernel, keep(h!), 0, units)]);
    const [xz, xr, xh] = tf.split(input, 3, 1) as [Tensor, Tensor, Tensor];
    const [hz, hr] = tf.split(recurrent, 2, 1) as [Tensor, Tensor];
    const z = recurrentActivation(xz.add(hz));
    const reset = recurrentActivation(xr.add(hr)).mul(h!);
    const proposed = activation(xh.add(tape.tap(tf.matMul(reset, candidate), [columnsUse(recurrentKernel, keep(reset), 2 * units, 0)])));
    return [z.mul(h!).add(tf.sub(1, z).mul(proposed))];
  }, 1);
}

/** Elman 1990: activation(x kernel + h recurrentKernel + bias). */
export function simpleRnn(tape: Tape, x: Tensor, weights: RecurrentWeights, options: RecurrentOptions = {}): Tensor {
  const { activation = tf.tanh } = options;
  const { recurrentKernel } = weights;
  return unroll(tape, x, weights, options, (input, [h]) => {
    const saved = tape.trains(recurrentKernel) ? tape.keep(h!) : h!;
    return [activation(input.add(tape.tap(tf.matMul(h!, tape.value(recurrentKernel)), [recurrentUse(recurrentKernel, saved)])))];
  }, 1);
}
