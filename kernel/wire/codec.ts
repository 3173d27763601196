import { joinFrames, splitFrames } from "./frames.js";
import { parseObject, toJson } from "./json.js";
import type { Header, Message } from "./message.js";
import type { Signer } from "./signature.js";

export interface Decoded {
  identities: Uint8Array[];
  message: Message;
}

/** A message that is ours to act on, or why not. Signed first, parsed after: nothing of a stranger's reaches the parser. */
export function decode(frames: readonly Uint8Array[], signer: Signer): Decoded | { refused: string } {
  const split = splitFrames(frames);
  if ("refused" in split) return split;
  const verdict = signer.accept(split.signature, split.json);
  if (verdict !== "ok") return { refused: verdict === "forged" ? "the signature is not ours" : "this message was already received" };
  const parts: Record<string, unknown>[] = [];
  for (const [index, name] of ["header", "parent_header", "metadata", "content"].entries()) {
    const part = parseObject(split.json[index] ?? new Uint8Array());
    if (typeof part === "string") return { refused: `${name}: ${part}` };
    parts.push(part);
  }
  const [header = {}, parent = {}, metadata = {}, content = {}] = parts;
  for (const field of ["msg_id", "msg_type"]) {
    if (typeof header[field] !== "string") return { refused: `header.${field} is not a string` };
  }
  return {
    identities: split.identities,
    message: { header: header as Header, parent: parent as Message["parent"], metadata, content, buffers: split.buffers },
  };
}

export function encode(message: Message, identities: readonly Uint8Array[], signer: Signer): Uint8Array[] {
  const json: [Uint8Array, Uint8Array, Uint8Array, Uint8Array] = [toJson(message.header), toJson(message.parent), toJson(message.metadata), toJson(message.content)];
  return joinFrames({ identities: [...identities], signature: signer.sign(json), json, buffers: message.buffers });
}
