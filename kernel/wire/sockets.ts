import { Reply, Router, XPublisher } from "zeromq";
import { decode, encode } from "./codec.js";
import { addressOf, isIPv6, type Connection } from "./connection.js";
import type { Channel, Message, Request } from "./message.js";
import { createOutbox } from "./outbox.js";
import { createSigner } from "./signature.js";

export interface WireEvents {
  onRequest(request: Request): void;
  /** A client subscribed to iopub; `topic` is what it asked for, empty for everything. */
  onSubscribe(topic: Uint8Array): void;
  /** A message that we do not act on, and why; one line. */
  onRefused(channel: Channel, why: string): void;
}

export interface Wire {
  /** Rejects where the peer is gone (stdin only; elsewhere ZeroMQ drops such messages). */
  send(channel: Channel, identities: readonly Uint8Array[], message: Message): Promise<void>;
  /** Returns the bytes put on the wire. */
  publish(message: Message, topic?: Uint8Array): number;
  close(): Promise<void>;
}

/** A frame larger than this ends its sender's connection before it fills the memory. */
const frameLimit = 512 * 1024 * 1024;
/** Milliseconds for messages still under way when the sockets close. */
const linger = 500;

/** Bind the five sockets of a connection file. Listening is the result: when this resolves, clients are heard. */
export async function openWire(connection: Connection, events: WireEvents): Promise<Wire> {
  const signer = createSigner(connection.key, connection.signature_scheme);
  // No high-water mark: the default of 1000 messages drops what a slow client has not read yet.
  const options = { ipv6: isIPv6(connection), linger, sendHighWaterMark: 0, receiveHighWaterMark: 0, maxMessageSize: frameLimit };
  // Handover: a client that comes back under its old identity is heard, not refused.
  const shell = new Router({ ...options, handover: true });
  const control = new Router({ ...options, handover: true });
  // Mandatory: a question to a client that is gone must fail, or the cell would wait for ever.
  const stdin = new Router({ ...options, handover: true, mandatory: true });
  const iopub = new XPublisher(options);
  iopub.verbosity = "allSubs"; // each client's subscription, not the first one only
  const heartbeat = new Reply(options);
  const routers = { shell, control, stdin };
  const sockets = [shell, control, stdin, iopub, heartbeat];

  await Promise.all([
    shell.bind(addressOf(connection, "shell")),
    control.bind(addressOf(connection, "control")),
    stdin.bind(addressOf(connection, "stdin")),
    iopub.bind(addressOf(connection, "iopub")),
    heartbeat.bind(addressOf(connection, "hb")),
  ]);

  async function listen(channel: Channel): Promise<void> {
    for await (const frames of routers[channel]) {
      const decoded = decode(frames, signer);
      if ("refused" in decoded) events.onRefused(channel, decoded.refused);
      else events.onRequest({ ...decoded.message, channel, identities: decoded.identities, arrived: performance.now() });
    }
  }
  async function echo(): Promise<void> {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  }
  async function subscriptions(): Promise<void> {
    for await (const [frame] of iopub) if (frame && frame[0] === 1) events.onSubscribe(frame.subarray(1));
  }
  let closed = false;
  for (const loop of [listen("shell"), listen("control"), listen("stdin"), echo(), subscriptions()]) {
    loop.catch((error: Error) => closed || events.onRefused("shell", `a socket stopped: ${error.message}`));
  }

  const outboxes = {
    shell: createOutbox((frames) => shell.send(frames)),
    control: createOutbox((frames) => control.send(frames)),
    stdin: createOutbox((frames) => stdin.send(frames)),
    iopub: createOutbox((frames) => iopub.send(frames)),
  };
  return {
    send: async (channel, identities, message) => await outboxes[channel].push(encode(message, identities, signer)),
    publish(message, topic = Buffer.from(message.header.msg_type)) {
      const frames = encode(message, [topic], signer);
      outboxes.iopub.push(frames).catch((error: Error) => events.onRefused("shell", `iopub: ${error.message}`));
      return frames.reduce((sum, frame) => sum + frame.byteLength, 0);
    },
    async close() {
      closed = true;
      await Promise.all(Object.values(outboxes).map((outbox) => outbox.drained()));
      for (const socket of sockets) socket.close();
    },
  };
}
