import type { DataType, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { join } from "node:path";
import { packageFolder, requireHere } from "../project.js";
import type { NodeBackend } from "./contract.js";
import { withUndo } from "./unwind.js";

type Shape = number[];
type Core = Record<string, (...args: never[]) => unknown>;

/**
 * While a step is recorded, unseeded randomness is drawn by TensorFlow itself, so that the graph draws anew at every call; tfjs draws in
 * JavaScript, which a graph would freeze. With a seed tfjs gives the same numbers at every call, so there the constant is right.
 */
export function randomOps<T>(tf: TensorFlowJs, backend: NodeBackend, work: () => T): T {
  // By its file: in a notebook the package's name means the union package, whose exports are fixed.
  const core = requireHere(join(packageFolder("@tensorflow/tfjs-core"), "dist/tf-core.node.js")) as Core;
  const before = { randomNormal: core["randomNormal"], randomUniform: core["randomUniform"], truncatedNormal: core["truncatedNormal"], dropout: core["dropout"] };
  const draw = (op: string, shape: Shape, attrs: object[] = [], inputs: Tensor[] = []): Tensor => {
    const { binding } = backend;
    const type = (name: string, value: unknown) => ({ name, type: binding["TF_ATTR_TYPE"], value });
    const integer = (name: string) => ({ name, type: binding["TF_ATTR_INT"], value: 0 });
    return tf.tidy(() => {
      const size = tf.tensor1d(shape, "int32");
      const run = backend as unknown as { executeSingleOutput(op: string, attrs: object[], inputs: Tensor[]): Tensor };
      return run.executeSingleOutput(op, [integer("seed"), integer("seed2"), type("T", binding["TF_INT32"]), ...attrs], [size, ...inputs]);
    });
  };
  const float = (op: string, shape: Shape) => draw(op, shape, [{ name: "dtype", type: backend.binding["TF_ATTR_TYPE"], value: backend.binding["TF_FLOAT"] }]);
  const scaled = (unit: Tensor, by: number, plus: number): Tensor => tf.add(by === 1 ? unit : tf.mul(unit, by), plus);

  const randomNormal = (shape: Shape, mean = 0, stdDev = 1, dtype?: DataType, seed?: number): Tensor =>
    seed || (dtype && dtype !== "float32") ? call(before.randomNormal, shape, mean, stdDev, dtype, seed) : tf.tidy(() => scaled(float("RandomStandardNormal", shape), stdDev, mean));
  const truncatedNormal = (shape: Shape, mean = 0, stdDev = 1, dtype?: DataType, seed?: number): Tensor =>
    seed || (dtype && dtype !== "float32") ? call(before.truncatedNormal, shape, mean, stdDev, dtype, seed) : tf.tidy(() => scaled(float("TruncatedNormal", shape), stdDev, mean));
  const randomUniform = (shape: Shape, low = 0, high = 1, dtype: DataType = "float32", seed?: number | string): Tensor => {
    if (seed || (dtype !== "float32" && dtype !== "int32")) return call(before.randomUniform, shape, low, high, dtype, seed);
    return tf.tidy(() => {
      const values = scaled(float("RandomUniform", shape), high - low, low);
      return dtype === "int32" ? tf.cast(values, "int32") : values;
    });
  };
  const dropout = (x: Tensor, rate: number, noiseShape?: Shape, seed?: number | string): Tensor => {
    if (seed || !(rate > 0 && rate < 1)) return call(before.dropout, x, rate, noiseShape, seed);
    const shape = noiseShape?.map((size, axis) => size ?? x.shape[axis]!) ?? x.shape;
    return tf.tidy(() => tf.mul(x, tf.div(tf.floor(tf.add(randomUniform(shape), 1 - rate)), 1 - rate)));
  };
  return withUndo(() => Object.assign(core, before), () => {
    Object.assign(core, { randomNormal, truncatedNormal, randomUniform, dropout });
    return work();
  });
}

const call = (original: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): Tensor => (original as unknown as (...args: unknown[]) => Tensor)(...args);
