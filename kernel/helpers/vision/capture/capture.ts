import * as tf from "@tensorflow/tfjs";
import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import type { Comms } from "../../../runner/comms.js";
import { known, oneOf, shown, whole } from "../../arguments.js";
import type { Figure } from "../../plot/figure.js";
import { images as plotImages } from "../../plot/images.js";
import { openAnyWidget } from "../../widgets/anywidget.js";
import { findComms, type WidgetModel } from "../../widgets/model.js";
import { makeStill } from "../../widgets/still.js";
import { css, esm, type CaptureView } from "./front-end.js";
import { readPicture, type Picture, type RawPicture } from "./pictures.js";
import { notebookLanguage } from "../../../display/language.js";
import { words, type Language, type Source } from "./words.js";

export interface CaptureOptions {
  /** [height, width] in pixels; default [96, 96]. Pictures are cut in the middle to this shape and made smaller or larger. */
  size?: readonly [height: number, width: number];
  /** Choices for the label of each picture. */
  labels?: readonly string[];
  /** Language of the widget; default: the notebook's. */
  language?: Language;
  /** After each picture. */
  onPicture?: (count: number) => void;
  /** Channels to the front end. Default: the notebook's global `comms`; null: none, pictures come by `add`. */
  comms?: Comms | null;
}

export interface Capture {
  readonly count: number;
  /** [pictures, height, width, 3], values 0 to 1; the caller's. */
  tensor(): tf.Tensor4D;
  /** By picture; null without choices. */
  labels(): readonly (string | null)[];
  names(): readonly string[];
  /** Files that were no pictures, by name. */
  problems(): readonly string[];
  /** The picture that comes next, [height, width, 3], values 0 to 1; the caller's. */
  next(): Promise<tf.Tensor3D>;
  /** A picture from elsewhere (a canvas). */
  add(picture: RawPicture): void;
  /** Removes a picture; default the last. */
  remove(index?: number): void;
  clear(): void;
  plot(): Figure;
  /** Takes the widget away and ends the camera; the pictures stay. */
  close(): void;
}

/**
 * A camera in the notebook: as the last value of a cell it shows the widget. The browser asks for permission; the camera runs only between "start" and "stop"; what it sees stays on this machine, and only pictures that are
 * taken come to the kernel, made small. Where there is no camera it says so, and `upload` does the same with files.
 *
 * @throws `expected size as [height, width], got 96`; `unknown option: ...`
 * @example
 * const photos = vision.camera({ size: [1, 1], labels: ["paper", "glass"], comms: null });
 * photos.add({ data: [255, 0, 0, 255], width: 1, height: 1, label: "glass" });
 * photos.labels() // ["glass"]
 * photos.tensor() // [1, 0, 0]
 */
export const camera = (options: CaptureOptions = {}): Capture => capture("camera", options);

/**
 * Pictures from files, chosen or dropped in the notebook, in any format that the browser reads. They go to the kernel only, made small. A file that is no picture is named and left out.
 *
 * @throws as `camera`; of `add`: `expected a picture of 96 x 96, got 32 x 32`, `expected 36864 bytes of a picture, got 5: it is corrupt`
 * @example
 * const photos = vision.upload({ size: [1, 2], comms: null });
 * photos.add({ data: [0, 0, 0, 255, 255, 255, 255, 255], width: 2, height: 1, name: "two.png" });
 * [photos.count, photos.names()[0], photos.tensor().shape.join()] // [1, "two.png", "1,1,2,3"]
 */
export const upload = (options: CaptureOptions = {}): Capture => capture("upload", options);

