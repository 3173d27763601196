import type { Tensor, Tensor3D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** The two sides of `ij,jk->ik`: one string of labels for each operand, and the output's. */
export function readEquation(equation: string): { terms: string[]; output: string } {
  const [left = "", output = ""] = equation.replace(/\s/g, "").split("->");
  return { terms: left.split(","), output };
}

/** Throws tfjs's own words where the equation or the shapes do not fit: no ellipsis, one or two operands, no label twice in one. */
export function checkEquation(tf: TensorFlowJs, equation: string, operands: Tensor[]): void {
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, operands.length);
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, operands);
}

/** Einsum of one or two operands by transposing, reshaping and one batched matrix product. */
export function composeEinsum(tf: TensorFlowJs, equation: string, operands: Tensor[]): Tensor {
  checkEquation(tf, equation, operands);
  const { terms, output } = readEquation(equation);
  const [a, b] = operands as [Tensor, Tensor | undefined];
  if (b === undefined) return arrange(tf, a, terms[0]!, output);

  const [left, right] = terms as [string, string];
  const labels = (keep: (label: string) => boolean) => [...new Set(left + right)].filter(keep).join("");
  const shared = (label: string) => left.includes(label) && right.includes(label);
  const batch = labels((label) => shared(label) && output.includes(label));
  const summed = labels((label) => shared(label) && !output.includes(label));
  const rows = labels((label) => !right.includes(label) && output.includes(label));
  const columns = labels((label) => !left.includes(label) && output.includes(label));

  const size = (names: string) => [...names].reduce((product, label) => product * lengthOf(label, terms, operands), 1);
  const x = tf.reshape(arrange(tf, a, left, batch + rows + summed), [size(batch), size(rows), size(summed)]) as Tensor3D;
  const y = tf.reshape(arrange(tf, b, right, batch + summed + columns), [size(batch), size(summed), size(columns)]) as Tensor3D;
  const shape = [...(batch + rows + columns)].map((label) => lengthOf(label, terms, operands));
  return arrange(tf, tf.reshape(tf.matMul(x, y), shape), batch + rows + columns, output);
}

/** Sums away the labels that `to` lacks, and orders the others as in `to`. */
function arrange(tf: TensorFlowJs, x: Tensor, from: string, to: string): Tensor {
  const gone = [...from].flatMap((label, axis) => (to.includes(label) ? [] : [axis]));
  const kept = [...from].filter((label) => to.includes(label));
  const left = gone.length > 0 ? tf.sum(x, gone) : x;
  const order = [...to].map((label) => kept.indexOf(label));
  return order.every((axis, index) => axis === index) ? left : tf.transpose(left, order);
}

function lengthOf(label: string, terms: string[], operands: Tensor[]): number {
  const index = terms.findIndex((term) => term.includes(label));
  return operands[index]!.shape[terms[index]!.indexOf(label)]!;
}
