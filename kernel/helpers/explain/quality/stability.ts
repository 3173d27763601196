import { known, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { frozen, table } from "../table.js";

export interface StabilityOptions {
  /** Each number moves by at most this, evenly drawn. */
  radius: number;
  /** Neighbours an example; default 10. */
  samples?: number;
  /** Default 0. */
  seed?: number;
}

export interface Stability {
  /** Largest relative change of the explanation, |e(x') - e(x)| / |e(x)| (Euclidean): 0 is perfectly stable. Infinity where e(x) is all 0 and e(x') is not. */
  readonly sensitivity: readonly number[];
  /** Largest |e(x') - e(x)| / |x' - x|: a local Lipschitz estimate. */
  readonly lipschitz: readonly number[];
}

/**
 * Does the explanation stay where the example hardly moves? Each example and its neighbours are explained again.
 *
 * @param explainer rows in, a list of attributions a row out: `async (rows) => (await explain.kernelShap(model, rows, { background })).values`
 * @param x examples, n x columns
 * @throws an explainer that gives another number of rows
 * @see Yeh et al. (2019), "On the (in)fidelity and sensitivity of explanations"; Alvarez-Melis and Jaakkola (2018); as captum.metrics.sensitivity_max
 * @example
 * (await explain.stability((rows) => rows.map(([a]) => [3 * a]), [[1]], { radius: 0.1 })).lipschitz // [3.000]
 */
export async function stability(explainer: (rows: number[][]) => readonly ArrayLike<number>[] | Promise<readonly ArrayLike<number>[]>, x: readonly ArrayLike<number>[], options: StabilityOptions): Promise<Stability> {
  known(options, ["radius", "samples", "seed"]);
  const { rows, width, values } = table({ x });
  const radius = positive({ radius: options.radius });
  const samples = whole({ samples: options.samples ?? 10 }, 1);
  const dice = random(options.seed ?? 0);
  const result = { sensitivity: [] as number[], lipschitz: [] as number[] };
  for (let row = 0; row < rows; row++) {
    const own = Array.from(values.subarray(row * width, (row + 1) * width));
    const near = Array.from({ length: samples }, () => own.map((value) => value + radius * (2 * dice.uniform() - 1)));
    const given = await explainer([own, ...near].map((one) => [...one]));
    if (given?.length !== samples + 1) throw new RangeError(`expected explainer to give ${samples + 1} explanations, got ${given?.length}`);
    const explained = table({ "the explainer's answer": given });
    const at = (index: number) => explained.values.subarray(index * explained.width, (index + 1) * explained.width);
    const size = distance(at(0), new Float64Array(explained.width));
    let [sensitivity, lipschitz] = [0, 0];
    near.forEach((one, index) => {
      const change = distance(at(index + 1), at(0));
      if (change === 0) return;
      sensitivity = Math.max(sensitivity, change / size);
      lipschitz = Math.max(lipschitz, change / distance(one, own));
    });
    result.sensitivity.push(sensitivity);
    result.lipschitz.push(lipschitz);
  }
  return frozen(result);
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}
