import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor } from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { displaySymbol } from "../../../display/contract.js";
import { number } from "../../../display/number.js";
import { plotlyView } from "../../../display/plotly.js";
import { fraction, known, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { line } from "../../plot/line.js";
import { optimizerState } from "./checkpoint/optimizer-state.js";
import { fromFunction, fromTensors, rowsOf, type FitData } from "./data.js";
import { lossOf, type Loss } from "./losses.js";
import { parts, type FitModel } from "./model.js";
import { snapshot } from "./snapshot.js";
import { createSteps, rateOf, setRate } from "./step.js";

export interface FinderOptions {
  loss: Loss;
  /** Default `tf.train.adam()`. Its rate and memory are as before afterwards. */
  optimizer?: Optimizer;
  /** First and last rate; default 1e-6 and 1. */
  from?: number;
  to?: number;
  /** Batches; default 100. */
  steps?: number;
  batchSize?: number;
  /** Of the running mean of losses, 0 to 1; default 0.95. */
  smoothing?: number;
  seed?: number;
}

export interface RateSearch {
  readonly rates: readonly number[];
  /** Running mean of the losses, corrected for its start. */
  readonly losses: readonly number[];
  /** Where the loss falls most steeply for a tenfold rate; undefined where it never falls. */
  readonly suggestion: number | undefined;
}

/**
 * A learning rate to start with: a short training in which the rate grows from batch to batch until the loss explodes (Smith 2017). The model and the optimiser are as before afterwards.
 *
 * @param data `{ x, y }`, or a function that gives batches
 * @returns the rates tried, the losses, and a suggestion: the steepest fall, a rule of thumb. Shows itself as a plot.
 * @throws `expected from below to, got 1 and 0.1`
 * @example
 * const w = tf.variable(tf.zeros([1, 1])), ones = { x: tf.ones([8, 1]), y: tf.ones([8, 1]) };
 * const found = await nn.findLearningRate({ predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] }, ones, { loss: "meanSquaredError", optimizer: tf.train.sgd(1), to: 10 });
 * found.suggestion! > 0.01 && found.suggestion! < 1 // true
 * w.dataSync()[0] // 0
 */
export async function findLearningRate(model: FitModel, data: FitData, options: FinderOptions): Promise<RateSearch> {
  known(options, ["loss", "optimizer", "from", "to", "steps", "batchSize", "smoothing", "seed"]);
  const [from, to] = [positive({ from: options.from ?? 1e-6 }), positive({ to: options.to ?? 1 })];
  if (from >= to) throw new RangeError(`expected from below to, got ${from} and ${to}`);
  const count = whole({ steps: options.steps ?? 100 }, 5);
  const smoothing = fraction({ smoothing: options.smoothing ?? 0.95 });
  const size = whole({ batchSize: options.batchSize ?? 32 }, 1);
  const own = parts(model);
  const optimizer = options.optimizer ?? tf.train.adam();
  const before = { weights: snapshot(own.named.map(({ variable }) => variable)), rate: rateOf(optimizer), state: keptState(optimizer) };
  const steps = createSteps({ model: own, optimizer, loss: lossOf(options.loss), metrics: [], clip: {}, weightDecay: 0, accumulate: 1, compile: true });
  const source = typeof data === "function" ? fromFunction(data) : fromTensors(data, { from: 0, to: rowsOf(data), size, draw: random(options.seed ?? 1) });
  const [rates, losses]: [number[], number[]] = [[], []];
  try {
    let mean = 0;
    search: for (let epoch = 1; rates.length < count; epoch++) {
      for await (const batch of source.epoch(epoch, 0)) {
        const rate = from * (to / from) ** (rates.length / (count - 1));
        setRate(optimizer, rate);
        const loss = tf.tidy(() => {
          const { x, y, weights } = batch.make();
          return steps.train(x, y, weights) as never;
        }) as unknown as number[];
        batch.release();
        mean = smoothing * mean + (1 - smoothing) * loss[0]!;
        const corrected = mean / (1 - smoothing ** (rates.length + 1));
        // Past this the curve only explodes.
        if (!Number.isFinite(corrected) || (losses.length > 4 && corrected > 4 * Math.min(...losses))) break search;
        rates.push(rate);
        losses.push(corrected);
        if (rates.length === count) break;
      }
    }
  } finally {
    steps.dispose();
    before.weights.restore();
    before.weights.dispose();
    before.state();
    if (before.rate !== undefined) setRate(optimizer, before.rate);
    if (!options.optimizer) optimizer.dispose();
  }
  return shownSearch({ rates: Object.freeze(rates), losses: Object.freeze(losses), suggestion: steepest(rates, losses) });
}

/** Puts back what the optimiser remembers; what it had not begun to remember is set to 0. */
function keptState(optimizer: Optimizer): () => void {
  const { tensors, iterations } = optimizerState(optimizer);
  const copies = new Map<string, Tensor>(tensors.map(({ name, tensor }) => [name, tf.keep(tf.clone(tensor))]));
  return () => {
    tf.tidy(() => {
      for (const { name, tensor } of optimizerState(optimizer).tensors) (tensor as tf.Variable).assign((copies.get(name) ?? tf.zerosLike(tensor)) as never);
    });
    tf.dispose([...copies.values()]);
    (optimizer as unknown as { iterations_: number }).iterations_ = iterations;
  };
}

/** Slope over the logarithm of the rate, over five points. */
function steepest(rates: readonly number[], losses: readonly number[]): number | undefined {
  let [best, found] = [0, -1];
  const least = losses.indexOf(Math.min(...losses));
  for (let at = 2; at + 2 < losses.length && at <= least; at++) {
    const slope = losses[at + 2]! - losses[at - 2]!;
    if (slope < best) [best, found] = [slope, at];
  }
  return found < 0 ? undefined : Number(rates[found]!.toPrecision(3));
}

function shownSearch(search: RateSearch): RateSearch {
  return Object.freeze(Object.defineProperty(search, displaySymbol, {
    value: () => {
      const title = search.suggestion === undefined ? say("The loss fell at no rate", "任何学习率下损失都没有下降") : say(`Learning rate: ${number(search.suggestion)} is where the loss falls most steeply`, `学习率：${number(search.suggestion)} 处损失下降最快`);
      const figure = line(search.rates.map((rate, at) => [rate, search.losses[at]!] as const), { xScale: "log", xLabel: "learning rate", yLabel: "loss (running mean)", title, markers: false });
      if (search.suggestion !== undefined) {
        const at = search.rates.findIndex((rate) => rate >= search.suggestion! * 0.999);
        figure.data.push({ type: "scatter", mode: "markers", x: [search.suggestion], y: [search.losses[at] ?? null], showlegend: false, marker: { color: figure.layout.colorway![1]!, size: 11, symbol: "diamond" } });
      }
      return plotlyView(figure)!;
    },
  }));
}
