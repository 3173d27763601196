import * as tf from "@tensorflow/tfjs";

/** Where in the source a pixel of the result is taken from: `[x, y] = [a x + b y + c, d x + e y + f]`, in pixels from the middle of the picture. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * Pictures, each moved by its own map; bilinear, with `fill` outside. All in tensor operations, the same on every backend. Whole steps and quarter turns of square pictures are exact.
 */
export function transformPictures(images: tf.Tensor4D, maps: readonly Affine[], fill: number, output: readonly [number, number] = [images.shape[1], images.shape[2]]): tf.Tensor4D {
  const [count, height, width, channels] = images.shape;
  const [tall, wide] = output;
  return tf.tidy(() => {
    const size = tall * wide;
    const across = tf.reshape(tf.tile(tf.sub(tf.range(0, wide, 1, "float32"), (wide - 1) / 2), [tall]), [1, size]);
    const down = tf.reshape(tf.tile(tf.reshape(tf.sub(tf.range(0, tall, 1, "float32"), (tall - 1) / 2), [tall, 1]), [1, wide]), [1, size]);
    const number = (at: number) => tf.tensor2d(maps.map((map) => [map[at]!]), [count, 1]);
    // A whole step of a picture with an even side passes through halves: rounding to 1/4096 keeps exact moves exact.
    const snap = (value: tf.Tensor) => tf.div(tf.round(tf.mul(value, 4096)), 4096);
    const x = snap(tf.add(tf.add(tf.mul(number(0), across), tf.mul(number(1), down)), tf.add(number(2), (width - 1) / 2)));
    const y = snap(tf.add(tf.add(tf.mul(number(3), across), tf.mul(number(4), down)), tf.add(number(5), (height - 1) / 2)));
    const [left, top] = [tf.floor(x), tf.floor(y)];
    const [right, low] = [tf.sub(x, left), tf.sub(y, top)];
    const flat = tf.reshape(images, [count * height * width, channels]);
    const first = tf.reshape(tf.mul(tf.range(0, count, 1, "float32"), height * width), [count, 1]);
    const corner = (dx: number, dy: number): tf.Tensor => {
      const [cx, cy] = [tf.add(left, dx), tf.add(top, dy)];
      const inside = tf.logicalAnd(tf.logicalAnd(tf.greaterEqual(cx, 0), tf.less(cx, width)), tf.logicalAnd(tf.greaterEqual(cy, 0), tf.less(cy, height)));
      const [safeX, safeY] = [tf.clipByValue(cx, 0, width - 1), tf.clipByValue(cy, 0, height - 1)];
      // In integers: 32-bit floats do not tell apart the pixels of many large pictures.
      const places = tf.add(tf.cast(first, "int32"), tf.add(tf.mul(tf.cast(safeY, "int32"), tf.scalar(width, "int32")), tf.cast(safeX, "int32")));
      const found = tf.reshape(tf.gather(flat, tf.reshape(places, [count * size]) as tf.Tensor1D), [count, size, channels]);
      const here = tf.expandDims(tf.cast(inside, "float32"), 2);
      const weight = tf.expandDims(tf.mul(dx ? right : tf.sub(1, right), dy ? low : tf.sub(1, low)), 2);
      return tf.mul(weight, fill === 0 ? tf.mul(found, here) : tf.add(tf.mul(found, here), tf.mul(tf.sub(1, here), fill)));
    };
    return tf.reshape(tf.addN([corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)]), [count, tall, wide, channels]) as tf.Tensor4D;
  });
}
