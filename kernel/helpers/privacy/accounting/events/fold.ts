import type { PrivacyEvent } from "./event.js";
import { readEvent } from "./read.js";

/** A part of an event that an accountant must know, with how often it happens and the events around it. */
export interface Leaf {
  event: PrivacyEvent;
  times: number;
  path: readonly string[];
}

/** An event without its compositions: what happens, and how often. */
export function leaves(event: PrivacyEvent, times = 1, path: readonly string[] = []): Leaf[] {
  const here = [...path, event.kind];
  if (event.kind === "composed") return event.events.flatMap((part) => leaves(part, times, here));
  if (event.kind === "repeated") return leaves(event.event, times * event.times, here);
  return times === 0 ? [] : [{ event, times, path: here }];
}

/**
 * The noise multiplier of the one Gaussian event that is as private as a Gaussian event, or as several on the same records:
 * 1 / sqrt(sum of 1 / multiplier^2). That is exact, also when each depends on the earlier ones.
 *
 * @returns Infinity for no event at all; undefined where there is other noise than Gaussian.
 * @example
 * const g = (noiseMultiplier) => privacy.events.gaussian({ noiseMultiplier });
 * privacy.noiseMultiplierOf(privacy.events.composed([g(3), g(4)])) // 2.4
 */
export function noiseMultiplierOf(event: PrivacyEvent): number | undefined {
  let precision = 0;
  for (const { event: part, times } of leaves(readEvent(event))) {
    if (part.kind !== "gaussian") return undefined;
    precision += times / part.noiseMultiplier ** 2;
  }
  return 1 / Math.sqrt(precision);
}

/** What stands inside a sampling event and is no Gaussian noise: the sub-event to name when it is refused. */
export const firstOther = (event: PrivacyEvent): Leaf | undefined => leaves(event).find((leaf) => leaf.event.kind !== "gaussian");
