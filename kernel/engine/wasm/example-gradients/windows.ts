import { geometry } from "../fast-convolution.js";
import type { Plan, WindowInfo } from "./contract.js";
import { ghostIsCheaper, planOuter } from "./outer.js";

/** A convolution's kernel: at each place of the output an outer product of what the kernel sees there, and what came back. */
export function planWindows(x: number, right: number, info: WindowInfo, finite: boolean): Plan {
  const { batchSize: batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels: n, filterHeight, filterWidth } = info;
  const [positions, m] = [outHeight * outWidth, filterHeight * filterWidth * inChannels];
  const outer = planOuter({ positions, m, n, finite }, batch);
  const seen = positions * m * 4;
  // All windows at once only where the whole sum is one product.
  const together = ghostIsCheaper(positions, m, n);
  const windows = (together ? batch : 1) * seen;
  return {
    bytes: windows + outer.bytes,
    start(site) {
      const { run, scratch } = site;
      const see = (example: number, examples: number) => run["patches"]!(x + example * inHeight * inWidth * inChannels * 4, scratch, examples, ...geometry(info));
      const below = { ...site, scratch: scratch + windows };
      if (together) {
        see(0, batch);
        return outer.start(below, scratch, right);
      }
      return {
        squared(example) {
          see(example, 1);
          return one(example).squared(0);
        },
        add: (example, weight) => one(example).add(0, weight),
      };
      function one(example: number) {
        return outer.start(below, scratch, right + example * positions * n * 4);
      }
    },
  };
}
