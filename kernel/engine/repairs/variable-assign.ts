import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

interface Tracker {
  incRef(tensor: object, backend: null): void;
  disposeTensor(tensor: object): void;
}

/**
 * tfjs lets go of a variable's old value before it takes the new one: an interrupt between the two leaves a variable without any. Here the new
 * value is held first, then taken in one assignment, then the old one let go: whole at every moment.
 */
export function repairVariableAssign(tf: TensorFlowJs): void {
  tf.Variable.prototype.assign = function (this: Variable, value: Tensor): void {
    if (value.dtype !== this.dtype) throw new Error(`dtype of the new value (${value.dtype}) and previous value (${this.dtype}) must match`);
    if (value.shape.length !== this.shape.length || value.shape.some((size, axis) => size !== this.shape[axis])) {
      throw new Error(`shape of the new value (${value.shape}) and previous value (${this.shape}) must match`);
    }
    const engine = tf.engine() as unknown as Tracker;
    const standIn = (dataId: object): object => Object.create(this, { dataId: { value: dataId } }) as object;
    const [before, after] = [standIn(this.dataId), standIn(value.dataId)];
    engine.incRef(after, null);
    this.dataId = value.dataId;
    engine.disposeTensor(before);
  };
}
