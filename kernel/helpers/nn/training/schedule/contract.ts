import { displaySymbol } from "../../../../display/contract.js";
import { line } from "../../../plot/line.js";
import { plotlyView } from "../../../../display/plotly.js";

/** Where a training stands. */
export interface Moment {
  /** Updates done. */
  readonly step: number;
  /** Updates in all; undefined where the length of the data is not known. */
  readonly steps?: number;
  /** Epochs done. */
  readonly epoch: number;
  /** What each epoch so far came to: the validation loss, or without one the loss. */
  readonly figures: readonly number[];
}

/** A learning rate for each update. A pure function of the moment, so that a training that goes on after a break has the same rates. */
export interface Schedule {
  /** With its numbers: `cosine(from 0.1 to 0)`. */
  readonly name: string;
  rate(moment: Moment): number;
}

/** A schedule that shows itself as a curve over 100 updates. */
export function schedule(name: string, rate: (moment: Moment) => number): Schedule {
  const value: Schedule = { name, rate };
  const show = (): object => {
    const rates = Array.from({ length: 101 }, (_, step) => rate({ step, steps: 100, epoch: Math.floor(step / 10), figures: [] }));
    const view = plotlyView(line(rates, { title: name, xLabel: "update (of 100 in 10 epochs)", yLabel: "learning rate", height: 260, markers: false }))!;
    return view;
  };
  return Object.freeze(Object.defineProperty(value, displaySymbol, { value: show }));
}

/** @throws `expected to know the number of updates for cosine(...): give steps, ...` */
export function total({ steps }: Moment, own: number | undefined, name: string): number {
  const known = own ?? steps;
  if (known === undefined) throw new RangeError(`expected the number of updates for ${name}: give it as steps, the length of the data is not known`);
  return known;
}
