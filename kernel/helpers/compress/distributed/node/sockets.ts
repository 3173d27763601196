import { timingSafeEqual } from "node:crypto";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { makeInbox, type Link } from "../link.js";

/** Links between processes: one loopback connection a pair. The token, which only the workers of one team know, keeps other programs of this machine out. */
export interface Peers {
  readonly port: number;
  /** Links by rank, once all are there; null at the own rank. */
  meet(ports: readonly number[]): Promise<(Link | null)[]>;
  close(): void;
}

const tokenBytes = 32;

export async function openPeers(rank: number, size: number, token: string): Promise<Peers> {
  const links: (Link | null)[] = Array.from({ length: size }, () => null);
  const sockets: Socket[] = [];
  let complete = () => {};
  const all = new Promise<void>((resolve) => (complete = resolve));
  const add = (other: number, socket: Socket, rest: Buffer) => {
    links[other] = socketLink(socket, rest, other);
    if (links.filter(Boolean).length === size - 1) complete();
  };
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    let head = Buffer.alloc(0);
    const greet = (part: Buffer) => {
      head = Buffer.concat([head, part]);
      if (head.length < tokenBytes + 4) return;
      socket.off("data", greet);
      const other = head.readUInt32LE(tokenBytes);
      if (!timingSafeEqual(head.subarray(0, tokenBytes), Buffer.from(token, "hex")) || other >= size || links[other]) return void socket.destroy();
      add(other, socket, head.subarray(tokenBytes + 4));
    };
    socket.on("data", greet);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async meet(ports) {
      // The lower rank calls the higher one.
      for (let other = rank + 1; other < size; other++) {
        const socket = connect(ports[other]!, "127.0.0.1");
        sockets.push(socket);
        await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
        const hello = Buffer.alloc(tokenBytes + 4);
        hello.write(token, "hex");
        hello.writeUInt32LE(rank, tokenBytes);
        socket.write(hello);
        add(other, socket, Buffer.alloc(0));
      }
      if (size > 1) await all;
      server.close();
      return links;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Frames: the number of bytes (4, little endian), then the numbers. */
function socketLink(socket: Socket, rest: Buffer, other: number): Link {
  const inbox = makeInbox<Float32Array>();
  let parts: Buffer[] = [];
  let size = 0;
  socket.setNoDelay(true);
  const read = (part: Buffer) => {
    parts.push(part);
    size += part.length;
    for (;;) {
      if (size < 4) return;
      if (parts[0]!.length < 4) parts = [Buffer.concat(parts)];
      const length = parts[0]!.readUInt32LE(0);
      if (size < 4 + length) return;
      const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      // A copy that starts at a multiple of four.
      inbox.push(new Float32Array(Uint8Array.from(whole.subarray(4, 4 + length)).buffer));
      parts = [whole.subarray(4 + length)];
      size -= 4 + length;
    }
  };
  socket.on("data", read);
  socket.on("error", () => {});
  socket.on("close", () => inbox.fail(new Error(`worker ${other} is gone`)));
  if (rest.length > 0) read(rest);
  return {
    send(values) {
      const frame = Buffer.allocUnsafe(4 + values.byteLength);
      frame.writeUInt32LE(values.byteLength, 0);
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).copy(frame, 4);
      socket.write(frame);
    },
    receive: () => inbox.take(),
  };
}
