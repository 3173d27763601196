import type { TensorFlowJs } from "../contract.js";
import { skipWhere } from "./node-backend.js";

/**
 * tfjs casts to the type that a tensor has, reshapes to the shape that it has and transposes to the order that it has (in most of
 * its gradients), and tfjs-node sends each of these to TensorFlow, the last two with an upload of the shape. A third of the
 * operations of a recurrent layer's step were such ones.
 */
export function skipNeedless(tf: TensorFlowJs): void {
  // An "int32" tensor can hold TensorFlow's uint8 or int64 inside (decoded images), which a cast makes int32.
  skipWhere(tf, "Cast", (x, attrs) => x.dtype === attrs["dtype"] && (x.dtype === "float32" || x.dtype === "bool"));
  skipWhere(tf, "Reshape", (x, attrs) => {
    const shape = attrs["shape"] as number[];
    // At most one -1, which then stands for the size that is there.
    return shape.length === x.rank && shape.every((size, axis) => size === x.shape[axis] || (size === -1 && x.size > 0));
  });
  skipWhere(tf, "Transpose", (x, attrs) => (attrs["perm"] as number[]).every((from, axis) => from === axis));
}
