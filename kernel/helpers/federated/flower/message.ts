import { encode, type Encoded } from "./object.js";
import { all, bytes, double, read, text, uint, Writer, type Field } from "./protobuf.js";

/** A message's label: from whom, to whom, of which run. */
export interface Metadata {
  readonly runId: bigint;
  readonly messageId: string;
  readonly source: bigint;
  readonly destination: bigint;
  readonly replyTo: string;
  /** The round, in Flower's strategies. */
  readonly group: string;
  /** Seconds to live. */
  readonly ttl: number;
  /** `train`, `evaluate`, `query`, or one of these with `.action`. */
  readonly type: string;
  /** Unix time in seconds. */
  readonly createdAt: number;
  readonly sourceTask?: bigint;
  readonly destinationTask?: bigint;
}

export function decodeMetadata(message: Uint8Array): Metadata {
  const fields = read(message);
  const task = (number: number) => (fields.some((field) => field.number === number) ? uint(fields, number) : undefined);
  const [sourceTask, destinationTask] = [task(10), task(11)];
  return {
    runId: uint(fields, 1), messageId: text(fields, 2), source: uint(fields, 3), destination: uint(fields, 4), replyTo: text(fields, 5), group: text(fields, 6),
    ttl: double(fields, 7), type: text(fields, 8), createdAt: double(fields, 9), ...(sourceTask !== undefined && { sourceTask }), ...(destinationTask !== undefined && { destinationTask }),
  };
}

function encodeMetadata(metadata: Metadata): (out: Writer) => void {
  return (out) => {
    out.uint(1, metadata.runId).text(2, metadata.messageId).uint(3, metadata.source).uint(4, metadata.destination).text(5, metadata.replyTo).text(6, metadata.group);
    out.double(7, metadata.ttl).text(8, metadata.type).double(9, metadata.createdAt);
    if (metadata.sourceTask !== undefined) out.uint(10, metadata.sourceTask);
    if (metadata.destinationTask !== undefined) out.uint(11, metadata.destinationTask);
  };
}

/** Why there is no content. */
export interface Failure {
  readonly code: bigint;
  readonly reason: string;
}

/** The answer's label: source and destination change places, and it may live as long as the question still has. */
export function replyTo(question: Metadata, now: number): Metadata {
  const { sourceTask, destinationTask, ...rest } = question;
  const ttl = question.createdAt + question.ttl - now;
  return {
    ...rest, messageId: "", source: question.destination, destination: question.source, replyTo: question.messageId, ttl, createdAt: now,
    ...(destinationTask !== undefined && { sourceTask: destinationTask }), ...(sourceTask !== undefined && { destinationTask: sourceTask }),
  };
}

/** An answer as objects, and as the entry of a push request that names them. */
export function encodeReply(metadata: Metadata, answer: Encoded | Failure): { tree: Encoded; entry: Uint8Array } {
  const failure = "reason" in answer ? answer : undefined;
  const write = (label: Metadata, withContent: boolean) => {
    const out = new Writer().inner(1, encodeMetadata(label));
    if (failure) out.inner(3, (error) => error.sint(1, failure.code).text(2, failure.reason));
    else if (withContent) out.bytes(2, new Uint8Array());
    return out.finish();
  };
  const tree = encode("Message", write(metadata, false), failure ? [] : [answer as Encoded]);
  return { tree, entry: write({ ...metadata, messageId: tree.id }, true) };
}

export function writeTree(out: Writer, { id, children }: Pick<Encoded, "id" | "children">): void {
  out.text(1, id);
  for (const child of children) out.inner(2, (inner) => writeTree(inner, child));
}

/** The message that was pulled, and the name of its root object. The rest of the object tree is not needed: each object names its children, under its own hash. */
export function decodePulled(fields: readonly Field[]): { metadata: Metadata; root: string } | undefined {
  const [message, more] = all(fields, 2);
  if (!message) return undefined;
  if (more) throw new Error("expected one message at a time");
  const metadata = decodeMetadata(bytes(read(message), 1));
  const root = text(read(all(fields, 3)[0] ?? new Uint8Array()), 1);
  if (!/^[0-9a-f]{64}$/.test(root) || root !== metadata.messageId) throw new Error("expected the message's objects under the name of the message");
  return { metadata, root };
}
