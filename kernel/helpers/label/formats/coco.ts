import * as check from "./check.js";
import type { Box, LabelledImage } from "./items.js";

/**
 * Labelled pictures from COCO JSON (object detection): a box an annotation. Segmentations are not read: only their boxes.
 *
 * @throws with the place: `expected annotations[2].category_id to name a category, got 9`; `expected annotations[0].bbox of 4 numbers, got 3`; `expected each image id once, got 1 twice`.
 * Source: COCO data format.
 * @example
 * const coco = { images: [{ id: 1, file_name: "a.png", width: 10, height: 10 }], categories: [{ id: 3, name: "cat" }], annotations: [{ id: 1, image_id: 1, category_id: 3, bbox: [1, 2, 3, 4] }] };
 * label.fromCoco(JSON.stringify(coco))[0].boxes // [{ x: 1, y: 2, width: 3, height: 4, label: "cat" }]
 */
export function fromCoco(json: string): readonly LabelledImage[] {
  const file = check.object(check.parseJson(json, "a COCO file"), "a COCO file");
  const names = new Map<string | number, string>();
  check.list(file["categories"], "categories").forEach((value, n) => {
    const category = check.object(value, `categories[${n}]`);
    names.set(check.name(category["id"], `categories[${n}].id`), check.text(category["name"], `categories[${n}].name`));
  });
  const boxes = new Map<string | number, Box[]>();
  const images = check.list(file["images"], "images").map((value, n) => {
    const image = check.object(value, `images[${n}]`);
    const id = check.name(image["id"], `images[${n}].id`);
    if (boxes.has(id)) throw new RangeError(`expected each image id once, got ${id} twice`);
    boxes.set(id, []);
    return { id, image: check.text(image["file_name"], `images[${n}].file_name`), width: check.number(image["width"], `images[${n}].width`), height: check.number(image["height"], `images[${n}].height`) };
  });
  check.list(file["annotations"] ?? [], "annotations").forEach((value, n) => {
    const where = `annotations[${n}]`;
    const one = check.object(value, where);
    const label = names.get(one["category_id"] as number);
    if (label === undefined) throw new RangeError(`expected ${where}.category_id to name a category, got ${String(one["category_id"])}`);
    const to = boxes.get(one["image_id"] as number);
    if (!to) throw new RangeError(`expected ${where}.image_id to name an image, got ${String(one["image_id"])}`);
    const sides = check.list(one["bbox"], `${where}.bbox`);
    if (sides.length !== 4) throw new RangeError(`expected ${where}.bbox of 4 numbers, got ${sides.length}`);
    const [x, y, width, height] = sides.map((side) => check.number(side, `${where}.bbox`)) as [number, number, number, number];
    if (width < 0 || height < 0) throw new RangeError(`expected ${where}.bbox with width and height >= 0, got ${width} and ${height}`);
    to.push({ x, y, width, height, label });
  });
  return Object.freeze(images.map((image) => ({ ...image, ...(boxes.get(image.id)!.length > 0 && { boxes: boxes.get(image.id)! }) })));
}

/**
 * COCO JSON from pictures with boxes. Categories are numbered from 1 in the order of `classes`, or sorted by name.
 *
 * @throws `expected width and height of item 3`; `unknown label: x in item 3 (classes: a, b)`; `expected no labels of the whole picture in item 3: COCO has only boxes`.
 * @example
 * JSON.parse(label.toCoco([{ id: 1, image: "a.png", width: 9, height: 9, boxes: [{ x: 1, y: 2, width: 3, height: 4, label: "cat" }] }])).annotations[0].bbox // [1, 2, 3, 4]
 */
export function toCoco(items: readonly LabelledImage[], options: { classes?: readonly string[] } = {}): string {
  const classes = options.classes ?? [...new Set(items.flatMap(({ boxes = [] }) => boxes.map(({ label }) => label)))].sort();
  const annotations: object[] = [];
  const images = items.map(({ id, image, width, height, labels, boxes = [] }) => {
    if (!(Number(width) > 0) || !(Number(height) > 0)) throw new TypeError(`expected width and height of item ${id}`);
    if (labels?.length) throw new TypeError(`expected no labels of the whole picture in item ${id}: COCO has only boxes`);
    for (const box of boxes) {
      const category = classes.indexOf(box.label);
      if (category < 0) throw new RangeError(`unknown label: ${box.label} in item ${id} (classes: ${classes.join(", ")})`);
      annotations.push({ id: annotations.length + 1, image_id: id, category_id: category + 1, bbox: [box.x, box.y, box.width, box.height], area: box.width * box.height, iscrowd: 0, segmentation: [] });
    }
    return { id, file_name: image, width, height };
  });
  return JSON.stringify({ images, annotations, categories: classes.map((name, k) => ({ id: k + 1, name })) });
}
