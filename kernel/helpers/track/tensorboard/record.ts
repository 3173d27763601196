import { masked } from "./crc32c.js";

/** A TFRecord: length, its sum, the bytes, their sum; little-endian. */
export function tfRecord(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(message.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(message.length), true);
  view.setUint32(8, masked(bytes.subarray(0, 8)), true);
  bytes.set(message, 12);
  view.setUint32(12 + message.length, masked(message), true);
  return bytes;
}

/**
 * The messages of a file of TFRecords. A last one that is cut off is left out.
 *
 * @throws `expected record 2 with the sum of its bytes, got another: the file is damaged`
 */
export function tfRecords(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Uint8Array[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const damaged = (): never => {
      throw new RangeError(`expected record ${messages.length} with the sum of its bytes, got another: the file is damaged`);
    };
    if (view.getUint32(at + 8, true) !== masked(bytes.subarray(at, at + 8))) damaged();
    if (at + 16 + length > bytes.length) break;
    const message = bytes.subarray(at + 12, at + 12 + length);
    if (view.getUint32(at + 12 + length, true) !== masked(message)) damaged();
    messages.push(message);
    at += 16 + length;
  }
  return messages;
}
