import type { Tensor } from "@tensorflow/tfjs";
import { compile } from "../../../kernel/engine/compile/public.js";
import type { Tier } from "../../../kernel/engine/contract.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as privacy from "../../../kernel/helpers/privacy/index.js";
import { drawNormals } from "../../../kernel/helpers/privacy/random/normals.js";
import { resolveClip } from "../../../kernel/helpers/privacy/training/clip.js";
import { resolveLoss } from "../../../kernel/helpers/privacy/training/losses.js";
import { networkOf } from "../../../kernel/helpers/privacy/training/model/network.js";
import { NoiseTensor } from "../../../kernel/helpers/privacy/training/trainer/noise-tensor.js";
import { batchStep, type Noise } from "../../../kernel/helpers/privacy/training/trainer/step.js";
import { alternate } from "../training/alternate.js";
import { workloads } from "./workloads.js";

/** Milliseconds a step, medians; the runs alternate in one process. */
export interface PrivateRow {
  readonly name: string;
  readonly parameters: number;
  readonly plain: number;
  /** Clipped per example, no noise yet. */
  readonly clipped: number;
  /** With noise from the secure source on all weights. */
  readonly private: number;
  /** Drawing the noise alone. */
  readonly noise: number;
}

/** What private training costs beside plain training of the same model, both compiled where the tier can. */
export async function measurePrivate(tier: Tier, seconds: number, onName: (name: string) => void): Promise<PrivateRow[]> {
  const { tf } = await loadEngine({ tier });
  const rows: PrivateRow[] = [];
  for (const [name, { make, batch, loss }] of Object.entries(workloads)) {
    onName(name);
    const { x, y } = batch(tf);
    const mask = tf.ones([x.shape[0]!]) as never;

    const plainModel = make(tf, privacy);
    const perExample = resolveLoss(loss, true);
    const plainOptimizer = tf.train.sgd(0.01);
    const plainVariables = Object.values(plainModel.variables);
    const plain = compile((x: Tensor, y: Tensor) => plainOptimizer.minimize(() => perExample(y, plainModel.predict(x)).mean().asScalar(), true, plainVariables)!);

    const model = make(tf, privacy);
    const network = networkOf(model, loss);
    const parameters = network.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
    const step = batchStep({ network, clip: resolveClip(1, network.parameters), bound: undefined, optimizer: tf.train.sgd(0.01), expectedBatch: x.shape[0]!, finite: true });
    const compiled = compile((x: Tensor, y: Tensor, noise: Noise) => step([x], y, mask, null, noise).loss);
    const still: Noise = { gradient: tf.zeros([parameters]) as never, count: tf.scalar(0) };
    const drawn = new NoiseTensor(parameters);
    const alone = new Float32Array(parameters);
    const fresh = (): Noise => ({ gradient: drawn.draw((values) => drawNormals(values, { scale: 1 / x.shape[0]! })), count: tf.scalar(0) });

    const runs = {
      plain: () => tf.dispose(plain(x, y)),
      clipped: () => tf.dispose(compiled(x, y, still)),
      private: () => {
        const noise = fresh();
        tf.dispose([compiled(x, y, noise), noise.count]);
        drawn.wipe();
      },
      noise: () => void drawNormals(alone),
    };
    for (const run of Object.values(runs)) for (let call = 0; call < 20; call++) run();
    const times = alternate(runs, seconds);
    rows.push({ name, parameters, plain: times["plain"]!, clipped: times["clipped"]!, private: times["private"]!, noise: times["noise"]! });
    tf.dispose([x, y, mask, still.gradient, still.count]);
    tf.disposeVariables();
  }
  return rows;
}
