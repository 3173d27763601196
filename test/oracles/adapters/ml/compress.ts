import * as tf from "@tensorflow/tfjs";
import * as compress from "../../../../kernel/helpers/compress/index.js";
import { distillationParts } from "../../../../kernel/helpers/compress/distil/loss.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import type { OracleCase } from "../../contract.js";

type Input = OracleCase["input"];
const flat = (values: unknown): number[] => (values as number[] | number[][]).flat(9) as number[];
const shapeOf = (values: unknown): number[] => (Array.isArray(values) ? [values.length, ...shapeOf(values[0])] : []);
const tensor = (values: unknown) => tf.tensor(flat(values), shapeOf(values), "float32");
const rows = (values: ArrayLike<number>, width: number) => Array.from({ length: values.length / width }, (_, row) => Array.from(values).slice(row * width, (row + 1) * width));

function pruning(input: Input, expected: any): unknown {
  if (input["mode"] === "polynomial-decay") {
    const { initialSparsity, finalSparsity, beginStep, endStep, power, steps } = input as any;
    return { sparsity: steps.map((step: number) => compress.polynomialSparsity(step, { initial: initialSparsity, final: finalSparsity, begin: beginStep, end: endStep, power })) };
  }
  const w = input["w"] as number[][];
  const width = w[0]!.length;
  const { mask, pruned } = input["mode"] === "n-of-m" ? compress.nOfMMask(flat(w), { keep: input["keep"] as number, m: input["m"] as number, lastAxis: width }) : compress.magnitudeMask(flat(w), { sparsity: input["sparsity"] as number });
  if (input["prunedCount"] !== undefined && pruned !== input["prunedCount"]) throw new Error(`pruned ${pruned} of ${String(input["prunedCount"])}`);
  return { mask: rows(mask, width), pruned: expected.pruned && rows(flat(w).map((value, at) => value * mask[at]!), width) };
}

async function integers(input: Input): Promise<unknown> {
  const { data, example, conv, depthwise, dense } = input as any;
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: shapeOf(data).slice(1) as [number, number, number], filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
    tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same", activation: "relu" }),
    tf.layers.flatten(), tf.layers.dense({ units: 3 }),
  ] });
  tf.tidy(() => model.setWeights([...conv, ...depthwise, ...dense].map(tensor)));
  const x = tensor(data);
  const one = tf.slice(x, example, 1);
  const small = compress.quantiseModel(model, x);
  const [start, first, second, , last] = small.integers(one);
  const computing = small.layers.filter(({ className }) => className !== "Flatten");
  const answer = small.predict(one);
  const result = { scales: computing.map(({ scale }) => scale), zeroPoints: computing.map(({ zeroPoint }) => zeroPoint), input: start!.values, conv: first!.values, depthwise: second!.values, dense: last!.values, output: Array.from(answer.dataSync()) };
  model.dispose();
  tf.dispose([x, one, answer]);
  return result;
}

async function modelCost(): Promise<unknown> {
  const model = vision.mobileNetV2();
  const { parameters, macs } = compress.modelCost(model);
  const trained = model.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce((a: number, b) => a * b!, 1), 0);
  model.dispose();
  return { trained, parameters, macs };
}

export const answers: Record<string, (input: Input, expected: any) => unknown> = {
  pruning,
  int8: (input) => {
    const w = input["w"] as number[][];
    const small = compress.quantise(flat(w), { mode: input["mode"] as "affine", shape: shapeOf(w), axis: input["axis"] as number | null });
    const back = Float64Array.from(small.values, (q, at) => small.scale[small.axis === null ? 0 : at % w[0]!.length]! * (q - small.zeroPoint[small.axis === null ? 0 : at % w[0]!.length]!));
    const rounded = compress.dequantise(small);
    if (back.some((value, at) => Math.fround(value) !== rounded[at])) throw new Error("dequantise differs from its definition");
    return { scale: small.scale, zeroPoint: small.zeroPoint, quantised: rows(small.values, w[0]!.length), dequantised: rows(back, w[0]!.length), maxAbsError: Math.max(...flat(w).map((value, at) => Math.abs(value - back[at]!))) };
  },
  // In 32 bits: near the expected to six digits counts as equal.
  distillation: (input, expected) => tf.tidy(() => {
    const [student, teacher] = [tensor(input["student"]), tensor(input["teacher"])];
    const y = tf.tensor1d(input["y"] as number[], "int32");
    const options = { temperature: input["temperature"] as number, alpha: input["alpha"] as number };
    const { soft, hard } = distillationParts(student, teacher, y, options);
    const { value, grad } = tf.valueAndGrad((logits: tf.Tensor) => compress.distillationLoss(logits, teacher, y, options))(student);
    const near = (got: any, want: any): any => (Array.isArray(want) ? want.map((one, at) => near(got[at], one)) : Math.abs(got - want) <= 1e-6 + 1e-6 * Math.abs(want) ? want : got);
    return near2(near, { softLoss: soft.dataSync()[0]!, hardLoss: hard.dataSync()[0]!, loss: value.dataSync()[0]!, gradStudent: grad.arraySync() }, expected) as never;
  }),
  "int8-inference": integers,
  "fake-quantise": (input) => tf.tidy(() => {
    const { x, upstream, mode, bits, range, axis } = input as any;
    const options = { mode, bits, ...(axis !== undefined && { axis }), ...(range && { range: [tf.scalar(range[0]), tf.scalar(range[1])] as const }) };
    const { value: _, grad } = tf.valueAndGrad((given: tf.Tensor) => tf.sum(tf.mul(compress.fakeQuantise(given, options), tensor(upstream))))(tensor(x));
    return { y: compress.fakeQuantise(tensor(x), options).arraySync(), gradient: grad.arraySync() };
  }),
  filters: async (input) => {
    const kernel = input["kernel"];
    const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [5, 5, 3], filters: 8, kernelSize: 3, useBias: false }), tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 2 })] });
    tf.tidy(() => model.layers[0]!.setWeights([tensor(kernel)]));
    const smaller = await compress.removeChannels(model, { fraction: input["fraction"] as number, by: input["by"] as "l1" });
    model.dispose();
    smaller.model.dispose();
    return { kept: smaller.layers[0]!.kept };
  },
  "global-pruning": (input) => {
    const variables = (input["weights"] as number[][][]).map((w) => tf.tidy(() => tf.variable(tensor(w))));
    const result = compress.prune({ predict: (x: tf.Tensor) => x, variables }, { sparsity: input["sparsity"] as number });
    const masks = Object.values(result.masks).map((mask) => Array.from(mask));
    result.dispose();
    tf.dispose(variables);
    return { masks };
  },
  "weight-clusters": (input) => compress.codebook(input["weights"] as number[], { clusters: input["clusters"] as number }),
  "low-rank": (input) => {
    const matrix = input["matrix"] as number[][];
    const { rank, left, right, singularValues, energy } = compress.factorise(matrix, { rank: input["rank"] as number });
    const columns = matrix[0]!.length;
    const product = matrix.map((_, row) => Array.from({ length: columns }, (_column, column) => Array.from({ length: rank }, (_k, k) => left[row * rank + k]! * right[k * columns + column]!).reduce((a, b) => a + b, 0)));
    return { singularValues, product, energy };
  },
  "layer-cost": (input) => compress.layerCost(input["work"] as compress.LayerWork),
  "model-cost": modelCost,
};

function near2(near: (got: any, want: any) => any, got: Record<string, unknown>, want: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(got).map(([name, value]) => [name, near(value, want[name])]));
}
