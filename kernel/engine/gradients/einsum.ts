import type { Tensor } from "@tensorflow/tfjs";
import { readEquation } from "../compose/einsum.js";
import type { TensorFlowJs } from "../contract.js";

/** The gradient of `tf.einsum`: again an einsum, of the output's gradient and the other operand. */
export function addEinsumGradient(tf: TensorFlowJs): void {
  tf.registerGradient({
    kernelName: "Einsum",
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const { terms, output } = readEquation((attrs as unknown as { equation: string }).equation);
      const gradients = saved.map((operand, index) => () => operandGradient(tf, dy as Tensor, output, operand, terms[index]!, terms[1 - index], saved[1 - index]));
      return gradients as never;
    },
  });
}

function operandGradient(tf: TensorFlowJs, dy: Tensor, output: string, operand: Tensor, term: string, otherTerm?: string, other?: Tensor): Tensor {
  // A label that only this operand has was summed away: every place along it gets the same gradient.
  const known = [...term].filter((label) => output.includes(label) || otherTerm?.includes(label)).join("");
  const partial = other === undefined ? reorder(tf, dy, output, known) : tf.einsum(`${output},${otherTerm}->${known}`, dy, other);
  if (known === term) return partial;
  const shape = [...term].map((label, axis) => (known.includes(label) ? operand.shape[axis]! : 1));
  return tf.broadcastTo(tf.reshape(partial, shape), operand.shape as [number]);
}

function reorder(tf: TensorFlowJs, x: Tensor, from: string, to: string): Tensor {
  return from === to ? x : tf.transpose(x, [...to].map((label) => from.indexOf(label)));
}
