import { shown, whole } from "../../arguments.js";

export interface BudgetOptions {
  /** Ranks in all at the beginning and at the end. */
  initial: number;
  target: number;
  /** Steps of the whole training; in the first `warmup` all ranks stay, in the last `cooldown` the choice is made. */
  totalSteps: number;
  warmup: number;
  cooldown: number;
  /** A choice every so many steps in between. */
  every: number;
}

/** What happens after step t, from 1: how many ranks may stay, and whether the others are cut now (1), kept cut as chosen (2), or nothing is done (0). */
export interface BudgetTable {
  budgets: Int32Array;
  actions: Int32Array;
}

/**
 * AdaLoRA's budget: it stays at first, falls with the cube of the time left, and stays at the end.
 *
 * @see Zhang et al. (2023), equation 12; steps as in `peft.AdaLoraModel`
 */
export function budgetTable({ initial, target, totalSteps, warmup, cooldown, every }: BudgetOptions): BudgetTable {
  whole({ totalSteps }, 1);
  whole({ warmup });
  whole({ cooldown });
  whole({ every }, 1);
  if (warmup + cooldown >= totalSteps) throw new RangeError(`expected warmup and cooldown of less than totalSteps ${totalSteps} together, got ${shown(warmup)} and ${shown(cooldown)}`);
  const [budgets, actions] = [new Int32Array(totalSteps + 2), new Int32Array(totalSteps + 2)];
  const end = totalSteps - cooldown;
  for (let step = 0; step < budgets.length; step++) {
    const left = 1 - (step - warmup) / (end - warmup);
    budgets[step] = step <= warmup ? initial : step > end ? target : Math.trunc((initial - target) * left ** 3 + target);
    actions[step] = step < end ? Number(step > warmup && step % every === 0) : step === end ? 1 : 2;
  }
  return { budgets, actions };
}
