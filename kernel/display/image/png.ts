import { zlibSync } from "fflate";

/** Pixels in rows from the top. `channels` 1: grey, 3: red green blue, 4: with opacity; 0-255 each. */
export interface Pixels {
  data: ArrayLike<number>;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

const colourType = { 1: 0, 3: 2, 4: 6 };
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG file of the pixels, 8 bits a channel. Each pixel is drawn as `scale` x `scale`, sharp, so that small pictures can be seen. */
export function encodePng({ data, width, height, channels }: Pixels, scale = 1): Uint8Array {
  const line = width * scale * channels;
  const raw = new Uint8Array((line + 1) * height * scale);
  for (let y = 0; y < height * scale; y++) {
    const from = Math.floor(y / scale) * width * channels;
    const to = y * (line + 1);
    // Filter 2 ("up") turns repeated rows into zeros, filter 0 keeps the row as it is.
    if (y % scale) {
      raw[to] = 2;
      continue;
    }
    for (let i = 0; i < line; i++) raw[to + 1 + i] = data[from + Math.floor(i / channels / scale) * channels + (i % channels)];
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width * scale);
  view.setUint32(4, height * scale);
  header.set([8, colourType[channels], 0, 0, 0], 8);
  return join([new Uint8Array(signature), chunk("IHDR", header), chunk("IDAT", zlibSync(raw)), chunk("IEND", new Uint8Array(0))]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(body.length + 8, crc(bytes.subarray(4, body.length + 8)));
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
