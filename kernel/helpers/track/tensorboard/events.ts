import { concat } from "../../federated/flower/protobuf.js";
import { finite, known, shown, whole } from "../../arguments.js";
import { event, experimentValue, histogramValue, imageValue, scalarValue, sessionEndValue, sessionStartValue, textValue, type HyperParameter } from "./event.js";
import { histogram } from "./histogram.js";
import { tfRecord } from "./record.js";

/** Something for TensorBoard to show, at a step. `time` in milliseconds as Date.now(); default now. */
export type TensorBoardEvent = { readonly step?: number; readonly time?: number } & (
  | { readonly kind: "scalar"; readonly tag: string; readonly value: number }
  | { readonly kind: "histogram"; readonly tag: string; readonly values: ArrayLike<number> }
  /** A whole PNG file. */
  | { readonly kind: "image"; readonly tag: string; readonly png: Uint8Array }
  /** Markdown. */
  | { readonly kind: "text"; readonly tag: string; readonly text: string }
  | { readonly kind: "hparams"; readonly parameters: Readonly<Record<string, HyperParameter>>; readonly metrics: readonly string[] }
  | { readonly kind: "end"; readonly good: boolean }
);

/** The first record of every event file. */
export const fileStart = (time = Date.now()): Uint8Array<ArrayBuffer> => tfRecord(event(time / 1000, 0, { version: "brain.Event:2" }));

export function eventRecord(one: TensorBoardEvent): Uint8Array<ArrayBuffer> {
  const seconds = (one.time ?? Date.now()) / 1000;
  return tfRecord(event(seconds, whole({ step: one.step ?? 0 }), { values: valuesOf(one, seconds) }));
}

function valuesOf(one: TensorBoardEvent, seconds: number): Uint8Array[] {
  switch (one.kind) {
    case "scalar":
      if (typeof one.value !== "number") throw new TypeError(`expected value of ${one.tag} to be a number, got ${shown(one.value)}`);
      return [scalarValue(tag(one), one.value)];
    case "histogram": return [histogramValue(tag(one), histogram(one.values, one.tag))];
    case "image": return [imageValue(tag(one), { png: one.png, ...pngSize(one.png) })];
    case "text": return [textValue(tag(one), one.text)];
    case "hparams": return [experimentValue(one.parameters, one.metrics, seconds), sessionStartValue(one.parameters, seconds)];
    case "end": return [sessionEndValue(one.good, seconds)];
    default: throw new TypeError(`unknown kind: ${String((one as { kind: unknown }).kind)} (known: scalar, histogram, image, text, hparams, end)`);
  }
}

function tag({ tag }: { tag: string }): string {
  if (typeof tag !== "string" || tag === "") throw new TypeError(`expected a tag, got ${shown(tag)}`);
  return tag;
}

/** From the header of a PNG file. */
function pngSize(png: Uint8Array): { width: number; height: number; channels: number } {
  const signature = [137, 80, 78, 71, 13, 10, 26, 10];
  if (!(png instanceof Uint8Array) || png.length < 33 || signature.some((byte, at) => png[at] !== byte)) throw new TypeError(`expected png to be the bytes of a PNG file, got ${shown(png)}`);
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), channels: [1, 1, 3, 3, 2, 3, 4][png[25]!] ?? 4 };
}

/**
 * A whole TensorBoard event file: TFRecords with masked CRC-32C sums, a protobuf message in each. Save it under a name with `tfevents` in it, in a folder of its own for each run.
 *
 * @param events scalars, histograms, images (PNG), texts (Markdown), hyper-parameters, the end of a run
 * @returns the bytes
 * @throws `expected finite numbers in w, got NaN at index 0`; `expected png to be the bytes of a PNG file, got an array of 3`
 * @example track.eventFile([{ kind: "scalar", tag: "loss", value: 0.5, step: 1, time: 0 }], { time: 0 }).length // 82
 */
export function eventFile(events: readonly TensorBoardEvent[], options: { time?: number } = {}): Uint8Array<ArrayBuffer> {
  known(options, ["time"]);
  return concat([fileStart(options.time === undefined ? undefined : finite({ time: options.time })), ...events.map(eventRecord)]);
}
