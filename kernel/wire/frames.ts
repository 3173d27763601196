/** A Jupyter message as ZeroMQ carries it. The four JSON frames are what the signature covers; buffers are never signed. */
export interface Frames {
  /** Routing frames of the peer, or the topic on iopub. */
  identities: Uint8Array[];
  signature: string;
  /** header, parent_header, metadata, content. */
  json: [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  buffers: Uint8Array[];
}

const delimiter = Buffer.from("<IDS|MSG>");

/** JSON frames above this are refused before any hashing or parsing: V8 could not hold the string, and no client sends them. */
export const jsonFrameLimit = 64 * 1024 * 1024;

/** Why the frames are no message, or the message. */
export function splitFrames(frames: readonly Uint8Array[]): Frames | { refused: string } {
  const start = frames.findIndex((frame) => delimiter.equals(frame));
  if (start < 0) return { refused: "no <IDS|MSG> frame" };
  const [signature, header, parent, metadata, content, ...buffers] = frames.slice(start + 1);
  if (!signature || !header || !parent || !metadata || !content) return { refused: `${frames.length - start - 1} frames after <IDS|MSG>, at least 5 expected` };
  const json: Frames["json"] = [header, parent, metadata, content];
  const largest = Math.max(...json.map((frame) => frame.byteLength));
  if (largest > jsonFrameLimit) return { refused: `a JSON frame of ${largest} bytes, at most ${jsonFrameLimit} accepted` };
  return { identities: frames.slice(0, start), signature: Buffer.from(signature).toString("latin1"), json, buffers };
}

export function joinFrames({ identities, signature, json, buffers }: Frames): Uint8Array[] {
  return [...identities, delimiter, Buffer.from(signature, "latin1"), ...json, ...buffers];
}
