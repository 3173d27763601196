// What private training costs beside plain training of the same model, both compiled. Not a test.
//   node dist/test/bench/private/measure.js                  medians, ms a step; rounds alternate in one process
//   node dist/test/bench/private/measure.js --tier wasm      on another tier
//   node dist/test/bench/private/measure.js --explain mlp    and the operations of a private step
// Opacus beside it: python test/bench/private/opacus_steps.py (with torch and opacus).
import { parseArgs } from "node:util";
import type { Tensor } from "@tensorflow/tfjs";
import { compile } from "../../../kernel/engine/compile/public.js";
import type { Tier } from "../../../kernel/engine/contract.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as privacy from "../../../kernel/helpers/privacy/index.js";
import { resolveClip } from "../../../kernel/helpers/privacy/training/clip.js";
import { resolveLoss } from "../../../kernel/helpers/privacy/training/losses.js";
import { networkOf } from "../../../kernel/helpers/privacy/training/model/network.js";
import { batchStep, type Noise } from "../../../kernel/helpers/privacy/training/trainer/step.js";
import { alternate } from "../training/alternate.js";
import { workloads } from "./workloads.js";

const { values } = parseArgs({ options: { tier: { type: "string", default: "tensorflow" }, seconds: { type: "string", default: "3" }, explain: { type: "string" }, only: { type: "string" } } });
const { tf } = await loadEngine({ tier: values.tier as Tier });

for (const [name, { make, batch, loss }] of Object.entries(workloads)) {
  if (values.only && !name.toLowerCase().includes(values.only)) continue;
  const { x, y } = batch(tf);
  const mask = tf.ones([x.shape[0]!]) as never;

  const plainModel = make(tf, privacy);
  const perExample = resolveLoss(loss, true);
  const plainOptimizer = tf.train.sgd(0.01);
  const plainVariables = Object.values(plainModel.variables);
  const plain = compile((x: Tensor, y: Tensor) => plainOptimizer.minimize(() => perExample(y, plainModel.predict(x)).mean().asScalar(), true, plainVariables)!);

  const model = make(tf, privacy);
  const network = networkOf(model, loss);
  const size = network.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  const step = batchStep({ network, clip: resolveClip(1, network.parameters), bound: undefined, optimizer: tf.train.sgd(0.01), expectedBatch: x.shape[0]!, finite: true });
  const compiled = compile((x: Tensor, y: Tensor, noise: Noise) => step([x], y, mask, null, noise).loss);
  const still: Noise = { gradient: tf.zeros([size]) as never, count: tf.scalar(0) };
  const fresh = (): Noise => ({ gradient: tf.tensor1d(privacy.random.normals(size, { scale: 1 / x.shape[0]! })), count: tf.scalar(0) });

  const runs = {
    plain: () => tf.dispose(plain(x, y)),
    clipped: () => tf.dispose(compiled(x, y, still)),
    private: () => {
      const noise = fresh();
      tf.dispose([compiled(x, y, noise), noise.gradient, noise.count]);
    },
    noise: () => void privacy.random.normals(size),
  };
  for (const run of Object.values(runs)) for (let call = 0; call < 20; call++) run();
  const times = alternate(runs, Number(values.seconds));
  const [base, before, all] = [times["plain"]!, times["clipped"]!, times["private"]!];
  console.log(`${name} (${size} parameters): plain ${base.toFixed(2)}, clipped without noise ${before.toFixed(2)} (${(before / base).toFixed(2)}x), private ${all.toFixed(2)} (${(all / base).toFixed(2)}x), of which noise ${times["noise"]!.toFixed(2)}`);
  if (values.explain && name.toLowerCase().includes(values.explain)) console.log(String((compile.explain(compiled as never) as unknown as { text?: string }).text ?? JSON.stringify((compile.explain(compiled as never) as unknown as { variants: { operations: unknown[] }[] }).variants[0]!.operations).slice(0, 200000)));
  tf.dispose([x, y, mask, still.gradient, still.count]);
  tf.disposeVariables();
}
