/**
 * Messages as bytes, for the pipes between session and runner: JSON with binary parts beside it.
 * Layout, little endian: u32 length of the JSON, u32 number of parts, u32 length of each part, JSON, parts.
 */
export interface Frame {
  message: unknown;
  parts: Uint8Array[];
}

export function encodeFrame(message: unknown, parts: readonly Uint8Array[] = []): Uint8Array {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.allocUnsafe(8 + 4 * parts.length);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(parts.length, 4);
  parts.forEach((part, i) => head.writeUInt32LE(part.byteLength, 8 + 4 * i));
  return Buffer.concat([head, json, ...parts]);
}

/** Collects chunks of a pipe and hands out whole frames, in order. A part is a copy: nothing keeps the chunk alive. */
export function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Uint8Array) => void {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let wanted = 8;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size < wanted) return; // join only when a frame can be complete: a 12 MB frame costs one copy, not hundreds
    let bytes = chunks.length === 1 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat(chunks, size);
    wanted = 8;
    while (bytes.length >= 8) {
      const length = frameLength(bytes);
      if (bytes.length < length) {
        wanted = length;
        break;
      }
      const frame = decodeFrame(bytes);
      keep(bytes = bytes.subarray(length));
      // Last: what runs in it may be stopped by an interrupt, and nothing after this line would happen.
      onFrame(frame);
    }
    keep(bytes);
  };

  function keep(bytes: Uint8Array): void {
    chunks = bytes.length > 0 ? [bytes] : [];
    size = bytes.length;
  }
}

/** Bytes of the frame that starts here, or as many as are needed to know it. */
function frameLength(bytes: Buffer): number {
  const count = bytes.readUInt32LE(4);
  const head = 8 + 4 * count;
  if (bytes.length < head) return head;
  let length = head + bytes.readUInt32LE(0);
  for (let i = 0; i < count; i++) length += bytes.readUInt32LE(8 + 4 * i);
  return length;
}

function decodeFrame(bytes: Buffer): Frame {
  const jsonLength = bytes.readUInt32LE(0);
  const count = bytes.readUInt32LE(4);
  let at = 8 + 4 * count;
  const message: unknown = JSON.parse(bytes.toString("utf8", at, at + jsonLength));
  at += jsonLength;
  const parts: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt32LE(8 + 4 * i);
    parts.push(new Uint8Array(bytes.subarray(at, at + length)));
    at += length;
  }
  return { message, parts };
}
