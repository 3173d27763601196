import * as tf from "@tensorflow/tfjs";
import type { Pixels } from "../decode.js";

interface Decoder {
  decodeImage(bytes: Uint8Array, channels: number): tf.Tensor3D;
}

/** TensorFlow's decoder, four numbers a pixel; undefined where another engine runs. The engine adds `tf.node` when it starts, to the module itself. */
export function nodeDecoder(): ((bytes: Uint8Array, type: string) => Promise<Pixels>) | undefined {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = ((tf as { default?: unknown }).default ?? tf) as { node?: Decoder };
  if (!node) return undefined;
  return async (bytes, type) => {
    // TensorFlow gives a JPEG no opacity.
    const image = tf.tidy(() => {
      const found = node.decodeImage(bytes, type === "image/jpeg" ? 3 : 4);
      return type === "image/jpeg" ? (tf.pad(found, [[0, 0], [0, 0], [0, 1]], 255) as tf.Tensor3D) : found;
    });
    const [height, width] = image.shape;
    const data = await image.data();
    image.dispose();
    return { data, width, height };
  };
}
