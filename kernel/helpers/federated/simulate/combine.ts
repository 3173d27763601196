import { clipUpdate } from "../dp/clip.js";
import { draw } from "../dp/noise.js";
import { secureSum } from "../secagg/sum.js";
import { flatten, type Weights } from "../weights.js";
import type { Resolved } from "./options.js";
import type { Turnout } from "./participate.js";

/** The mean change of a round, where the server is not to see single updates; and how many updates (or coordinates) were clipped. */
export interface Mean {
  readonly change: Float64Array | undefined;
  readonly clipped: number;
}

export async function privateMean<State>(options: Resolved<State>, turnout: Turnout, global: Weights): Promise<Mean> {
  const { privacy, secure } = options;
  const before = flatten(global);
  let clipped = 0;
  const changes = turnout.answers.map(({ name, update }) => {
    let values: Float64Array = flatten(update.weights).map((value, at) => value - before[at]!);
    if (privacy) {
      const bounded = clipUpdate(values, privacy);
      if (bounded.clipped) clipped++;
      ({ values } = bounded);
      if (privacy.mode === "local") add(values, draw(privacy.noise, values.length, 2 * privacy.clip * privacy.noiseMultiplier));
    }
    // With privacy every client has one vote: the number of its examples is its secret too.
    return { name, values, examples: privacy ? 1 : update.examples };
  });

  if (secure) {
    const silent = [...turnout.dropped, ...turnout.failed.map(({ client }) => client)];
    const total = await secureSum(changes, { silent, ...secure });
    return { change: total && total.sum.map((value) => value / total.examples), clipped: clipped + (total?.clipped ?? 0) };
  }
  const sum = new Float64Array(before.length);
  for (const { values } of changes) add(sum, values);
  if (privacy?.mode === "central") {
    add(sum, draw(privacy.noise, sum.length, privacy.clip * privacy.noiseMultiplier));
    return { change: sum.map((value) => value / privacy.normaliser), clipped };
  }
  return { change: changes.length ? sum.map((value) => value / changes.length) : undefined, clipped };
}

function add(sum: Float64Array, values: ArrayLike<number>): void {
  for (let at = 0; at < sum.length; at++) sum[at]! += values[at]!;
}
