import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import type { Sparse } from "./normalize.js";

/** What an entry is multiplied by, if not only by its value: a tensor of one number an entry, in the matrix's order. */
export type EntryScale = tf.Tensor;

/**
 * Sparse matrix times dense tensor, differentiable (as often as one likes) in the tensor and in the scale. Only the entries that are not 0 are
 * looked at: rows of x are gathered, multiplied and added up. Inside `compile` the matrix is a constant of the graph.
 *
 * @param a n x m.
 * @param x m x f.
 * @param scale one number an entry of `a`, which it is multiplied by: attention, or a mask on edges.
 * @returns n x f.
 * @throws `expected x with 3 rows like the columns of a, got 2`; `expected scale of 5 numbers, one an entry of a, got 4`.
 * @example
 * const a = graph.normalizedAdjacency(graph.fromEdges([[0, 1], [1, 2]]), { kind: "row", selfLoops: false });
 * graph.multiply(a, tf.tensor2d([[1], [2], [5]])).dataSync() // [2, 3, 2]
 */
export function multiply(a: Sparse, x: tf.Tensor, scale?: EntryScale): tf.Tensor2D {
  if (x.rank !== 2 || x.shape[0] !== a.columns) throw new RangeError(`expected x with ${a.columns} rows like the columns of a, got ${x.rank === 2 ? x.shape[0] : `shape [${x.shape.join(", ")}]`}`);
  if (scale && scale.size !== a.values.length) throw new RangeError(`expected scale of ${a.values.length} numbers, one an entry of a, got ${shown(scale.size)}`);
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const [x, scale] = args as tf.Tensor[];
    save(scale ? [x, scale] : [x]);
    const value = product(a, x, scale);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [x, scale] = saved;
      const dx = multiply(transposed(a), dy, scale && tf.gather(tf.reshape(scale, [-1]), indices(turned(a).order)));
      if (!scale) return [dx];
      const { rowOf, columnOf } = a;
      const inner = tf.sum(tf.mul(tf.gather(dy, indices(rowOf)), tf.gather(x, indices(columnOf))), 1);
      return [dx, tf.reshape(tf.mul(inner, column(a, false)), scale.shape)];
    };
    return { value, gradFunc: gradFunc as never };
  });
  return tf.tidy(() => (scale ? operation(x, scale) : operation(x))) as tf.Tensor2D;
}

function product(a: Sparse, x: tf.Tensor, scale: tf.Tensor | undefined): tf.Tensor {
  const values = scale ? tf.mul(column(a, true), tf.reshape(scale, [-1, 1])) : column(a, true);
  return sumRows(tf.mul(tf.gather(x, indices(a.columnOf)), values), a.rowOf, a.rows);
}

/** Adds up rows of `x` that go to one place: `of[k]` is where row k goes. */
export function sumRows(x: tf.Tensor, of: Int32Array, rows: number): tf.Tensor {
  // The other backends' segment sum compares every row with every place, or reads its indices back.
  if (tf.getBackend() === "tensorflow") return tf.unsortedSegmentSum(x, indices(of) as tf.Tensor1D, rows);
  return tf.scatterND(tf.tensor2d(of, [of.length, 1], "int32"), x, [rows, ...x.shape.slice(1)] as [number, number]);
}

export const indices = (of: Int32Array): tf.Tensor1D => tf.tensor1d(of, "int32");

const column = (a: Sparse, upright: boolean): tf.Tensor => tf.tensor(float32(a), upright ? [a.values.length, 1] : [a.values.length]);

const narrow = new WeakMap<Sparse, Float32Array>();

function float32(a: Sparse): Float32Array {
  let values = narrow.get(a);
  if (!values) narrow.set(a, (values = Float32Array.from(a.values)));
  return values;
}

interface Turned {
  readonly a: Sparse;
  /** Place in the matrix's own order of each entry of the transposed one. */
  readonly order: Int32Array;
}

const turnedOf = new WeakMap<Sparse, Turned>();

/** The transposed matrix, its entries sorted by row, made once. */
function turned(a: Sparse): Turned {
  let result = turnedOf.get(a);
  if (!result) {
    const order = Int32Array.from({ length: a.values.length }, (_, at) => at).sort((s, t) => a.columnOf[s] - a.columnOf[t] || s - t);
    const take = <T extends Int32Array | Float64Array>(list: T): T => order.reduce((out, from, to) => ((out[to] = list[from]), out), list.slice() as T);
    result = { a: { rows: a.columns, columns: a.rows, rowOf: take(a.columnOf), columnOf: take(a.rowOf), values: take(a.values) }, order };
    turnedOf.set(a, result);
  }
  return result;
}

const transposed = (a: Sparse): Sparse => turned(a).a;
