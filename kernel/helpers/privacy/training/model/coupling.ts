import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { plainTape } from "../tape.js";
import type { Network } from "./network.js";

const tries = 5;

/**
 * An example's loss must not change with the company it is in: tried once for hand-written networks, with the first example beside the second, alone, and beside itself.
 * A network that draws random numbers of its own gives something else from try to try, which is not taken for coupling.
 */
export function refuseCoupling({ losses, handWritten, method }: Network, x: readonly Tensor[], y: Tensor): void {
  if (!handWritten || method === "loop" || y.shape[0]! < 2) return;
  const first = (ids: number[]): number[] => tf.tidy(() => {
    const rows = (tensor: Tensor) => tf.concat(ids.map((id) => tf.slice(tensor, [id], [1])));
    const [some, truth] = [x.map(rows), rows(y)];
    return Array.from({ length: tries }, () => tf.tidy(() => losses(plainTape(false), some, truth).dataSync()[0]!));
  });
  const near = (one: number, other: number) => Math.abs(one - other) <= 1e-3 * Math.max(1e-3, Math.abs(other));
  const steady = (values: number[]) => values.every((value) => near(value, values[0]!));
  const together = first([0, 1]);
  if (!steady(together)) return;
  for (const ids of [[0], [0, 0]]) {
    const values = first(ids);
    if (steady(values) && !near(values[0]!, together[0]!)) throw new TypeError("expected a forward pass that treats the examples of a batch apart, got a loss of the first example that depends on the second: no means, norms or sorting over axis 0");
  }
}
