// A module worker in the page: the notebook's helpers on WebAssembly, as a page would load them.
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { repairGradients } from "../../../kernel/engine/gradients/register.js";
import { repairJavaScript } from "../../../kernel/engine/repairs/javascript.js";
import { repairWasm } from "../../../kernel/engine/wasm/register.js";
import * as data from "../../../kernel/helpers/data/index.js";
import * as explain from "../../../kernel/helpers/explain/index.js";
import * as fairness from "../../../kernel/helpers/fairness/index.js";
import * as federated from "../../../kernel/helpers/federated/index.js";
import * as label from "../../../kernel/helpers/label/index.js";
import * as plot from "../../../kernel/helpers/plot/index.js";
import * as privacy from "../../../kernel/helpers/privacy/index.js";
import * as train from "../../../kernel/helpers/train/index.js";
import type { Example } from "../../support/examples.js";
import { runExample } from "../../support/promised.js";

export interface Answer {
  backend: string;
  /** What examples did not give what they promise, with their code. */
  failures: string[];
  ran: number;
}

const scope = { data, explain, fairness, federated, label, plot, privacy, train, tf };
const ready = start();

async function start(): Promise<void> {
  setWasmPaths("/wasm/");
  repairJavaScript(tf);
  repairGradients(tf);
  repairWasm(tf);
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend did not start");
}

/** One message, a room's examples; one answer. */
addEventListener("message", async ({ data: examples }: MessageEvent<Example[]>) => {
  await ready;
  const failures: string[] = [];
  for (const example of examples) {
    const failure = await runExample(example, scope);
    if (failure) failures.push(failure);
  }
  postMessage({ backend: tf.getBackend(), failures, ran: examples.length } satisfies Answer);
});
