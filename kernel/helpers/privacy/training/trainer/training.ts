import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Scalar, Tensor, Tensor1D, Variable } from "@tensorflow/tfjs";
import { known } from "../../../arguments.js";
import { accountant, restoreAccountant } from "../../accounting/accountant.js";
import type { Accountant } from "../../accounting/contract.js";
import { drawNormals, normals } from "../../random/normals.js";
import { resolveClip, type Clip } from "../clip.js";
import { refuseCoupling } from "../model/coupling.js";
import { networkOf, type Inputs, type Network, type Trainable } from "../model/network.js";
import { examplesIn, inputsOf } from "../per-example.js";
import { checkCheckpoint, loadTensor, named, saveTensor, type Checkpoint } from "./checkpoint.js";
import { compiler } from "./compiler.js";
import { resolveLossName, resolveOptimizer, resolvePlan, stepNoise, type Plan, type StepNoise, type TrainingOptions } from "./options.js";
import { NoiseTensor } from "./noise-tensor.js";
import { poissonSample, stepSeed } from "./sampling.js";
import { emptyStep, physicalStep, type Noise, type Part, type PhysicalStep, type StepSetup } from "./step.js";

export interface TrainingData {
  /** [N, ...], or one for each input of the model. */
  x: Inputs;
  /** [N, ...]. */
  y: Tensor;
}

const allFinite = (tensor: Tensor): boolean => tensor.dtype !== "float32" || tf.tidy(() => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1);

/** A private training that goes step by step. */
export class PrivateTraining {
  readonly plan: Plan;
  #accountant: Accountant;
  #done = 0;
  #unsafeLoss = Number.NaN;
  readonly #setup: StepSetup;
  readonly #step: PhysicalStep;
  readonly #noise: StepNoise;
  readonly #x: readonly Tensor[];
  readonly #y: Tensor;
  readonly #seed: number | undefined;
  /** The noise of a step, for all parameters. */
  readonly #drawn: NoiseTensor;
  readonly #ownOptimizer: boolean;
  #lossTensor: Scalar | undefined;

