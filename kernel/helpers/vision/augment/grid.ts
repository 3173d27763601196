import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { whole } from "../../arguments.js";
import type { Figure } from "../../plot/figure.js";
import { images as plotImages } from "../../plot/images.js";
import { augment, checkPictures, type AugmentOptions } from "./augment.js";

/**
 * Pictures before and after, row by row: the picture itself, then what `augment` makes of it. Look at it before you train: is every picture still what its label says?
 *
 * @param options as `augment`; `copies` of each, default 4; at most `pictures` of them, default 4
 * @throws as `augment`
 * @example
 * vision.augmentGrid(tf.zeros([2, 4, 4, 1]), { flip: "horizontal", copies: 2 }).layout.images.length // 6
 */
export function augmentGrid(images: tf.Tensor, options: AugmentOptions & { copies?: number; pictures?: number } = {}): Figure {
  const { copies = 4, pictures = 4, ...rest } = options;
  whole({ copies }, 1);
  whole({ pictures }, 1);
  const [count] = checkPictures(images);
  const [low, high] = rest.range ?? [0, 1];
  const shown = Math.min(count, pictures);
  const grid = tf.tidy(() => {
    const few = tf.cast(tf.slice(images, 0, shown), "float32") as tf.Tensor4D;
    const versions = [few, ...Array.from({ length: copies }, (_, copy) => augment(few, { ...rest, seed: (rest.seed ?? 1) + copy }))];
    const stacked = tf.div(tf.sub(tf.stack(versions, 1), low), high - low);
    return tf.reshape(stacked, [shown * (copies + 1), ...few.shape.slice(1)]);
  });
  try {
    const labels = Array.from({ length: shown * (copies + 1) }, (_, at) => (at % (copies + 1) === 0 ? say("before", "原图") : say(`after ${at % (copies + 1)}`, `增强 ${at % (copies + 1)}`)));
    return plotImages(grid, { labels, columns: copies + 1, title: say("Augmentation", "数据增强") });
  } finally {
    grid.dispose();
  }
}
