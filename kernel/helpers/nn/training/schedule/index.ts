import { fraction, inside, known, nonNegative, oneOf, positive, whole } from "../../../arguments.js";
import { schedule, total, type Schedule } from "./contract.js";

export type { Moment, Schedule } from "./contract.js";

/**
 * The same rate throughout.
 *
 * @throws `expected rate > 0, got 0`
 * @example nn.schedule.constant(0.1).rate({ step: 7, epoch: 0, figures: [] }) // 0.1
 */
export function constant(rate: number): Schedule {
  positive({ rate });
  return schedule(`constant(${rate})`, () => rate);
}

/**
 * Times `factor` after every `every` epochs (PyTorch's StepLR).
 *
 * @param from the first rate, above 0
 * @param options every: epochs, default 10; factor: above 0 and below 1, default 0.1
 * @example nn.schedule.step(0.1, { every: 2, factor: 0.5 }).rate({ step: 0, epoch: 5, figures: [] }) // 0.025
 */
export function step(from: number, options: { every?: number; factor?: number } = {}): Schedule {
  known(options, ["every", "factor"]);
  const [every, factor] = [whole({ every: options.every ?? 10 }, 1), inside({ factor: options.factor ?? 0.1 })];
  positive({ from });
  return schedule(`step(from ${from}, times ${factor} every ${every} epochs)`, ({ epoch }) => from * factor ** Math.floor(epoch / every));
}

/**
 * Times `factor` after every epoch (PyTorch's ExponentialLR).
 *
 * @example nn.schedule.exponential(0.1, { factor: 0.5 }).rate({ step: 0, epoch: 3, figures: [] }) // 0.0125
 */
export function exponential(from: number, options: { factor?: number } = {}): Schedule {
  known(options, ["factor"]);
  const factor = inside({ factor: options.factor ?? 0.9 });
  positive({ from });
  return schedule(`exponential(from ${from}, times ${factor} an epoch)`, ({ epoch }) => from * factor ** epoch);
}

/**
 * Half a cosine from one rate down to another, over all updates (Loshchilov & Hutter 2017, without restarts; PyTorch's CosineAnnealingLR).
 *
 * @param options to: the last rate, default 0; steps: updates it takes, default all of the training. It stays at `to` after them.
 * @throws `expected the number of updates for cosine(...)` where the data's length is not known
 * @example nn.schedule.cosine(0.2).rate({ step: 50, steps: 100, epoch: 0, figures: [] }) // 0.1
 */
export function cosine(from: number, options: { to?: number; steps?: number } = {}): Schedule {
  known(options, ["to", "steps"]);
  const to = nonNegative({ to: options.to ?? 0 });
  positive({ from });
  if (options.steps !== undefined) whole({ steps: options.steps }, 1);
  const name = `cosine(from ${from} to ${to})`;
  return schedule(name, (moment) => to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, moment.step / total(moment, options.steps, name))))) / 2);
}

/**
 * A straight line up from a small rate, then another schedule, whose own updates count from the end of the warm-up (PyTorch's LinearLR and SequentialLR).
 *
 * @param steps updates of the warm-up, at least 1
 * @param then a schedule, or a rate
 * @param options from: the first rate as a part of the one reached, default 1/3
 * @example nn.schedule.warmup(10, 0.3).rate({ step: 5, epoch: 0, figures: [] }) // 0.2
 */
export function warmup(steps: number, then: Schedule | number, options: { from?: number } = {}): Schedule {
  known(options, ["from"]);
  whole({ steps }, 1);
  const from = fraction({ from: options.from ?? 1 / 3 });
  const next = typeof then === "number" ? constant(then) : then;
  return schedule(`warmup(${steps} updates, then ${next.name})`, (moment) => {
    const later = { ...moment, step: Math.max(0, moment.step - steps), ...(moment.steps !== undefined && { steps: Math.max(1, moment.steps - steps) }) };
    return next.rate(later) * (moment.step >= steps ? 1 : from + ((1 - from) * moment.step) / steps);
  });
}

/**
 * Up to a peak by a cosine and down to almost nothing by another (Smith & Topin 2018; PyTorch's OneCycleLR, without its momentum).
 *
 * @param peak the highest rate
 * @param options rise: part of the updates up to the peak, default 0.3; start: first rate as peak / start, default 25; end: last rate as first rate / end, default 1e4; steps: updates, default all
 * @example nn.schedule.oneCycle(1).rate({ step: 0, steps: 100, epoch: 0, figures: [] }) // 0.04
 */
export function oneCycle(peak: number, options: { rise?: number; start?: number; end?: number; steps?: number } = {}): Schedule {
  known(options, ["rise", "start", "end", "steps"]);
  positive({ peak });
  const [rise, start, end] = [inside({ rise: options.rise ?? 0.3 }), positive({ start: options.start ?? 25 }), positive({ end: options.end ?? 1e4 })];
  if (options.steps !== undefined) whole({ steps: options.steps }, 2);
  const name = `oneCycle(peak ${peak})`;
  const [first, last] = [peak / start, peak / start / end];
  const between = (a: number, b: number, part: number): number => b + ((a - b) * (1 + Math.cos(Math.PI * part))) / 2;
  return schedule(name, (moment) => {
    const steps = total(moment, options.steps, name);
    const [top, now] = [rise * steps - 1, Math.min(moment.step, steps - 1)];
    return now <= top ? between(first, peak, now / top) : between(peak, last, (now - top) / (steps - 1 - top));
  });
}

/**
 * Times `factor` where a figure has not improved for more than `patience` epochs (PyTorch's ReduceLROnPlateau). The figure is the validation loss, or without one the loss.
 *
 * @param options factor, default 0.1; patience in epochs, default 10; minDelta: what counts as better, as a part of the best, default 1e-4; cooldown: epochs after a fall in which nothing is counted, default 0; least: lowest rate, default 0;
 * mode: "min" (default) or "max"
 * @example nn.schedule.plateau(1, { factor: 0.5, patience: 1 }).rate({ step: 0, epoch: 4, figures: [3, 2, 2, 2] }) // 0.5
 */
export function plateau(from: number, options: { factor?: number; patience?: number; minDelta?: number; cooldown?: number; least?: number; mode?: "min" | "max" } = {}): Schedule {
  known(options, ["factor", "patience", "minDelta", "cooldown", "least", "mode"]);
  positive({ from });
  const [factor, patience, minDelta] = [inside({ factor: options.factor ?? 0.1 }), whole({ patience: options.patience ?? 10 }), nonNegative({ minDelta: options.minDelta ?? 1e-4 })];
  const [cooldown, least, mode] = [whole({ cooldown: options.cooldown ?? 0 }), nonNegative({ least: options.least ?? 0 }), oneOf({ mode: options.mode ?? "min" }, ["min", "max"])];
  return schedule(`plateau(from ${from}, times ${factor} after ${patience} epochs)`, ({ figures }) => {
    let [rate, best, bad, rest] = [from, mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY, 0, 0];
    for (const figure of figures) {
      const better = mode === "min" ? figure < (Number.isFinite(best) ? best * (1 - minDelta) : best) : figure > (Number.isFinite(best) ? best * (1 + minDelta) : best);
      if (better) best = figure;
      bad = better ? 0 : bad + 1;
      if (rest > 0) {
        rest -= 1;
        bad = 0;
      }
      if (bad > patience) {
        rate = Math.max(rate * factor, least);
        rest = cooldown;
        bad = 0;
      }
    }
    return rate;
  });
}
