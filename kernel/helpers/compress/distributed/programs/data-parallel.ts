import type { WorkerContext } from "../worker.js";
import { batchesOf, shareOf } from "../train/batches.js";
import { makeTrainer, type TrainerOptions } from "../train/engine.js";

export interface DataParallelJob extends TrainerOptions {
  readonly rows: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly synchronous: boolean;
}

export interface DataParallelDone {
  /** Mean loss of each global batch (synchronous). */
  readonly losses: number[];
  /** Of the first worker. */
  readonly weights?: Float32Array[];
  readonly bytesSent: number;
  readonly seconds: number;
  readonly waited: number;
  readonly examples: number;
}

/** To the server of an asynchronous training, and back. */
export type Push = { flat: Float32Array | null; version: number; loss: number; rows: number };
export type Pulled = { weights: Float32Array; version: number };

/** The program of one worker. */
export default async function dataParallel(worker: WorkerContext, job: DataParallelJob): Promise<DataParallelDone> {
  const trainer = await makeTrainer(await worker.tf(), job);
  const batches = batchesOf(job.rows, job.batchSize, job.epochs, job.seed);
  // The first compilation is not training.
  trainer.gradients(shareOf(batches[0]!, worker.rank, worker.size));
  await worker.barrier();
  const [started, waitedBefore, bytesBefore] = [performance.now(), worker.waited, worker.bytesSent];
  const losses: number[] = [];
  let examples = 0;
  if (job.synchronous) {
    // The last number is the loss: it travels with the gradients.
    const vector = new Float32Array(trainer.size + 1);
    for (const batch of batches) {
      const rows = shareOf(batch, worker.rank, worker.size);
      const { loss, flat } = trainer.gradients(rows);
      const part = rows.length / batch.length;
      for (let at = 0; at < flat.length; at++) vector[at] = flat[at]! * part;
      vector[flat.length] = loss * part;
      await worker.allReduce(vector);
      trainer.update(vector.subarray(0, flat.length));
      losses.push(vector[flat.length]!);
      examples += rows.length;
      if (worker.rank === 0) worker.report(vector[flat.length]!);
      if (!Number.isFinite(vector[flat.length]!)) throw new RangeError(`expected loss to be finite, got ${vector[flat.length]} in step ${losses.length}: lower the learning rate or look at the data`);
    }
  } else {
    let pulled = (await worker.ask({ flat: null, version: -1, loss: 0, rows: 0 } satisfies Push)) as Pulled;
    for (const batch of batches) {
      const rows = shareOf(batch, worker.rank, worker.size);
      if (rows.length === 0) continue;
      trainer.setWeights(pulled.weights);
      const { loss, flat } = trainer.gradients(rows);
      if (!Number.isFinite(loss)) throw new RangeError(`expected loss to be finite, got ${loss}: lower the learning rate or look at the data`);
      losses.push(loss);
      examples += rows.length;
      pulled = (await worker.ask({ flat, version: pulled.version, loss, rows: rows.length } satisfies Push)) as Pulled;
    }
  }
  return {
    losses, bytesSent: worker.bytesSent - bytesBefore, seconds: (performance.now() - started) / 1000, waited: worker.waited - waitedBefore, examples,
    ...(worker.rank === 0 && job.synchronous && { weights: trainer.all() }),
  };
}
