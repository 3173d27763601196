import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

interface TapeNode {
  inputs: Record<string, Tensor>;
}

/** What is used of tfjs's engine, which records each operation on a tape. */
interface Recorder {
  state: { activeTape: TapeNode[] | null };
  addTapeNode(name: string, inputs: unknown, outputs: Tensor[], ...rest: unknown[]): void;
}

/**
 * An operation whose gradient uses its own output (tanh, sigmoid, exp, softmax, ...) saves a clone of it, and tfjs records that clone
 * before the operation itself. Read in order, the clone then seems not to depend on the input, and gradients of gradients are
 * silently wrong. Here the operation is put before the clones of its outputs.
 */
export function connectSavedOutputs(tf: TensorFlowJs): void {
  const engine = tf.engine() as unknown as Recorder;
  const add = engine.addTapeNode;
  engine.addTapeNode = function (this: Recorder, name, inputs, outputs, ...rest) {
    add.call(this, name, inputs, outputs, ...rest);
    const tape = engine.state.activeTape;
    if (!tape || tape.length < 2) return;
    const made = new Set(outputs.map((output) => output.id));
    let place = tape.length - 1;
    while (place > 0 && Object.values(tape[place - 1]!.inputs).some((input) => made.has(input.id))) place -= 1;
    if (place < tape.length - 1) tape.splice(place, 0, tape.pop()!);
  };
}
