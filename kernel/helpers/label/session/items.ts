import { encodePng } from "../../../display/image/png.js";
import { shown } from "../../arguments.js";
import type { Picture } from "../../data/datasets.js";
import { tokenize } from "./tokens.js";
import type { SessionKind } from "./state.js";

/** What can be labelled: a text, its tokens, a picture (bytes of a PNG, JPEG, GIF or WebP file, or a data: URL; or a row of a labelled set, whose own label is not shown), or a row of a table. */
export type Labellable =
  | string
  | { readonly text: string; readonly id?: string | number }
  | { readonly tokens: readonly string[]; readonly id?: string | number }
  | { readonly image: Uint8Array | string; readonly alt?: string; readonly id?: string | number }
  | Picture
  | Readonly<Record<string, unknown>>;

/** An item, ready to be shown. */
export interface SessionItem {
  readonly id: string | number;
  readonly text?: string;
  readonly rows?: readonly (readonly [string, string])[];
  readonly picture?: { readonly bytes: Uint8Array; readonly mime: string; readonly alt: string };
  /** With the white space before each, and places in `text`. */
  readonly tokens?: readonly { readonly text: string; readonly before: string; readonly start: number; readonly end: number }[];
}

export function inferKind(item: Labellable | undefined): SessionKind {
  if (typeof item === "string") return "text";
  if (typeof item !== "object" || item === null) throw new TypeError(`expected an item as text or an object, got ${shown(item)}`);
  if ("image" in item || isPicture(item)) return "image";
  if ("tokens" in item) return "spans";
  return typeof item["text"] === "string" && Object.keys(item).every((key) => key === "text" || key === "id") ? "text" : "table";
}

export function readItem(item: Labellable, at: number, kind: SessionKind): SessionItem {
  const record = typeof item === "object" && item !== null ? (item as Readonly<Record<string, unknown>>) : undefined;
  const id = typeof record?.["id"] === "string" || typeof record?.["id"] === "number" ? record["id"] : at;
  if (kind === "table") {
    if (!record) throw new TypeError(`expected item ${at} to be a row, got ${shown(item)}`);
    return { id, rows: Object.entries(record).map(([name, value]) => [name, typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)] as const) };
  }
  if (kind === "image" && record && isPicture(record)) return { id, picture: drawn(record) };
  if (kind === "image") return { id, picture: readPicture(record?.["image"], typeof record?.["alt"] === "string" ? record["alt"] : "", at) };
  const tokens = record?.["tokens"];
  if (kind === "spans" && Array.isArray(tokens)) return { id, ...joined(tokens, at) };
  const text = typeof item === "string" ? item : record?.["text"];
  if (typeof text !== "string") throw new TypeError(`expected text in item ${at}, got ${shown(record ? text : item)}`);
  if (kind === "text") return { id, text };
  const found = tokenize(text);
  return { id, text, tokens: found.map((token, n) => ({ ...token, before: text.slice(found[n - 1]?.end ?? 0, token.start) })) };
}

const isPicture = (item: object): item is Picture => "pixels" in item && item.pixels instanceof Uint8Array && "width" in item && "height" in item;

/** Small pictures are enlarged pixel by pixel to about 224 pixels, so that they can be judged. */
function drawn({ pixels, width, height }: Picture): NonNullable<SessionItem["picture"]> {
  const channels = pixels.length / (width * height);
  if (channels !== 1 && channels !== 3 && channels !== 4) throw new TypeError(`expected 1, 3 or 4 numbers a pixel, got ${channels}`);
  return { bytes: encodePng({ data: pixels, width, height, channels }, Math.max(1, Math.floor(224 / Math.max(width, height)))), mime: "image/png", alt: `${width} x ${height} pixels` };
}

/** Given tokens make a text with a space between them. */
function joined(tokens: readonly unknown[], at: number): Pick<SessionItem, "text" | "tokens"> {
  let text = "";
  const placed = tokens.map((token, n) => {
    if (typeof token !== "string" || token === "") throw new TypeError(`expected words as tokens of item ${at}, got ${shown(token)}`);
    const before = n === 0 ? "" : " ";
    const start = text.length + before.length;
    text += before + token;
    return { text: token, before, start, end: start + token.length };
  });
  return { text, tokens: placed };
}

const signatures: readonly (readonly [mime: string, bytes: readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]], ["image/jpeg", [0xff, 0xd8, 0xff]], ["image/gif", [0x47, 0x49, 0x46, 0x38]], ["image/webp", [0x52, 0x49, 0x46, 0x46]],
];

function readPicture(image: unknown, alt: string, at: number): NonNullable<SessionItem["picture"]> {
  let bytes = image;
  if (typeof image === "string") {
    const found = /^data:image\/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)$/.exec(image);
    if (!found) throw new TypeError(`expected the image of item ${at} as bytes or a data:image/...;base64 URL, got ${shown(image)}: nothing is fetched`);
    bytes = Uint8Array.from(atob(found[1]!), (c) => c.charCodeAt(0));
  }
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`expected the image of item ${at} as bytes or a data:image/...;base64 URL, got ${shown(image)}`);
  const mime = signatures.find(([, start]) => start.every((byte, n) => (bytes as Uint8Array)[n] === byte))?.[0];
  // SVG is refused: it is a document that can hold scripts and links.
  if (!mime) throw new TypeError(`expected a PNG, JPEG, GIF or WebP file in item ${at}, got ${bytes.length} bytes of something else`);
  return { bytes, mime, alt };
}
