import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";

/** Names, indices or one-hot rows as one-hot rows. */
export function readLabels(labels: readonly (string | number)[] | tf.Tensor, classes: readonly string[], count: number): tf.Tensor2D {
  if (!Array.isArray(labels) && (labels as tf.Tensor)?.rank === 2) {
    const tensor = labels as tf.Tensor;
    if (tensor.shape[0] !== count || tensor.shape[1] !== classes.length) throw new RangeError(`expected labels of shape [${count}, ${classes.length}], got [${tensor.shape.join(", ")}]`);
    return tf.cast(tensor, "float32") as tf.Tensor2D;
  }
  const list = Array.isArray(labels) ? (labels as (string | number)[]) : typeof (labels as tf.Tensor)?.dataSync === "function" ? Array.from((labels as tf.Tensor).dataSync()) : undefined;
  if (!list) throw new TypeError(`expected labels as names, indices or a tensor, got ${shown(labels)}`);
  if (list.length !== count) throw new RangeError(`expected labels of ${count} pictures, got ${list.length}`);
  const indices = list.map((label, at) => {
    const place = typeof label === "string" ? classes.indexOf(label) : label;
    if (!Number.isInteger(place) || place < 0 || place >= classes.length) throw new RangeError(`unknown label: ${String(label)} of picture ${at} (known: ${typeof label === "string" ? classes.join(", ") : `0 to ${classes.length - 1}`})`);
    return place;
  });
  return tf.cast(tf.oneHot(tf.tensor1d(indices, "int32"), classes.length), "float32") as tf.Tensor2D;
}
