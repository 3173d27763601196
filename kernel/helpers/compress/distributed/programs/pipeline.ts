import type * as tf from "@tensorflow/tfjs";
import { buildChain, type NewLayer } from "../../model/chain.js";
import { batchesOf, shareOf } from "../train/batches.js";
import { makeOptimizer, rowsOf } from "../train/engine.js";
import { lossOf, type LossName } from "../train/losses.js";
import type { PackedTensor } from "../train/packed.js";
import type { WorkerContext } from "../worker.js";

export interface PipelineJob {
  readonly layers: readonly NewLayer[];
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Only of the first and the last worker. */
  readonly x?: PackedTensor;
  readonly y?: PackedTensor;
  readonly rows: number;
  readonly batchSize: number;
  readonly microBatches: number;
  readonly epochs: number;
  readonly seed: number;
  readonly loss: LossName;
  readonly optimizer: "sgd" | "momentum" | "adam";
  readonly learningRate: number;
}

export interface PipelineDone {
  readonly losses: number[];
  readonly weights: Float32Array[];
  readonly bytesSent: number;
  readonly seconds: number;
  readonly waited: number;
}

/**
 * One stage: all micro-batches forward, then all backward. Only the inputs of the stage are kept between; its inner activations are computed again on the way back.
 */
export default async function pipeline(worker: WorkerContext, job: PipelineJob): Promise<PipelineDone> {
  const engine = await worker.tf();
  const { rank, size } = worker;
  const [first, last] = [rank === 0, rank === size - 1];
  const model = await buildChain(job.layers, job.inputShape);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = makeOptimizer(engine, job.optimizer, job.learningRate);
  const run = (x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor;
  await worker.barrier();
  const [started, waitedBefore] = [performance.now(), worker.waited];
  const losses: number[] = [];
  for (const batch of batchesOf(job.rows, job.batchSize, job.epochs, job.seed)) {
    const micro = Array.from({ length: job.microBatches }, (_, at) => shareOf(batch, at, job.microBatches)).filter((rows) => rows.length > 0);
    const inputs: tf.Variable[] = [];
    for (const rows of micro) {
      // A variable, so that its gradient is found beside those of the weights.
      const input = first ? engine.tidy(() => engine.variable(engine.cast(rowsOf(engine, job.x!, rows), "float32"))) : await receive(rank - 1, rows.length, job.inputShape);
      inputs.push(input);
      if (!last) {
        const answer = engine.tidy(() => run(input).dataSync<"float32">().slice() as never) as unknown as Float32Array;
        worker.send(rank + 1, answer);
      }
    }
    const sums = engine.tidy(() => variables.map((variable) => engine.variable(engine.zerosLike(variable), false)));
    let loss = 0;
    for (const [at, rows] of micro.entries()) {
      const input = inputs[at]!;
      const behind = last ? undefined : await receive(rank + 1, rows.length, job.outputShape);
      const part = rows.length / batch.length;
      const back = engine.tidy(() => {
        const { value, grads } = engine.variableGrads(() => {
          const answer = run(input);
          if (behind) return engine.sum(engine.mul(answer, behind)) as tf.Scalar;
          return engine.mul(lossOf(engine, job.loss, rowsOf(engine, job.y!, rows), answer), part) as tf.Scalar;
        }, [input, ...variables]);
        variables.forEach((variable, place) => sums[place]!.assign(engine.add(sums[place]!, grads[variable.name]!)));
        if (last) loss += value.dataSync()[0]!;
        return (first ? new Float32Array(0) : grads[input.name]!.dataSync<"float32">().slice()) as never;
      }) as unknown as Float32Array;
      if (!first) worker.send(rank - 1, back);
      engine.dispose([input, ...(behind ? [behind] : [])]);
    }
    engine.tidy(() => optimizer.applyGradients(Object.fromEntries(variables.map((variable, at) => [variable.name, sums[at]!]))));
    engine.dispose(sums);
    if (last) {
      losses.push(loss);
      worker.report(loss);
      if (!Number.isFinite(loss)) throw new RangeError(`expected loss to be finite, got ${loss} in step ${losses.length}: lower the learning rate or look at the data`);
    }
  }
  async function receive(from: number, rows: number, shape: readonly number[]): Promise<tf.Variable> {
    const values = await worker.receive(from);
    return engine.tidy(() => engine.variable(engine.tensor(values, [rows, ...shape])));
  }
  return { losses, weights: model.layers.flatMap((layer) => layer.weights).map((weight) => weight.read().dataSync<"float32">().slice()), bytesSent: worker.bytesSent, seconds: (performance.now() - started) / 1000, waited: worker.waited - waitedBefore };
}
