const escapedSurrogate = /\\ud[89a-f][0-9a-f]{2}/i;

/**
 * JSON that every peer can read. JSON.stringify writes half a surrogate pair as an escape; Python reads that as text which it cannot
 * encode again, so one half emoji would cost the whole message. Only then is the slow way taken.
 */
export function toJson(value: unknown): Buffer {
  const text = JSON.stringify(value) ?? "null";
  if (!escapedSurrogate.test(text)) return Buffer.from(text);
  return Buffer.from(JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? part.replace(/\p{Surrogate}/gu, "\ufffd") : part)));
}

/** An object or the reason why not. */
export function parseObject(frame: Uint8Array): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return `${value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`} instead of an object`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
