import { known, nonNegative } from "../../arguments.js";

/** What a release costs: (epsilon, delta)-differential privacy, epsilon >= 0, 0 <= delta < 1. */
export interface Cost {
  readonly epsilon: number;
  readonly delta: number;
}

export interface Expense extends Cost {
  /** What it was spent on. */
  readonly what: string;
}

export interface Budget {
  /** The whole of it. */
  readonly total: Cost;
  /** What is spent so far: the sums of epsilon and of delta (basic composition). */
  readonly spent: Cost;
  /** What is left. */
  readonly left: Cost;
  /** Everything that was spent, in order. */
  readonly expenses: readonly Expense[];
  /** Takes from what is left. Throws `budget exceeded: ...` and takes nothing where it would not suffice. */
  spend(cost: { epsilon: number; delta?: number; what?: string }): void;
}

/** Sums like 0.1 + 0.2 may pass 0.3 by a rounding error: this much of the total is forgiven. */
const rounding = 1e-12;

/**
 * A privacy budget: what all releases about the same people may cost together. Mechanisms take it as their option `budget` and spend before they draw, so a refused release reveals nothing.
 *
 * Costs add up (basic composition), which holds for every sequence of mechanisms, chosen in advance or as the answers come. For many Gaussian releases an accountant gives a smaller total.
 *
 * @param options `epsilon` > 0 or 0, `delta` from 0 to below 1 (default 0)
 * @throws `expected epsilon >= 0, got -1`; on spending: `budget exceeded: epsilon 0.9 of 1 is spent, 0.3 more is refused`
 * @see Dwork and Roth 2014, theorem 3.16
 * @example
 * const budget = privacy.budget({ epsilon: 1, delta: 1e-6 });
 * budget.spend({ epsilon: 0.25, what: "mean age" });
 * budget.left.epsilon // 0.75
 * budget.expenses.length // 1
 */
export function budget(options: { epsilon: number; delta?: number }): Budget {
  known(options, ["epsilon", "delta"]);
  const total = cost(options);
  const expenses: Expense[] = [];
  const spent = (): Cost => Object.freeze({ epsilon: sum(expenses, "epsilon"), delta: sum(expenses, "delta") });
  return Object.freeze({
    total,
    get spent() {
      return spent();
    },
    get left() {
      const { epsilon, delta } = spent();
      return Object.freeze({ epsilon: Math.max(0, total.epsilon - epsilon), delta: Math.max(0, total.delta - delta) });
    },
    get expenses() {
      return Object.freeze([...expenses]);
    },
    spend(asked: { epsilon: number; delta?: number; what?: string }) {
      known(asked, ["epsilon", "delta", "what"]);
      const expense = Object.freeze({ ...cost(asked), what: asked.what ?? "" });
      const before = spent();
      for (const name of ["epsilon", "delta"] as const)
        if (before[name] + expense[name] > total[name] * (1 + rounding))
          throw new RangeError(`budget exceeded: ${name} ${before[name]} of ${total[name]} is spent, ${expense[name]} more is refused`);
      expenses.push(expense);
    },
  });
}

function cost({ epsilon, delta = 0 }: { epsilon: number; delta?: number }): Cost {
  nonNegative({ epsilon });
  if (!(delta >= 0 && delta < 1)) throw new RangeError(`expected delta from 0 to below 1, got ${delta}`);
  return Object.freeze({ epsilon, delta });
}

const sum = (expenses: readonly Expense[], name: "epsilon" | "delta"): number => expenses.reduce((total, expense) => total + expense[name], 0);
