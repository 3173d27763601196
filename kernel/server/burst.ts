import { setTimeout as wait } from "node:timers/promises";
import type { Request } from "../wire/message.js";

/**
 * "Run all" sends its cells one after another; a cell that fails at once would answer before the rest has arrived, and the rest would run.
 * So a failure is told at the earliest this long after its cell arrived: nobody sees it, and what comes meanwhile was sent without knowing.
 */
const burstMs = 25;

export async function burst(request: Request): Promise<void> {
  const left = request.arrived + burstMs - performance.now();
  if (left > 0) await wait(left);
}

/**
 * True where the sender of `request` could not yet have seen the failure. Clocks of client and kernel may differ by hours, so only the
 * client's own dates are compared: the failure came `at - arrived` after its cell, by either clock.
 */
export function sentBefore(request: Request, failed: { request: Request; at: number }): boolean {
  if (request.header.session !== failed.request.header.session) return false;
  const gap = Date.parse(request.header.date) - Date.parse(failed.request.header.date);
  return gap < failed.at - failed.request.arrived - 1; // NaN where a date is missing: it runs. 1 ms: dates are cut to milliseconds
}
