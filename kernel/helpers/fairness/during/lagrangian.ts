import { minimize } from "../program.js";
import { predictAll, type Model } from "../model.js";
import { shown } from "../../arguments.js";
import type { Learner } from "./learner.js";
import type { Moments } from "./moments.js";

export interface Response {
  model: Model;
  error: number;
  gamma: Float64Array;
}

const precision = 1e-8;

/** The game of Agarwal et al. 2018: the learner answers multipliers with a classifier, and mixtures of the answers are judged by their duality gap. */
export class Lagrangian {
  readonly answers: Response[] = [];
  /** Fits so far. */
  calls = 0;

  constructor(readonly moments: Moments, readonly learner: Learner, readonly budget: number) {}

  /** The best classifier against `lambda`, as its place in `answers`: the learner's, or an older one that is as good. */
  async bestAnswer(lambda: Float64Array): Promise<number> {
    const { moments } = this;
    const { labels, weights } = moments.relabel(lambda);
    const model = await this.fit(labels, weights);
    const h = await predictAll(model, moments.rows);
    h.forEach((value, i) => { if (value < 0 || value > 1) throw new RangeError(`expected predictions of the learner from 0 to 1, got ${shown(value)} in row ${i}`); });
    const answer = { model, error: moments.error(h), gamma: moments.gamma(h) };
    const value = (one: Response) => one.error + dot(one.gamma, lambda);
    let best = -1;
    this.answers.forEach((one, at) => { if (best < 0 || value(one) < value(this.answers[best])) best = at; });
    if (best >= 0 && !(value(answer) < value(this.answers[best]) - precision)) return best;
    return this.answers.push(answer) - 1;
  }

  private async fit(labels: number[], weights: number[]): Promise<Model> {
    // One class left: the best classifier is constant, and many learners refuse such labels.
    if (!labels.includes(1 - labels[0])) return (rows) => rows.map(() => labels[0]);
    this.calls += 1;
    return this.learner.fit(this.moments.rows.map((row) => row.slice()), labels, weights);
  }

  private value(mixture: ArrayLike<number>, lambda: Float64Array): { value: number; high: number; error: number; gamma: Float64Array } {
    const { moments, answers } = this;
    const gamma = new Float64Array(moments.count);
    let error = 0;
    answers.forEach((one, at) => {
      const share = mixture[at] ?? 0;
      if (share === 0) return;
      error += share * one.error;
      for (let k = 0; k < gamma.length; k++) gamma[k] += share * one.gamma[k];
    });
    const projected = moments.project(lambda);
    const over = gamma.map((value) => value - moments.bound);
    return { value: error + dot(over, projected), high: error + this.budget * Math.max(0, ...over), error, gamma };
  }

  /** How far mixture and multipliers are from the saddle point. Stops early once it passes `enough`. */
  async gap(mixture: ArrayLike<number>, lambda: Float64Array, enough: number): Promise<number> {
    const { value, high } = this.value(mixture, lambda);
    let low = value;
    const gap = () => Math.max(value - low, high - value);
    for (const factor of [1, 2, 5, 10]) {
      const at = await this.bestAnswer(lambda.map((one) => factor * one));
      low = Math.min(low, this.value(Array.from(this.answers, (_, k) => Number(k === at)), lambda).value);
      if (gap() > enough + precision) break;
    }
    return gap();
  }

  /** The best mixture of the answers so far, and its multipliers: a linear program. */
  async saddle(): Promise<{ mixture: number[]; lambda: Float64Array }> {
    const { answers, moments } = this;
    const rows = Array.from({ length: moments.count }, (_, k) => ({ coefficients: [...answers.map(({ gamma }) => gamma[k] - moments.bound), -1], upper: 0 }));
    const { x, duals } = await minimize([...answers.map(({ error }) => error), this.budget], [...rows, { coefficients: [...answers.map(() => 1), 0], lower: 1, upper: 1 }]);
    return { mixture: x.slice(0, -1), lambda: Float64Array.from({ length: moments.count }, (_, k) => Math.max(0, -duals[k])) };
  }

  /** Error and greatest violation max |rate(group) - rate(all)| of a mixture. */
  judge(mixture: ArrayLike<number>): { error: number; violation: number; gamma: Float64Array } {
    const { error, gamma } = this.value(mixture, new Float64Array(this.moments.count));
    return { error, gamma, violation: Math.max(0, ...gamma) };
  }
}

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
};
