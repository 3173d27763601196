import type { Engine, EngineOptions, TensorFlowJs, Tier } from "./contract.js";
import { registerFileHandlers } from "./files/register.js";
import { repairFusedDilation } from "./gradients/fused.js";
import { repairGradients } from "./gradients/register.js";
import { loadTfjs } from "./instance.js";
import { requireHere } from "./project.js";
import { repairCentredRmsprop } from "./repairs/centred-rmsprop.js";
import { repairJavaScript } from "./repairs/javascript.js";
import { repairVariableAssign } from "./repairs/variable-assign.js";
import { startCpu } from "./tiers/cpu.js";
import { startTensorFlow, type TierResult } from "./tiers/tensorflow.js";
import { startWasm } from "./tiers/wasm.js";

export { engineAliases } from "./aliases.js";
export { preloadBinding } from "./preload.js";
export type { Engine, EngineOptions, Tier } from "./contract.js";

const tiers: readonly Tier[] = ["tensorflow", "wasm", "cpu"];

const loaded = new Map<Tier, Engine>();

/** Calls are served one after another: they act on one global `tf`. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * TensorFlow.js on the best backend that works here, repaired (see `known.ts`), with `file://` models.
 * One instance a process: asking again gives the same engine; asking for another tier switches the same `tf` to it.
 * @param options tier: take it or fail; default LYCEUM_ENGINE, else best first. directory: where to look for the user's own tfjs-node; default the current folder.
 * @throws Error that says why the asked tier is not there.
 * @example const { tf } = await loadEngine({ tier: "wasm" }); // tf.getBackend() is "wasm"
 */
export function loadEngine(options: EngineOptions = {}): Promise<Engine> {
  const result = queue.then(() => choose(options));
  queue = result.catch(() => {});
  return result;
}

async function choose(options: EngineOptions): Promise<Engine> {
  const asked = options.tier ?? readTier(process.env["LYCEUM_ENGINE"]);
  const reasons: string[] = [];
  for (const tier of asked ? [asked] : tiers) {
    const engine = await start(tier, options.directory ?? process.cwd(), reasons);
    if (engine) return engine;
  }
  throw new Error(`the engine tier "${asked ?? "cpu"}" cannot be used: ${reasons.join("; ")}`);
}

/** One line for people: what computes, and why nothing better does. */
export function describeEngine(engine: Pick<Engine, "label" | "reasons">): string {
  return engine.reasons.length === 0 ? engine.label : `${engine.label}. ${engine.reasons.join(". ")}.`;
}

function readTier(value: string | undefined): Tier | undefined {
  if (!value) return undefined;
  const tier = tiers.find((name) => name === value);
  if (!tier) throw new Error(`expected LYCEUM_ENGINE to be one of ${tiers.join(", ")}, got ${JSON.stringify(value)}`);
  return tier;
}

/** The tier's engine, current in `tf`; undefined where it cannot be had, with the reason added. */
async function start(tier: Tier, directory: string, reasons: string[]): Promise<Engine | undefined> {
  const before = loaded.get(tier);
  if (before) {
    await before.tf.setBackend(tier);
    return before;
  }
  const tf = loadTfjs();
  prepare(tf);
  const result = await startTier(tf, tier, directory, reasons);
  if (!result) return undefined;
  const engine: Engine = { tf, tier, label: result.label, gpu: result.gpu, reasons: [...reasons] };
  loaded.set(tier, engine);
  return engine;
}

let prepared = false;

/** What holds for every tier, once. */
function prepare(tf: TensorFlowJs): void {
  if (prepared) return;
  prepared = true;
  repairJavaScript(tf);
  repairGradients(tf);
  repairCentredRmsprop(tf);
  repairVariableAssign(tf);
  repairFusedDilation(tf, requireHere("@tensorflow/tfjs-core") as { fused: typeof tf.fused });
  registerFileHandlers(tf);
}

function startTier(tf: TensorFlowJs, tier: Tier, directory: string, reasons: string[]): Promise<TierResult | undefined> {
  if (tier === "tensorflow") return startTensorFlow(tf, directory, reasons);
  return tier === "wasm" ? startWasm(tf, reasons) : startCpu(tf);
}
