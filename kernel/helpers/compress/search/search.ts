import { say } from "../../../display/language.js";
import { finite, known, oneOf, positive, shown, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { showAs } from "../../label/show.js";
import { plotTrials } from "./plot.js";
import type { Figure } from "../../plot/figure.js";
import { checkSpace, draw, keyOf, mutate, type Candidate, type SearchSpace } from "./space.js";

export interface Evaluation {
  /** What shall be large: accuracy on held-out rows, never on the test set. */
  readonly score: number;
  /** What shall be small: parameters, milliseconds. Default 0. */
  readonly cost?: number;
}

export interface SearchOptions<S extends SearchSpace> {
  /** Trains and judges one candidate, with so much effort (epochs, say) and a seed of its own. */
  evaluate(candidate: Candidate<S>, context: { effort: number; seed: number }): Evaluation | number | Promise<Evaluation | number>;
  /** Effort in all: the sum over all trials. */
  budget: number;
  /** "random"; "evolution": the best of a few is changed in one choice, the oldest dies; "halving": many with little effort, the better part with more. Default "random". */
  method?: "random" | "evolution" | "halving";
  /** Effort of one trial; with "halving", of the longest. Default 1. */
  effort?: number;
  /** Points of score that a cost of 1 takes; default 0. */
  costWeight?: number;
  /** "evolution": how many live at once; default 8. */
  population?: number;
  /** "halving": one of so many goes on, with so much more effort; default 3. */
  reduction?: number;
  /** Default 1. */
  seed?: number;
  /** Told after each trial; `false` ends the search. */
  onTrial?(trial: Trial<S>): unknown;
}

export interface Trial<S extends SearchSpace> {
  readonly index: number;
  readonly candidate: Candidate<S>;
  readonly effort: number;
  readonly score: number;
  readonly cost: number;
  /** `score - costWeight x cost`. */
  readonly value: number;
  /** Why it has no score; the search goes on. */
  readonly error?: string;
}

export interface SearchResult<S extends SearchSpace> {
  /** Highest value among the trials of the largest effort. */
  readonly best: Trial<S>;
  readonly trials: readonly Trial<S>[];
  /** Trials of the largest effort that no other beats in score and cost at once, by cost. */
  readonly pareto: readonly Trial<S>[];
  readonly spent: number;
  /** Candidates in the space. */
  readonly size: number;
  /** Score by cost (or by trial, without costs). */
  plot(): Figure;
}

/**
 * A small architecture search: seeded, within a budget, over a typed space of choices. A candidate that was tried with this effort is not tried again; a candidate that throws has the value -Infinity and its reason in the table.
 *
 * @throws `expected a space with at least one choice, got none`; `expected at least one value of units, got an array of 0`; `expected budget >= effort 5, got 3`; the first error, if every trial failed
 * @see Bergstra & Bengio (2012), random search; Real et al. (2019), regularised evolution; Jamieson & Talwalkar (2016), successive halving
 * @example
 * const found = await compress.search({ a: [1, 2, 3], b: [0, 5] }, { evaluate: ({ a, b }) => a * 10 - b, budget: 6 });
 * found.best.candidate // { a: 3, b: 0 }
 * found.trials.length // 6
 */
export async function search<const S extends SearchSpace>(space: S, options: SearchOptions<S>): Promise<SearchResult<S>> {
  known(options, ["evaluate", "budget", "method", "effort", "costWeight", "population", "reduction", "seed", "onTrial"]);
  const { evaluate, onTrial } = options;
  if (typeof evaluate !== "function") throw new TypeError(`expected evaluate to be a function of a candidate, got ${shown(evaluate)}`);
  const size = checkSpace(space);
  const method = oneOf({ method: options.method ?? "random" }, ["random", "evolution", "halving"]);
  const effort = positive({ effort: options.effort ?? 1 });
  const budget = positive({ budget: options.budget });
  if (budget < effort) throw new RangeError(`expected budget >= effort ${effort}, got ${budget}`);
  const costWeight = finite({ costWeight: options.costWeight ?? 0 });
  const population = whole({ population: options.population ?? 8 }, 2);
  const reduction = whole({ reduction: options.reduction ?? 3 }, 2);
  const generator = random(options.seed ?? 1);
  const trials: Trial<S>[] = [];
  const tried = new Set<string>();
  let spent = 0;
  let stopped = false;
  let failure: unknown;
  let failed = 0;

  /** Undefined: no budget left, or the caller has enough. */
  async function attempt(candidate: Candidate<S>, much: number): Promise<Trial<S> | undefined> {
    if (stopped || spent + much > budget * (1 + 1e-12)) return undefined;
    spent += much;
    tried.add(`${keyOf(space, candidate)}:${much}`);
    const base = { index: trials.length, candidate: Object.freeze(candidate), effort: much };
    let trial: Trial<S>;
    try {
      const answer = await evaluate(candidate, { effort: much, seed: generator.integer(1, 2 ** 31 - 1) });
      const { score, cost = 0 } = typeof answer === "number" ? { score: answer } : answer;
      finite({ score });
      finite({ cost });
      trial = { ...base, score, cost, value: score - costWeight * cost };
    } catch (error) {
      failed += 1;
      failure ??= error;
      trial = { ...base, score: Number.NaN, cost: Number.NaN, value: -Infinity, error: error instanceof Error ? error.message : String(error) };
    }
    trials.push(Object.freeze(trial));
    if ((await onTrial?.(trial)) === false) stopped = true;
    return trial;
  }
  /** A candidate that was not tried yet; undefined where all were. */
  function fresh(make: () => Candidate<S>, much: number): Candidate<S> | undefined {
    for (let times = 0; times < 50; times++) {
      const candidate = make();
      if (!tried.has(`${keyOf(space, candidate)}:${much}`)) return candidate;
    }
    return firstUntried(space, tried, much);
  }

  if (method === "halving") await halve();
  else {
    let alive: Trial<S>[] = [];
    for (;;) {
      const parent = method === "evolution" && alive.length >= population ? tournament(alive) : undefined;
      const candidate = fresh(() => (parent ? mutate(space, parent.candidate, generator) : draw(space, generator)), effort);
      const trial = candidate && (await attempt(candidate, effort));
      if (!trial) break;
      // The oldest goes, not the worst: a lucky score does not live for ever.
      alive = [...alive, trial].slice(-population);
    }
  }
  async function halve(): Promise<void> {
    // Rounds of equal effort: n candidates at effort/r^k, n/r at effort/r^(k-1), ..., the last ones at full effort.
    const rounds = Math.max(1, Math.min(1 + Math.floor(Math.log(size) / Math.log(reduction)), 1 + Math.floor(Math.log(budget / effort) / Math.log(reduction) + 1e-9), 5));
    const first = effort / reduction ** (rounds - 1);
    let count = Math.max(1, Math.floor(budget / rounds / first + 1e-9));
    let group: Candidate<S>[] = [];
    for (let round = 0; round < rounds; round++) {
      const much = first * reduction ** round;
      const results: Trial<S>[] = [];
      for (let at = 0; at < (round === 0 ? Math.min(count, size) : group.length); at++) {
        const candidate = round === 0 ? fresh(() => draw(space, generator), much) : group[at];
        const trial = candidate && (await attempt(candidate, much));
        if (trial) results.push(trial);
      }
      count = Math.max(1, Math.floor(results.length / reduction));
      group = results.toSorted((a, b) => b.value - a.value || a.index - b.index).slice(0, count).map(({ candidate }) => candidate);
    }
  }
  function tournament(alive: readonly Trial<S>[]): Trial<S> {
    const few = generator.shuffle(alive).slice(0, Math.max(2, Math.ceil(alive.length / 3)));
    return few.reduce((best, one) => (one.value > best.value ? one : best));
  }

  if (trials.length === 0 || failed === trials.length) throw failure ?? new Error("the search ended before its first trial");
  const most = Math.max(...trials.filter(({ value }) => value > -Infinity).map((trial) => trial.effort));
  const full = trials.filter((trial) => trial.effort === most && trial.value > -Infinity);
  const best = full.reduce((a, b) => (b.value > a.value ? b : a));
  const pareto = full.filter((one) => !full.some((other) => other.score >= one.score && other.cost <= one.cost && (other.score > one.score || other.cost < one.cost))).toSorted((a, b) => a.cost - b.cost);
  const result: SearchResult<S> = { best, trials: Object.freeze(trials), pareto: Object.freeze(pareto), spent, size, plot: () => plotTrials(trials) };
  return showAs(result, () => trials.toSorted((a, b) => b.effort - a.effort || b.value - a.value).map(({ candidate, effort, score, cost, value, error }) => ({ ...candidate, effort, score, cost, value, ...(failed > 0 && { error: error ?? "" }) })), () => say(`${trials.length} trials of ${size} candidates, effort ${Number(spent.toPrecision(6))} of ${budget}`, `${size} 个候选中试验了 ${trials.length} 个，投入 ${Number(spent.toPrecision(6))} / ${budget}`));
}

/** In the order of the space. */
function firstUntried<S extends SearchSpace>(space: S, tried: ReadonlySet<string>, effort: number): Candidate<S> | undefined {
  const names = Object.keys(space);
  const size = names.reduce((count, name) => count * space[name]!.length, 1);
  for (let index = 0; index < Math.min(size, 100_000); index++) {
    let rest = index;
    const candidate = Object.fromEntries(names.map((name) => {
      const values = space[name]!;
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [name, value];
    })) as Candidate<S>;
    if (!tried.has(`${keyOf(space, candidate)}:${effort}`)) return candidate;
  }
  return undefined;
}
