import type { DecodedTensor } from "./contract.js";

/**
 * A tensor to hand to a learner's function: `student.call("fit", [askTensor([1, 2], [2, 1])])` reaches them as a real float32 tensor.
 *
 * @param values row-major, as many as the shape says.
 * @throws `expected 6 values for shape [2,3], got 5`.
 * @example askTensor([1, 2, 3, 4], [2, 2]).shape // [2, 2]
 */
export function askTensor(values: readonly number[], shape: readonly number[]): DecodedTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size) throw new RangeError(`expected ${size} values for shape [${shape}], got ${values.length}`);
  const data = Float32Array.from(values);
  // What `encode` knows a tensor by.
  const asked = { kind: "tensor" as const, dtype: "float32" as const, shape: [...shape], values: data, dataSync: () => data };
  return asked;
}
