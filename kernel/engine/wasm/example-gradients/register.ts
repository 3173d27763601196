import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../contract.js";
import { putFast, sizeOf, withScratch, type WasmBackend } from "../simd/module.js";
import type { ExampleGradientAttrs, Part, Plan, Site } from "./contract.js";
import { asPlan, planOuter } from "./outer.js";
import { planRows } from "./rows.js";
import { planSummed } from "./summed.js";
import { planWindows } from "./windows.js";

type Inputs = Record<string, TensorInfo>;

/**
 * `ExampleGradientSum`: weighted sums of the gradients of single examples, as private training needs them, from the tensors of one
 * backward pass. Squared norms and then sums, in one pass over the batch: an example's gradient is made, weighed and added while it is in
 * the cache, so that the work is that of the ordinary gradient of the weights and the memory that of one example.
 * Inputs are those that the parts name, and maybe `plus`: all parameters one after the other, added to the sums at the end.
 * Outputs are a sum for each part, and the squared norms [parts, B].
 */
export function addExampleGradients(tf: TensorFlowJs): void {
  putFast(tf, "ExampleGradientSum", (inputs, attributes, memory, simd) => {
    const { parts, shapes, weigh } = attributes as unknown as ExampleGradientAttrs;
    const batch = batchOf(parts[0]!, inputs);
    const sums = shapes.map((shape) => memory.makeOutput([...shape], "float32"));
    const squares = memory.makeOutput([parts.length, batch], "float32");
    const plans = parts.map((part, index) => planOf(tf, part, inputs, memory, shapes[index]!));
    const bytes = plans.reduce((sum, plan) => sum + plan.bytes, 16);
    withScratch(memory, bytes, (scratch) => {
      const heap = new Float32Array(memory.typedArrayFromHeap(squares).buffer);
      const dot = (a: number, b: number, bytes_: number): number => {
        simd.run["dotRows"]!(a, b, scratch, 1, bytes_);
        return heap[scratch >>> 2]!;
      };
      let free = scratch + 16;
      const examples = plans.map((plan, index) => {
        memory.typedArrayFromHeap(sums[index]!).fill(0);
        const site: Site = { run: simd.run, matMulScratch: simd.scratch, heap, batch, out: memory.getMemoryOffset(sums[index]!.dataId), scratch: free, dot };
        free += plan.bytes;
        return plan.start(site);
      });
      const weights = parts.map(() => new Float32Array(batch));
      const used = new Uint8Array(batch);
      const squared = new Float32Array(parts.length);
      const allSquares = memory.typedArrayFromHeap(squares);
      for (let example = 0; example < batch; example++) {
        examples.forEach((part, index) => (allSquares[index * batch + example] = squared[index] = part.squared(example)));
        const given = weigh(squared, example);
        if (!given) continue;
        used[example] = 1;
        examples.forEach((part, index) => {
          weights[index]![example] = given[index]!;
          part.add(example, given[index]!);
        });
      }
      examples.forEach((part, index) => part.finish?.(weights[index]!, used));
      if (inputs["plus"]) addAll(memory.getMemoryOffset(inputs["plus"].dataId), sums, memory, simd.run["Add"]!);
    });
    return [...sums, squares];
  });
}

function addAll(plus: number, sums: TensorInfo[], memory: WasmBackend, add: (...parameters: number[]) => void): void {
  let from = plus;
  for (const sum of sums) {
    const [out, bytes] = [memory.getMemoryOffset(sum.dataId), sizeOf(sum.shape) * 4];
    add(out, from, out, 1, bytes, 0, 0, 0, 0);
    from += bytes;
  }
}

const first = (part: Part): string => (part.kind === "summed" ? part.value : part.right);
const batchOf = (part: Part, inputs: Inputs): number => inputs[first(part)]!.shape[0]!;

function planOf(tf: TensorFlowJs, part: Part, inputs: Inputs, memory: WasmBackend, shape: readonly number[]): Plan {
  const at = (name: string) => memory.getMemoryOffset(inputs[name]!.dataId);
  const [batch, positions, n] = inputs[first(part)]!.shape as [number, number, number];
  switch (part.kind) {
    case "outer": return asPlan(planOuter({ positions, m: inputs[part.left]!.shape[2]!, n, finite: part.finite }, batch), at(part.left), at(part.right));
    case "rows": return planRows(at(part.ids), at(part.right), { positions, rows: shape[0]!, n });
    case "summed": return planSummed(at(part.value), { positions, n });
    case "windows": {
      const { filterShape, strides, dilations, pad } = part.window;
      const info = tf.backend_util.computeConv2DInfo(inputs[part.x]!.shape as [number, number, number, number], [...filterShape], [...strides], [...dilations], pad);
      return planWindows(at(part.x), at(part.right), info, part.finite);
    }
  }
}
