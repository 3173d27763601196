import * as privacy from "../../../kernel/helpers/privacy/index.js";
import { alternate } from "../training/alternate.js";

/** Milliseconds of one answer, each for another noise, so that nothing is remembered. */
export interface AccountingRow {
  readonly name: string;
  readonly time: number;
  readonly most: number;
}

/** 10,000 steps of DP-SGD: epsilon by Rényi divergence, and by the privacy loss distribution. */
export function measureAccounting(seconds: number): AccountingRow[] {
  let noiseMultiplier = 1;
  const epsilon = (kind: "rdp" | "pld") => () => {
    noiseMultiplier += 1e-4;
    privacy.dpsgd({ examples: 60_000, batchSize: 256, steps: 10_000, delta: 1e-5, noiseMultiplier, accountant: { kind } });
  };
  const runs = { "epsilon, RDP": epsilon("rdp"), "epsilon, PLD of 10,000 steps": epsilon("pld") };
  const most: Record<string, number> = { "epsilon, RDP": 5, "epsilon, PLD of 10,000 steps": 1000 };
  return Object.entries(alternate(runs, seconds)).map(([name, time]) => ({ name, time, most: most[name]! }));
}
