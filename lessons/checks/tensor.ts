import type { DecodedTensor } from "./contract.js";
import { isTensor } from "./describe.js";

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

/** What `reviveTensors` needs of TensorFlow.js. */
interface TensorMaker {
  tensor(values: unknown, shape: number[], dtype: string): unknown;
  complex(real: Float32Array, imaginary: Float32Array): { reshape(shape: number[]): unknown };
}

/** On the learner's side: decoded tensors anywhere in a value become real ones, so that `X.matMul(w)` works in the function that a check calls. */
export function reviveTensors(value: unknown, tf: TensorMaker): unknown {
  if (isTensor(value)) {
    const { dtype, shape, values } = value;
    // A learner may keep or change what arrives: the tensor gets its own copy.
    if (dtype !== "complex64") return tf.tensor(values.slice(), [...shape], dtype);
    const pairs = values as Float32Array;
    return tf.complex(pairs.filter((_, index) => index % 2 === 0), pairs.filter((_, index) => index % 2 === 1)).reshape([...shape]);
  }
  if (Array.isArray(value)) return value.map((item) => reviveTensors(item, tf));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [reviveTensors(key, tf), reviveTensors(item, tf)]));
  if (value instanceof Set) return new Set([...value].map((item) => reviveTensors(item, tf)));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reviveTensors(item, tf)]));
}