  /** Use `privacy.training`. */
  constructor(model: Trainable, data: TrainingData, options: TrainingOptions) {
    known(data, ["x", "y"]);
    this.#x = inputsOf(data.x);
    this.#y = data.y;
    this.plan = resolvePlan(options, examplesIn(this.#x, data.y));
    const network: Network = networkOf(model, resolveLossName(model, options), options.method);
    const clip: Clip = resolveClip(options.clip ?? 1, network.parameters);
    refuseCoupling(network, this.#x, this.#y);
    this.#noise = stepNoise(this.plan, clip);
    this.#accountant = accountant(options.accountant ?? {});
    // Refused now rather than at the first step.
    this.#accountant.compose(this.#noise.event);
    if (options.resume) checkCheckpoint(options.resume, this.#checked());
    const optimizer: Optimizer = resolveOptimizer(options);
    this.#ownOptimizer = optimizer !== options.optimizer;
    const bound = clip.adaptive ? tf.tidy(() => tf.variable(tf.scalar(clip.norms[0]!), false)) : undefined;
    this.#setup = { network, clip, bound: bound as Variable | undefined, optimizer, expectedBatch: this.plan.batchSize, finite: this.#x.every(allFinite) };
    this.#drawn = new NoiseTensor(network.parameters.reduce((sum, { variable }) => sum + variable.size, 0));
    this.#seed = options.unsafeSeed;
    this.#step = physicalStep(this.#setup, compiler(options.compile));
    if (options.resume) this.#restore(options.resume);
  }

  /** Updates made. */
  get done(): number {
    return this.#done;
  }

  /** Adaptive clipping: the norm now; else the one that was given (the whole of it). */
  get clipNorm(): number {
    return this.#setup.bound ? this.#setup.bound.dataSync()[0]! : this.#setup.clip.sensitivity;
  }

  /** Everything that was spent so far. */
  get accountant(): Accountant {
    return this.#accountant;
  }

  get epsilon(): number {
    return this.#accountant.epsilon(this.plan.delta);
  }

  /** Mean loss of the last batch, over the expected size. It comes from the data without noise: look, but do not publish. */
  get unsafeLoss(): number {
    if (this.#lossTensor) {
      this.#unsafeLoss = this.#lossTensor.dataSync()[0]! / this.plan.batchSize;
      this.#lossTensor.dispose();
      this.#lossTensor = undefined;
    }
    return this.#unsafeLoss;
  }

  /**
   * One update: a batch is drawn, its gradients clipped, summed and noised, and the optimiser called.
   * The step is put on the account first: one that is interrupted has been paid for, never the other way round.
   */
  step(): void {
    const { plan } = this;
    if (this.#done >= plan.steps) throw new RangeError(`expected at most the ${plan.steps} steps that were planned, got one more`);
    this.#accountant = this.#accountant.compose(this.#noise.event);
    const number = this.#done++;
    const ids = poissonSample(this.#y.shape[0]!, plan.rate, stepSeed(this.#seed, number, 0));
    const part = this.#update(ids, number);
    this.#lossTensor?.dispose();
    this.#lossTensor = part.loss;
    tf.dispose([...part.sums, part.within]);
  }

  #update(ids: Int32Array, number: number): Part {
    const noise = this.#draw(number);
    try {
      if (ids.length === 0) return emptyStep(this.#setup, noise);
      const { physicalBatchSize: size } = this.plan;
      let before: Part | null = null;
      for (let at = 0; at < ids.length; at += size) {
        const last = at + size >= ids.length;
        const { rows, mask } = this.#rows(ids.subarray(at, at + size));
        const part: Part = this.#step([...this.#x], this.#y, rows, mask, before, last ? noise : null);
        tf.dispose([rows, mask, ...(before ? [...before.sums, before.loss, before.within] : [])]);
        before = part;
      }
      return before!;
    } finally {
      this.#drawn.wipe();
      noise.count.dispose();
    }
  }

  /** Filled up with the first example, which does not count. */
  #rows(ids: Int32Array): { rows: Tensor1D; mask: Tensor1D } {
    const size = this.#setup.network.method === "loop" ? ids.length : this.plan.physicalBatchSize;
    const rows = new Int32Array(size);
    rows.set(ids);
    return { rows: tf.tensor1d(rows, "int32"), mask: tf.tensor1d(new Float32Array(size).fill(1, 0, ids.length)) };
  }

  #draw(number: number): Noise {
    const { bound, clip } = this.#setup;
    const seed = (purpose: number) => ({ unsafeSeed: stepSeed(this.#seed, number, purpose) });
    // A norm that adapts is multiplied in with the update.
    const options = { scale: (this.#noise.gradient * (bound ? 1 : clip.sensitivity)) / this.plan.batchSize, ...seed(1) };
    return { gradient: this.#drawn.draw((values) => drawNormals(values, options)), count: tf.scalar(normals(1, { scale: this.#noise.count, ...seed(2) })[0]!) };
  }

  #checked(): Record<string, number> {
    const { noiseMultiplier, delta, batchSize, examples } = this.plan;
    return { noiseMultiplier, delta, batchSize, examples };
  }

  /** Everything that is needed to go on, in this program or another: weights, optimiser, clip norm, account. Between two steps. */
  async checkpoint(): Promise<Checkpoint> {
    const { network, optimizer, bound } = this.#setup;
    const done = this.#done;
    const state = this.#accountant.toJSON();
    // Copies, because a step may come while the numbers are read.
    const weights = network.parameters.map(({ name, variable }) => ({ name, tensor: variable.clone() as Tensor }));
    const slots = (await optimizer.getWeights()).map(({ name, tensor }) => ({ name, tensor: tensor.clone(), own: tensor }));
    const saved = async (list: { name: string; tensor: Tensor }[]) => Object.freeze(await Promise.all(list.map(({ name, tensor }) => saveTensor(name, tensor))));
    const checkpoint: Checkpoint = {
      format: "lyceum-private-training-1", plan: Object.freeze(this.#checked()), done, ...(bound && { bound: bound.dataSync()[0]! }), accountant: state, weights: await saved(weights), optimizer: await saved(slots),
    };
    tf.dispose([...weights.map(({ tensor }) => tensor), ...slots.map(({ tensor }) => tensor), ...slots.map(({ own }) => own).filter((own) => !(own instanceof tf.Variable))]);
    return Object.freeze(checkpoint);
  }

  #restore(checkpoint: Checkpoint): void {
    const { network, bound } = this.#setup;
    const { weights } = checkpoint;
    if (weights.length !== network.parameters.length) throw new RangeError(`expected a model with ${weights.length} parameters as in the checkpoint, got ${network.parameters.length}`);
    network.parameters.forEach(({ name, variable }, at) => {
      const saved = weights[at]!;
      if (String(saved.shape) !== String(variable.shape)) throw new RangeError(`expected ${name} of shape [${saved.shape.join(", ")}] as in the checkpoint, got [${variable.shape.join(", ")}]`);
    });
    network.parameters.forEach(({ variable }, at) => tf.tidy(() => variable.assign(loadTensor(weights[at]!))));
    if (bound && checkpoint.bound !== undefined) tf.tidy(() => bound.assign(tf.scalar(checkpoint.bound!)));
    this.#accountant = restoreAccountant(checkpoint.accountant);
    this.#done = checkpoint.done;
    this.#slots = checkpoint.optimizer;
  }

  #slots: Checkpoint["optimizer"] | undefined;

  /** The optimiser's state takes its place asynchronously. */
  async ready(): Promise<this> {
    const slots = this.#slots;
    if (!slots) return this;
    this.#slots = undefined;
    const tensors = named(slots);
    await this.#setup.optimizer.setWeights(tensors);
    tf.dispose(tensors.map(({ tensor }) => tensor));
    return this;
  }

  /** Frees what the training made: not the model, nor an optimiser of yours. */
  dispose(): void {
    tf.dispose([this.#lossTensor ?? [], this.#setup.bound ?? []]);
    this.#lossTensor = undefined;
    if (this.#ownOptimizer) {
      const { optimizer } = this.#setup;
      // tfjs's momentum forgets its constant.
      if (optimizer.getClassName() === "Momentum") (optimizer as unknown as { m: Scalar }).m.dispose();
      optimizer.dispose();
    }
    (this.#step as PhysicalStep & { dispose?(): void }).dispose?.();
  }
}

/**
 * A private training that goes step by step, for loops of your own; `privacy.fit` is the short way.
 * Each step draws its batch by Poisson sampling, clips each example's gradient, sums, adds noise from the system's secure source, divides by the public batch size
 * and calls the optimiser: (epsilon, delta)-DP in the add-or-remove-one sense for the whole of what the weights ever were (Abadi et al. 2016; Mironov et al. 2019).
 *
 * @param data `{ x, y }`, all of it: the training draws from it
 * @param options as for `privacy.fit`
 * @returns `step()`, `done`, `epsilon`, `accountant`, `clipNorm`, `unsafeLoss`, `checkpoint()`, `dispose()`
 * @throws `expected epochs or steps, got neither`; `expected delta < 1 / examples (0.001), got 0.01`
 * @example
 * const w = tf.variable(tf.tensor2d([[0]]));
 * const line = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
 * const points = { x: tf.ones([100, 1]), y: tf.ones([100, 1]) };
 * const training = await privacy.training(line, points, { loss: "meanSquaredError", noiseMultiplier: 1, delta: 1e-5, steps: 3, batchSize: 10, optimizer: "sgd" });
 * training.step();
 * training.done // 1
 * training.dispose();
 */
export async function training(model: Trainable, data: TrainingData, options: TrainingOptions): Promise<PrivateTraining> {
  return new PrivateTraining(model, data, options).ready();
}
