import type { Scope } from "./scope.js";

/** Pre-made places for cells. `.tsx` places take the few cells that hold JSX: `<T>(x: T) => x` must stay legal in the others. */
export interface Slots {
  /** Every slot's name, `cell1.ts`. */
  readonly all: readonly string[];
  /** Slots in use, each with the slots whose names its text mentions. */
  readonly uses: Map<string, string[]>;
}

export const probe = { ts: "probe0.ts", tsx: "probe0.tsx" } as const;

/** A block of places more: rebuilds the program once, so blocks are generous. */
export function growSlots(old?: Slots, counts = { ts: 32, tsx: 4 }): Slots {
  const all = [...(old?.all ?? [])];
  for (const kind of ["ts", "tsx"] as const) {
    const before = all.filter((slot) => slot.endsWith(`.${kind}`)).length;
    for (let i = 1; i <= counts[kind]; i++) all.push(`cell${before + i}.${kind}`);
  }
  return { all, uses: old?.uses ?? new Map() };
}

/** Slots that a later cell can still reach: those that define a name, and those whose names these mention. */
export function liveSlots(slots: Slots, scope: Scope): Set<string> {
  const live = new Set<string>();
  const visit = (slot: string): void => {
    if (live.has(slot)) return;
    live.add(slot);
    for (const used of slots.uses.get(slot) ?? []) visit(used);
  };
  for (const { slot } of scope.values()) visit(slot);
  return live;
}

export const freeSlot = (slots: Slots, scope: Scope, kind: "ts" | "tsx"): string | undefined => {
  const live = liveSlots(slots, scope);
  return slots.all.find((slot) => slot.endsWith(`.${kind}`) && !live.has(slot));
};
