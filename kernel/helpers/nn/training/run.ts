import * as tf from "@tensorflow/tfjs";
import type { Progress } from "./checkpoint/progress.js";
import type { Pending } from "./data.js";
import { guard, oddRow, type Guard } from "./guard.js";
import { follow } from "./history.js";
import { live } from "./live.js";
import type { FitCallback, Training } from "./options.js";
import type { Prepared } from "./prepare.js";
import { fitResult, type FitResult } from "./result.js";
import { snapshot, type Snapshot } from "./snapshot.js";
import { rateOf, setRate } from "./step.js";

/** Lets others have their turn (the page, an interrupt) this often, in milliseconds. */
const turn = 50;

/** The loop over epochs and batches, and what happens between them. */
export async function runTraining(prepared: Prepared): Promise<FitResult> {
  const { model, parts, options, optimizer, epochs, training: source, judged, steps, scale, stop, labels, checkpoints } = prepared;
  const variables = parts.named.map(({ variable }) => variable);
  const loaded = options.resume ? await checkpoints!.load() : undefined;
  const at: Progress = loaded?.progress ?? { epoch: 0, batches: 0, updates: 0, history: {}, sums: empty(labels.length), figures: [], waited: 0 };
  if (at.scale && scale) scale.restore(at.scale);
  let best: Snapshot | undefined = loaded?.best && kept(loaded.best, variables);
  let overflows = 0;
  let asked = false;
  let rested = performance.now();
  follow(model, at.history);
  const watch: Guard = guard(parts);
  const view = options.progress === false ? undefined : live({ epochs, ...(source.batches !== undefined && { batches: source.batches }), done: at.epoch, history: at.history });
  const callbacks: FitCallback[] = [...(options.onEpoch ? [{ onEpoch: options.onEpoch.bind(options) }] : []), ...(options.callbacks ?? [])];
  const training: Training = {
    model, variables: parts.variables,
    get epoch() { return Math.max(1, at.epoch + Number(at.batches > 0)); },
    get step() { return at.updates; },
    get learningRate() { return rateOf(optimizer); },
    get history() { return at.history; },
  };
  const tell = async (say: (callback: FitCallback) => unknown): Promise<void> => {
    for (const callback of callbacks) if ((await say(callback)) === false) asked = true;
  };
  const updatesInAll = source.batches === undefined ? undefined : epochs * Math.ceil(source.batches / (options.accumulate ?? 1));

  function setRateNow(): void {
    if (options.schedule) setRate(optimizer, options.schedule.rate({ step: at.updates, epoch: at.epoch, figures: at.figures, ...(updatesInAll !== undefined && { steps: updatesInAll }) }));
  }

  function countUpdate(): void {
    at.updates += 1;
    if (steps.overflowed) overflows += 1;
    if (scale) at.scale = scale.state();
  }

  async function oneBatch(batch: Pending): Promise<void> {
    if (steps.waiting === 0) setRateNow();
    if (steps.waiting === 0) watch.before(at.updates);
    const figures = onBatch(batch, steps.train);
    if (!Number.isFinite(figures[0])) diverged(figures[0]!, batch);
    watch.good();
    batch.release();
    if (steps.updated) countUpdate();
    at.batches += 1;
    at.sums.rows += batch.rows;
    figures.forEach((value, figure) => (at.sums.figures[figure]! += value * batch.rows));
    view?.batch(figures[0]!);
    if (callbacks.some(({ onBatch }) => onBatch)) await tell((callback) => callback.onBatch?.(at.batches, byName(labels, figures), training));
    if (checkpoints?.everySteps && steps.updated && at.updates % checkpoints.everySteps === 0) await checkpoints.save(at, best);
    if (performance.now() - rested < turn) return;
    await tf.nextFrame();
    rested = performance.now();
  }

  function diverged(value: number, batch: Pending): never {
    const odd = tf.tidy(() => oddRow(batch.make()) as never) as unknown as string;
    const step = watch.restore();
    throw new RangeError(`expected loss to be finite, got ${value} in epoch ${at.epoch + 1}: lower the learning rate or look at the data (batch ${at.batches + 1}, step ${at.updates + 1}${odd}; the model has the weights of step ${step ?? 0} again)`);
  }

  async function judge(): Promise<Record<string, number>> {
    if (!judged) return {};
    const sums = empty(labels.length);
    for await (const batch of judged.epoch(1, 0)) {
      const figures = onBatch(batch, steps.judge);
      batch.release();
      sums.rows += batch.rows;
      figures.forEach((value, figure) => (sums.figures[figure]! += value * batch.rows));
    }
    return means(labels.map((label) => `val_${label}`), sums);
  }

  async function endEpoch(): Promise<void> {
    if (steps.waiting > 0) {
      steps.flush();
      countUpdate();
    }
    const figures: Record<string, number> = { ...means(labels, at.sums), ...(await judge()), ...(options.schedule && { learningRate: rateOf(optimizer)! }) };
    at.epoch += 1;
    [at.batches, at.sums] = [0, empty(labels.length)];
    for (const [name, value] of Object.entries(figures)) (at.history[name] ??= []).push(value);
    at.figures.push(figures["val_loss"] ?? figures["loss"]!);
    view?.epoch(figures);
    if (stop) lookForBest(figures);
    await tell((callback) => callback.onEpoch?.(at.epoch, figures, training));
    if (asked) at.stopped = "asked";
    if (checkpoints && (at.epoch % checkpoints.everyEpochs === 0 || at.stopped || at.epoch === epochs)) await checkpoints.save(at, best);
    // A front end wants to show what happened.
    await tf.nextFrame();
    rested = performance.now();
  }

  function lookForBest(figures: Readonly<Record<string, number>>): void {
    const name = stop!.monitor ?? ("val_loss" in figures ? "val_loss" : "loss");
    if (!(name in figures)) throw new RangeError(`unknown monitor: ${name} (known: ${Object.keys(figures).join(", ")})`);
    const { seen, better, end } = stop!.look({ waited: at.waited, ...(at.best && { best: at.best }) }, at.epoch, figures[name]!);
    Object.assign(at, seen);
    if (better && stop!.restoreBest) {
      best?.dispose();
      best = snapshot(variables);
    }
    if (end) at.stopped ??= "early";
  }

  async function all(): Promise<void> {
    await tell((callback) => callback.onStart?.(training));
    while (at.epoch < epochs && !at.stopped) {
      for await (const batch of source.epoch(at.epoch + 1, at.batches)) {
        await oneBatch(batch);
        asked ||= options.signal?.aborted === true;
        if (asked) break;
      }
      // A part of an epoch is not in the history; a checkpoint can go on from it.
      if (asked && at.batches !== source.batches) return cutOff();
      await endEpoch();
    }
  }

  async function cutOff(): Promise<void> {
    at.stopped = "asked";
    if (checkpoints && steps.waiting === 0) await checkpoints.save({ ...at, stopped: undefined as never }, best);
  }

  try {
    await all();
    if (best) best.restore();
    const result = fitResult({
      history: at.history, epochs: at.epoch, steps: at.updates, ...(at.stopped && { stopped: at.stopped }), ...(at.best && { best: Object.freeze({ ...at.best }) }), ...(scale && { overflows }),
    }, view !== undefined);
    view?.end(at.stopped === "early" ? "stopped early" : at.stopped ? "stopped" : "done");
    await tell((callback) => callback.onEnd?.(result, training));
    return result;
  } catch (error) {
    view?.end("ended by an error");
    for (const callback of callbacks) await callback.onError?.(error, training);
    throw error;
  } finally {
    watch.dispose();
    best?.dispose();
  }
}

const empty = (count: number): Progress["sums"] => ({ rows: 0, figures: Array.from({ length: count }, () => 0) });
const byName = (names: readonly string[], values: readonly number[]): Record<string, number> => Object.fromEntries(names.map((name, at) => [name, values[at]!]));
const means = (names: readonly string[], { rows, figures }: Progress["sums"]): Record<string, number> => byName(names, figures.map((sum) => sum / rows));

/** The batch's tensors live as long as the call. */
function onBatch(batch: Pending, step: (x: tf.Tensor, y: tf.Tensor, weights?: tf.Tensor) => number[]): number[] {
  return tf.tidy(() => {
    const { x, y, weights } = batch.make();
    return step(x, y, weights) as never;
  }) as unknown as number[];
}

function kept(tensors: tf.Tensor[], variables: tf.Variable[]): Snapshot {
  const held = tensors.map((tensor) => tf.keep(tensor));
  return { tensors: held, restore: () => variables.forEach((variable, at) => variable.assign(held[at] as never)), dispose: () => tf.dispose(held) };
}
