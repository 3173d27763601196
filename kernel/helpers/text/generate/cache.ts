import * as tf from "@tensorflow/tfjs";
import { compiled, type CompiledStep } from "../../compiled.js";
import { forward, logitsOf, type Parts } from "../model/forward.js";
import { adapterGeneration } from "../model/linear.js";

/** A text that a decoder goes on with: each call gives the scores of the token after it. */
export interface Continuation {
  /** Begin with these ids, at least one. */
  begin(ids: Int32Array): Promise<Float32Array>;
  /** One more. */
  next(id: number): Promise<Float32Array>;
  readonly length: number;
  dispose(): void;
}

type Step = (id: tf.Tensor, position: tf.Tensor1D, memory: tf.Tensor[]) => tf.Tensor[];

/** Steps of a model, compiled where the engine can: they serve every text. */
const steps = new WeakMap<Parts, { generation: number; step: CompiledStep<Step> }>();

function stepOf(parts: Parts): CompiledStep<Step> {
  const before = steps.get(parts);
  if (before?.generation === adapterGeneration()) return before.step;
  before?.step.dispose?.();
  const step = compiled(oneToken(parts), { name: "text.generate" });
  steps.set(parts, { generation: adapterGeneration(), step });
  return step;
}

/** Keys and values of what was read are kept, [1, heads, positions, size] a layer, so that one more token costs one token. Room that is not used yet holds zeros and is hidden. */
function oneToken(parts: Parts): Step {
  const { positions } = parts.config;
  return (id, position, memory) => {
    const here = tf.reshape(tf.oneHot(position, positions), [1, 1, positions, 1]);
    const visible = tf.reshape(tf.cast(tf.lessEqual(tf.range(0, positions, 1, "int32"), position), "float32"), [1, 1, 1, positions]);
    const now: tf.Tensor[] = [];
    const remember = (layer: number, k: tf.Tensor, v: tf.Tensor): [tf.Tensor, tf.Tensor] => {
      const both = [k, v].map((part, at) => tf.add(memory[2 * layer + at]!, tf.mul(part, here))) as [tf.Tensor, tf.Tensor];
      now.push(...both);
      return both;
    };
    const logits = logitsOf(parts, forward(parts, id, { cache: { positions: position, visible, remember } }));
    return [logits, ...now];
  };
}

export function withCache(parts: Parts): Continuation {
  const { positions } = parts.config;
  const step = stepOf(parts);
  let memory: tf.Tensor[] = [];
  let length = 0;
  const forget = (): void => {
    tf.dispose(memory);
    memory = [];
  };
  return {
    get length() {
      return length;
    },
    async begin(ids) {
      forget();
      length = ids.length;
      const [logits, ...first] = tf.tidy(() => {
        const kept: tf.Tensor[] = [];
        const visible = tf.tensor2d(Float32Array.from({ length: length * length }, (_, at) => Number(at % length <= Math.floor(at / length))), [length, length]);
        const remember = (_layer: number, k: tf.Tensor, v: tf.Tensor): [tf.Tensor, tf.Tensor] => {
          for (const part of [k, v]) kept.push(tf.pad(part, [[0, 0], [0, 0], [0, positions - length], [0, 0]]));
          return [k, v];
        };
        const states = forward(parts, tf.tensor2d(ids, [1, length], "int32"), { cache: { positions: tf.range(0, length, 1, "int32"), visible, remember } });
        return [logitsOf(parts, tf.slice(states, [0, length - 1, 0], [1, 1, states.shape[2]!])), ...kept];
      });
      memory = first;
      return read(logits!);
    },
    async next(id) {
      const [token, place] = [tf.tensor2d([id], [1, 1], "int32"), tf.tensor1d([length], "int32")];
      const [logits, ...now] = tf.tidy(() => step(token, place, memory));
      tf.dispose([token, place]);
      forget();
      memory = now;
      length += 1;
      return read(logits!);
    },
    dispose: forget,
  };
}

/** The whole text at every token. */
export function withoutCache(parts: Parts): Continuation {
  let ids: number[] = [];
  const scores = (): Promise<Float32Array> => read(tf.tidy(() => {
    const states = forward(parts, tf.tensor2d(ids, [1, ids.length], "int32"));
    return logitsOf(parts, tf.slice(states, [0, ids.length - 1, 0], [1, 1, states.shape[2]!]));
  }));
  return {
    get length() {
      return ids.length;
    },
    begin(given) {
      ids = [...given];
      return scores();
    },
    next(id) {
      ids.push(id);
      return scores();
    },
    dispose: () => {},
  };
}

async function read(logits: tf.Tensor): Promise<Float32Array> {
  try {
    return (await logits.data()) as Float32Array;
  } finally {
    logits.dispose();
  }
}
