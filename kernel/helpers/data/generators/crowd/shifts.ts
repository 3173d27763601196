import type { Random } from "../../random.js";

/** Which items each worker gets, in the order of the shift: `each` different workers an item, work shared evenly; everybody gets the gold items. */
export function shiftsOf(items: number, workers: number, each: number, gold: readonly number[], draw: Random): number[][] {
  const shifts = Array.from({ length: workers }, () => [...gold]);
  const isGold = new Set(gold);
  const load = new Array<number>(workers).fill(0);
  for (const item of draw.shuffle(Array.from({ length: items }, (_, i) => i))) {
    if (isGold.has(item)) continue;
    // Those with least work so far, ties by lot: whole rounds, with ever other companions.
    const order = draw.shuffle(load.map((_, w) => w)).sort((a, b) => load[a]! - load[b]!);
    for (const worker of order.slice(0, each)) {
      shifts[worker]!.push(item);
      load[worker]! += 1;
    }
  }
  return shifts.map((shift) => draw.shuffle(shift));
}
