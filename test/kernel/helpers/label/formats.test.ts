import assert from "node:assert/strict";
import { test } from "node:test";
import * as label from "../../../../kernel/helpers/label/index.js";

const texts = [
  { id: 1, text: "林一 sings 🎵 in Paris", spans: [{ start: 0, end: 2, label: "PER" }, { start: 15, end: 20, label: "LOC" }] },
  { id: "b", text: "Nothing here" },
];
const images = [
  { id: 1, image: "a.png", width: 333, height: 77, boxes: [{ x: 10, y: 20.5, width: 100, height: 33, label: "cat" }, { x: 0, y: 0, width: 333, height: 77, label: "dog" }] },
  { id: 2, image: "b.png", width: 64, height: 64 },
];

test("texts with spans come back from doccano as they went, with Chinese characters and emoji before the spans", () => {
  assert.deepEqual(label.fromDoccano(label.toDoccano(texts)), texts);
  assert.deepEqual(label.fromDoccano(label.toDoccano(texts, { offsets: "utf16" }), { offsets: "utf16" }), texts);
  // Python counts the emoji once, JavaScript twice.
  assert.deepEqual(JSON.parse(label.toDoccano(texts).split("\n")[0]!).label[1], [14, 19, "LOC"]);
  assert.equal(texts[0]!.text.slice(15, 20), "Paris");
});

test("classes of whole texts come back from doccano, and entities of its newer exports are read", () => {
  const rated = [{ id: 3, text: "Good", labels: ["praise", "short"] }];
  assert.deepEqual(label.fromDoccano(label.toDoccano(rated)), rated);
  assert.deepEqual(label.fromDoccano('{"text": "ab", "entities": [{"id": 1, "label": "X", "start_offset": 0, "end_offset": 1}]}\r\n\n'), [{ id: 0, text: "ab", spans: [{ start: 0, end: 1, label: "X" }] }]);
});

test("texts and pictures come back from Label Studio as they went", () => {
  const all = [...texts, { id: 9, text: "Good", labels: ["praise"] }, images[0]!, { id: 5, image: "c.png", labels: ["cat"] }];
  assert.deepEqual(label.fromLabelStudio(label.toLabelStudio(all)), all);
});

test("cancelled annotations are passed over, and another person's annotation can be read", () => {
  const choice = (name: string, more = {}) => ({ ...more, result: [{ type: "choices", value: { choices: [name] } }] });
  const json = JSON.stringify([{ id: 1, data: { text: "x" }, annotations: [choice("no", { was_cancelled: true }), choice("first"), choice("second")] }]);
  assert.deepEqual(label.fromLabelStudio(json), [{ id: 1, text: "x", labels: ["first"] }]);
  assert.deepEqual(label.fromLabelStudio(json, { annotation: 1 }), [{ id: 1, text: "x", labels: ["second"] }]);
});

test("pictures with boxes come back from COCO as they went, whatever the order of classes", () => {
  assert.deepEqual(label.fromCoco(label.toCoco(images)), images);
  assert.deepEqual(label.fromCoco(label.toCoco(images, { classes: ["dog", "bird", "cat"] })), images);
});

test("tagged sentences come back from CoNLL as they went, and spans from their tags", () => {
  const sentences = [{ tokens: ["Lin", "Yi", "Ma", "sings"], tags: ["B-PER", "I-PER", "B-PER", "O"] }, { tokens: ["北京"], tags: ["B-LOC"] }];
  assert.deepEqual(label.fromConll(label.toConll(sentences)), sentences);
  assert.deepEqual(label.fromConll("-DOCSTART- -X- O O\n\nLin NNP B-NP B-PER\r\nYi NNP I-NP I-PER\r\n"), [{ tokens: ["Lin", "Yi"], tags: ["B-PER", "I-PER"] }]);
  for (const { tags } of sentences) assert.deepEqual(label.spansToBio(label.bioToSpans(tags), { length: tags.length }), tags);
});

test("a file that is cut off or wrong is refused with the place and the value", () => {
  assert.throws(() => label.fromDoccano('{"text": "a"}\n{"text": "b"'), /expected line 2 as JSON/);
  assert.throws(() => label.fromDoccano('{"txt": "a"}'), /expected line 1 text to be text, got undefined/);
  assert.throws(() => label.fromDoccano('{"text": "abc", "label": [[1, 9, "X"]]}'), /expected 0 <= start < end <= 3 in line 1 label\[0\], got 1 and 9/);
  assert.throws(() => label.toDoccano([{ id: 3, text: "a", labels: ["x"], spans: [{ start: 0, end: 1, label: "y" }] }]), /expected labels or spans in item 3, got both/);
  assert.throws(() => label.fromLabelStudio("[{"), /expected a Label Studio export as JSON/);
  assert.throws(() => label.fromLabelStudio("{}"), /expected a Label Studio export to be a list, got an object/);
  assert.throws(() => label.fromLabelStudio('[{"data": {"audio": "a"}}]'), /expected data.text or data.image in task 0/);
  const task = (result: object) => JSON.stringify([{ data: { image: "a" }, annotations: [{ result: [result] }] }]);
  assert.throws(() => label.fromLabelStudio(task({ type: "brushlabels", value: {} })), /expected a result type of choices, labels, rectanglelabels in task 0, got brushlabels/);
  assert.throws(() => label.fromLabelStudio(task({ type: "rectanglelabels", value: {} })), /expected original_width and original_height/);
  assert.throws(() => label.fromLabelStudio(task({ type: "rectanglelabels", original_width: 1, original_height: 1, value: { rotation: 30 } })), /expected rotation 0 in task 0, got 30/);
  const coco = JSON.parse(label.toCoco(images));
  const changed = (change: (file: typeof coco) => void) => {
    const file = structuredClone(coco);
    change(file);
    return JSON.stringify(file);
  };
  assert.throws(() => label.fromCoco(changed((file) => (file.annotations[1].category_id = 9))), /expected annotations\[1\].category_id to name a category, got 9/);
  assert.throws(() => label.fromCoco(changed((file) => (file.annotations[0].image_id = 7))), /expected annotations\[0\].image_id to name an image, got 7/);
  assert.throws(() => label.fromCoco(changed((file) => file.annotations[0].bbox.pop())), /bbox of 4 numbers, got 3/);
  assert.throws(() => label.fromCoco(changed((file) => delete file.images)), /expected images to be a list, got undefined/);
  assert.throws(() => label.fromCoco(changed((file) => file.images.push(file.images[0]))), /expected each image id once, got 1 twice/);
  assert.throws(() => label.fromConll("Lin B-PER\nYi"), /expected a token and a tag in line 2, got "Yi"/);
  assert.throws(() => label.fromConll("Lin PER"), /expected O, B-type or I-type in line 1, got "PER"/);
  assert.throws(() => label.fromConll("Lin O\nYi I-PER"), /expected B-PER before I-PER in line 2/);
  assert.deepEqual(label.fromConll("Yi I-PER\nMa I-PER\nX I-LOC", { stray: "begin" })[0]!.tags, ["B-PER", "I-PER", "B-LOC"]);
  assert.throws(() => label.toConll([{ tokens: ["New York"], tags: ["O"] }]), /expected a token without white space in sentence 0, got "New York"/);
  assert.throws(() => label.spansToBio([{ start: 0, end: 2, label: "A" }, { start: 1, end: 2, label: "B" }], { length: 2 }), /got token 1 twice/);
});
