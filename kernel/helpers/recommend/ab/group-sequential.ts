import { say } from "../../../display/language.js";
import { inside, known, oneOf, whole } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { normalCdf, normalQuantile } from "./distributions.js";

export interface Look {
  /** Part of the planned users at this look. */
  readonly fraction: number;
  /** Decide where |z| reaches this. */
  readonly z: number;
  /** Two-sided p-value of that z. */
  readonly pValue: number;
  /** Chance of a false alarm until here. */
  readonly spent: number;
}

export interface GroupSequentialOptions {
  /** Of all looks together, two-sided; default 0.05. */
  alpha?: number;
  /** "obrienFleming": nearly nothing early, nearly the plain test at the end; "pocock": about alike at each look. Default "obrienFleming". */
  spending?: "obrienFleming" | "pocock";
}

/**
 * A plan with a few looks (Lan and DeMets): how large |z| must be at each so that the chance of a false alarm at any is alpha.
 *
 * @param looks a number of looks at equal distances, or the part of the users at each, rising to at most 1.
 * @throws `expected looks to rise from above 0 to at most 1, got 0.5 after 0.5`; `expected looks to be a whole number >= 1, got 0`.
 * Source: Lan and DeMets 1983; boundaries by Armitage, McPherson and Rowe's recursion; R package ldbounds.
 * @example recommend.abTest.groupSequential(2).map((look) => look.z) // [2.963, 1.969]
 */
export function groupSequential(looks: number | readonly number[], options: GroupSequentialOptions = {}): readonly Look[] {
  known(options, ["alpha", "spending"]);
  const alpha = inside({ alpha: options.alpha ?? 0.05 });
  const pocock = oneOf({ spending: options.spending ?? "obrienFleming" }, ["obrienFleming", "pocock"]) === "pocock";
  const times = typeof looks === "number" ? Array.from({ length: whole({ looks }, 1) }, (_, at) => (at + 1) / looks) : [...looks];
  if (times.length === 0) throw new RangeError("expected at least one look, got none");
  times.forEach((time, at) => {
    if (!(time > (times[at - 1] ?? 0) && time <= 1)) throw new RangeError(`expected looks to rise from above 0 to at most 1, got ${time}${at > 0 ? ` after ${times[at - 1]}` : ""}`);
  });
  // Each side spends its half of alpha, as the packages do.
  const edge = normalQuantile(1 - alpha / 4);
  const spend = (time: number) => (pocock ? alpha * Math.log(1 + (Math.E - 1) * time) : 4 * normalCdf(-edge / Math.sqrt(time)));
  let still: { at: Float64Array; weight: Float64Array } | undefined;
  let [before, spent] = [0, 0];
  const rows = times.map((time): Look => {
    const step = Math.sqrt(time - before);
    const allowed = spend(time) - spent;
    const crossing = (bound: number): number => {
      if (!still) return 2 * normalCdf(-bound / step);
      let sum = 0;
      for (let k = 0; k < still.at.length; k++) sum += still.weight[k] * normalCdf((still.at[k] - bound) / step);
      // The density is even: as many paths cross below as above.
      return 2 * sum;
    };
    let [low, high] = [0, 12];
    for (let k = 0; k < 45; k++) {
      const middle = (low + high) / 2;
      if (crossing(middle) > allowed) low = middle;
      else high = middle;
    }
    const bound = (low + high) / 2;
    still = within(still, step, bound);
    [before, spent] = [time, spend(time)];
    const z = bound / Math.sqrt(time);
    return Object.freeze({ fraction: time, z, pValue: 2 * normalCdf(-z), spent });
  });
  return showAs(rows, () => rows, () => say(`${pocock ? "Pocock" : "O'Brien-Fleming"} boundaries, alpha ${alpha}`, `${pocock ? "Pocock" : "O'Brien-Fleming"} 界限，alpha ${alpha}`));
}

const points = 401;

/** The density of paths that have not crossed, on Simpson's points from -bound to bound: places, and density times weight. */
function within(before: { at: Float64Array; weight: Float64Array } | undefined, step: number, bound: number): { at: Float64Array; weight: Float64Array } {
  const width = (2 * bound) / (points - 1);
  const at = Float64Array.from({ length: points }, (_, k) => -bound + k * width);
  const normal = (x: number) => Math.exp((-x * x) / (2 * step * step)) / (step * Math.sqrt(2 * Math.PI));
  const weight = new Float64Array(points);
  // The density is even: the half up to the middle is computed, the other half is its image.
  for (let k = 0; 2 * k < points; k++) {
    let density = 0;
    if (!before) density = normal(at[k]);
    else for (let j = 0; j < before.at.length; j++) density += before.weight[j] * normal(at[k] - before.at[j]);
    weight[k] = weight[points - 1 - k] = (density * width * (k === 0 ? 1 : k % 2 === 1 ? 4 : 2)) / 3;
  }
  return { at, weight };
}
