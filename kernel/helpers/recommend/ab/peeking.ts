import { say } from "../../../display/language.js";
import { finite, inside, known, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { showAs } from "../../label/show.js";
import { logRatio } from "./always-valid.js";
import { normalQuantile } from "./distributions.js";
import { groupSequential } from "./group-sequential.js";

export interface PeekingOptions {
  /** Looks at equal distances; default 20. */
  looks?: number;
  /** Users of each variant between looks; default 100. */
  perLook?: number;
  /** Experiments; default 1000. */
  runs?: number;
  /** True difference, in standard deviations; default 0: every decision is a false alarm. */
  effect?: number;
  /** Default 0.05. */
  alpha?: number;
  /** Of the always-valid test; default 0.1. */
  tau?: number;
  /** Default 1. */
  seed?: number;
}

export interface PeekingRow {
  readonly rule: string;
  /** Share of experiments that decided for a difference: false alarms without an effect, power with one. */
  readonly decided: number;
  /** Mean users of each variant when the experiment ended. */
  readonly users: number;
}

/**
 * What looking does: experiments on made-up users, ended at the first look at which each rule decides. The plain test, looked at again and again until it
 * says yes, raises false alarms far above alpha; the others do not.
 *
 * @throws `expected looks to be a whole number >= 1, got 0`.
 * @example
 * const rows = recommend.abTest.peeking({ runs: 200, looks: 5, perLook: 50 });
 * rows.map((row) => row.rule) // ["plain test, once at the end", "plain test, at every look", "group sequential (O'Brien-Fleming)", "always-valid (mSPRT)"]
 */
export function peeking(options: PeekingOptions = {}): readonly PeekingRow[] {
  known(options, ["looks", "perLook", "runs", "effect", "alpha", "tau", "seed"]);
  const [looks, perLook, runs] = [whole({ looks: options.looks ?? 20 }, 1), whole({ perLook: options.perLook ?? 100 }, 1), whole({ runs: options.runs ?? 1000 }, 1)];
  const [effect, alpha, tau] = [finite({ effect: options.effect ?? 0 }), inside({ alpha: options.alpha ?? 0.05 }), positive({ tau: options.tau ?? 0.1 })];
  const draw = random(options.seed ?? 1);
  const edge = normalQuantile(1 - alpha / 2);
  const bounds = boundsOf(looks, alpha);
  const rules: readonly [string, (z: number, difference: number, n: number, look: number) => boolean][] = [
    ["plain test, once at the end", (z, _, __, look) => look === looks - 1 && Math.abs(z) >= edge],
    ["plain test, at every look", (z) => Math.abs(z) >= edge],
    ["group sequential (O'Brien-Fleming)", (z, _, __, look) => Math.abs(z) >= bounds[look]],
    ["always-valid (mSPRT)", (_, difference, n) => Math.exp(-logRatio(n, difference, 2, tau)) <= alpha],
  ];
  const counts = rules.map(() => ({ decided: 0, users: 0 }));
  for (let run = 0; run < runs; run++) {
    let sum = 0;
    const open = new Set(rules.keys());
    for (let look = 0; look < looks && open.size > 0; look++) {
      // The sum of perLook differences of two normal users, drawn at once.
      sum += perLook * effect + Math.sqrt(2 * perLook) * draw.normal();
      const n = (look + 1) * perLook;
      for (const at of open) {
        const yes = rules[at][1](sum / Math.sqrt(2 * n), sum / n, n, look);
        if (!yes && look < looks - 1) continue;
        open.delete(at);
        counts[at].users += n;
        if (yes) counts[at].decided += 1;
      }
    }
  }
  const rows = rules.map(([rule], at) => Object.freeze({ rule, decided: counts[at].decided / runs, users: counts[at].users / runs }));
  return showAs(rows, () => rows, () => say(`${runs} experiments of ${looks} looks, ${effect === 0 ? "no effect: every decision is a false alarm" : `effect ${effect} standard deviations`}`, `${runs} 次实验，每次查看 ${looks} 回，${effect === 0 ? "没有效应：每个决定都是误报" : `效应为 ${effect} 个标准差`}`));
}

const plans = new Map<string, readonly number[]>();

/** The plan's limits, worked out once: a sweep over seeds asks for the same ones again and again. */
function boundsOf(looks: number, alpha: number): readonly number[] {
  const key = `${looks} ${alpha}`;
  let bounds = plans.get(key);
  if (!bounds) plans.set(key, (bounds = groupSequential(looks, { alpha }).map(({ z }) => z)));
  return bounds;
}
