import { concat, Writer } from "../../federated/flower/protobuf.js";
import type { Histogram } from "./histogram.js";

/** The messages of TensorBoard's event files, field by field as its public .proto files number them. */

const float32 = (field: number, value: number): Uint8Array => {
  const bytes = new Uint8Array(5);
  bytes[0] = (field << 3) | 5;
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
};

const doubles = (values: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);

/** Event: wall_time, step, and one of file_version or summary. */
export function event(seconds: number, step: number, content: { version: string } | { values: readonly Uint8Array[] }): Uint8Array {
  const writer = new Writer().double(1, seconds).uint(2, BigInt(step));
  if ("version" in content) return writer.text(3, content.version).finish();
  return writer.inner(5, (summary) => content.values.forEach((value) => summary.bytes(1, value))).finish();
}

export const scalarValue = (tag: string, value: number): Uint8Array => concat([new Writer().text(1, tag).finish(), float32(2, value)]);

export const histogramValue = (tag: string, { least, largest, count, sum, sumOfSquares, limits, counts }: Histogram): Uint8Array =>
  new Writer().text(1, tag).inner(5, (histo) => histo.double(1, least).double(2, largest).double(3, count).double(4, sum).double(5, sumOfSquares).bytes(6, doubles(limits)).bytes(7, doubles(counts))).finish();

export const imageValue = (tag: string, { png, height, width, channels }: { png: Uint8Array; height: number; width: number; channels: number }): Uint8Array =>
  new Writer().text(1, tag).inner(4, (image) => image.uint(1, height).uint(2, width).uint(3, channels).bytes(4, png)).finish();

/** A text is a tensor of one string, with the plugin's name. */
export const textValue = (tag: string, text: string): Uint8Array =>
  new Writer().text(1, tag)
    .inner(8, (tensor) => tensor.uint(1, 7).inner(2, (shape) => shape.inner(2, (dimension) => dimension.uint(1, 1))).bytes(8, new TextEncoder().encode(text)))
    .inner(9, (metadata) => metadata.inner(1, (plugin) => plugin.text(1, "text")))
    .finish();

export type HyperParameter = string | number | boolean;

/** google.protobuf.Value; written also when 0 or false. */
function value(writer: Writer, given: HyperParameter): void {
  if (typeof given === "number") writer.double(2, given);
  else if (typeof given === "string") writer.bytes(3, new TextEncoder().encode(given));
  else if (given) writer.uint(4, 1);
  // A plain 0 would be left out.
  else writer.sint(4, 0n);
}

const hparams = (tag: string, content: (writer: Writer) => void): Uint8Array =>
  new Writer().text(1, tag)
    // A tensor without numbers: only its metadata counts.
    .inner(8, (tensor) => tensor.uint(1, 1).inner(2, (shape) => shape.bytes(2, new Uint8Array())))
    .inner(9, (metadata) => metadata.inner(1, (plugin) => plugin.text(1, "hparams").inner(2, content)))
    .finish();

/** Which parameters and metrics the columns of TensorBoard's HParams page are. */
export const experimentValue = (parameters: Readonly<Record<string, HyperParameter>>, metrics: readonly string[], seconds: number): Uint8Array =>
  hparams("_hparams_/experiment", (data) => data.inner(2, (experiment) => {
    experiment.double(3, seconds);
    for (const [name, given] of Object.entries(parameters)) experiment.inner(4, (info) => info.text(1, name).uint(4, { string: 1, boolean: 2, number: 3 }[typeof given as "string"]));
    for (const name of metrics) experiment.inner(5, (info) => info.inner(1, (metric) => metric.text(2, name)));
  }));

export const sessionStartValue = (parameters: Readonly<Record<string, HyperParameter>>, seconds: number): Uint8Array =>
  hparams("_hparams_/session_start_info", (data) => data.inner(3, (session) => {
    for (const [name, given] of Object.entries(parameters)) session.inner(1, (entry) => entry.text(1, name).inner(2, (writer) => value(writer, given)));
    session.double(5, seconds);
  }));

export const sessionEndValue = (good: boolean, seconds: number): Uint8Array => hparams("_hparams_/session_end_info", (data) => data.inner(4, (session) => session.uint(1, good ? 1 : 2).double(2, seconds)));