function capture(source: Source, options: CaptureOptions): Capture {
  known(options, ["size", "labels", "language", "onPicture", "comms"]);
  const { size = [96, 96], labels = [], onPicture } = options;
  if (!Array.isArray(size) || size.length !== 2) throw new TypeError(`expected size as [height, width], got ${shown(size)}`);
  const [height, width] = [whole({ height: size[0] }, 1), whole({ width: size[1] }, 1)];
  const language = oneOf({ language: options.language ?? notebookLanguage() }, ["en", "zh"]);
  const say = words[language];
  let pictures: Picture[] = [];
  const problems: string[] = [];
  const waiting: ((picture: Picture) => void)[] = [];
  let widget: WidgetModel | undefined;
  const still = makeStill();

  function status(): string {
    if (pictures.length === 0) return say.none;
    const counts = labels.map((label) => `${label} ${pictures.filter((one) => one.label === label).length}`).join(", ");
    return `${pictures.length === 1 ? say.one : say.many.replace("{}", String(pictures.length))}${counts && `: ${counts}`}`;
  }
  const view = (): CaptureView => ({ source, height, width, labels, words: say, status: status(), count: pictures.length });
  const summary = () => ({ html: `<p>${escape(`${say.title[source]}: ${status()}`)}</p>`, plain: `${say.title[source]}: ${status()}` });
  function changed(): void {
    widget?.set({ view: view() });
    still.change(summary);
  }
  function add(raw: RawPicture): void {
    const picture = readPicture(raw, [height, width], labels, `picture ${pictures.length + 1}`);
    pictures = [...pictures, picture];
    changed();
    onPicture?.(pictures.length);
    for (const take of waiting.splice(0)) take(picture);
  }
  function remove(index = pictures.length - 1): void {
    if (!Number.isInteger(index) || index < 0 || index >= pictures.length) throw new RangeError(`expected index from 0 to ${pictures.length - 1}, got ${shown(index)}`);
    pictures = pictures.filter((_, at) => at !== index);
    changed();
  }
  function onCustom(content: unknown, buffers: readonly Uint8Array[]): void {
    const message = content as ({ type?: unknown } & Omit<RawPicture, "data">) | null;
    try {
      if (message?.type === "picture") add({ ...message, data: buffers[0] ?? [] });
      else if (message?.type === "undo" && pictures.length > 0) remove();
      else if (message?.type === "problem") problems.push(String(message.name));
    } catch (error) {
      problems.push(`${message?.name ?? "picture"}: ${(error as Error).message}`);
    }
  }
  const stack = (some: readonly Picture[]) => tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(some.flatMap(({ rgb }) => Array.from(rgb))), [some.length, height, width, 3]), 255) as tf.Tensor4D);
  function bundle(): { data: Record<string, unknown>; metadata: Record<string, unknown> } {
    const { html, plain } = summary();
    const comms = findComms(options.comms);
    if (!comms) return { data: { "text/plain": plain, "text/html": html }, metadata: {} };
    const apart = still.show(html, plain);
    widget ??= openAnyWidget(comms, { id: `lyceum.vision.${source}`, esm, css, traits: { view: view() }, onCustom, onClose: () => void (widget = undefined) });
    return { data: { "text/plain": plain, ...(!apart && { "text/html": html }), ...widget.view() }, metadata: {} };
  }
  const made: Capture = {
    get count() {
      return pictures.length;
    },
    tensor() {
      if (pictures.length === 0) throw new RangeError("expected at least one picture, got none: take or upload one first");
      return stack(pictures);
    },
    labels: () => Object.freeze(pictures.map(({ label }) => label)),
    names: () => Object.freeze(pictures.map(({ name }) => name)),
    problems: () => Object.freeze([...problems]),
    next: () => new Promise((resolve) => waiting.push((picture) => resolve(tf.tidy(() => tf.reshape<tf.Rank.R3>(stack([picture]), [height, width, 3]))))),
    add,
    remove,
    clear() {
      pictures = [];
      changed();
    },
    plot() {
      const all = made.tensor();
      try {
        return plotImages(all, { ...(labels.length > 0 && { labels: pictures.map(({ label }) => label ?? "") }) });
      } finally {
        all.dispose();
      }
    },
    close: () => widget?.close(),
  };
  Object.defineProperty(made, displaySymbol, { value: bundle });
  return Object.freeze(made);
}
