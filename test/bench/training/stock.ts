/** tfjs-node as npm has it, with nothing of ours but the binding it needs: `node stock.js SECONDS` prints {name: ms} as JSON. */
import { createRequire } from "node:module";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../kernel/engine/contract.js";
import { quietTensorFlow } from "../../../kernel/engine/quiet.js";
import { shimNodeUtil } from "../../../kernel/engine/repairs/node-util.js";
import { openAddons } from "../../../kernel/engine/tiers/addon.js";
import { findAddons } from "../../../kernel/engine/tiers/tensorflow.js";
import { alternate } from "./alternate.js";
import { optimizers, workloads } from "./workloads.js";

const require = createRequire(import.meta.url);
quietTensorFlow();
shimNodeUtil();
const tf = require("@tensorflow/tfjs") as TensorFlowJs;
const { NodeJSKernelBackend } = require("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend") as { NodeJSKernelBackend: new (binding: object, name: string) => object };
const binding = openAddons(findAddons(process.cwd()).addons!);
tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node") as never, 3);
require("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
await tf.setBackend("tensorflow");

const figures: Record<string, number> = {};
for (const [name, { make, batch }] of Object.entries(workloads)) {
  for (const [optimizer, create] of Object.entries(optimizers)) {
    const data: Tensor[] = batch(tf);
    const step = make(tf, create(tf));
    const run = (): void => tf.tidy(() => void step(...data));
    for (let call = 0; call < 10; call++) run();
    figures[`${name}, ${optimizer}`] = alternate({ run }, Number(process.argv[2] ?? 1))["run"]!;
    tf.disposeVariables();
    tf.dispose(data);
  }
}
console.log(JSON.stringify(figures));
