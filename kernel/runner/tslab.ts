import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { MimeBundle } from "../display/contract.js";

/** tslab's display functions, so that notebooks written for it run unchanged. */
export interface TslabDisplay {
  javascript(code: string): void;
  html(markup: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(markup: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, content: string | Uint8Array): void;
}

export interface Tslab {
  display: TslabDisplay;
  /** A display that replaces what it showed before. */
  newDisplay(): TslabDisplay;
  versions: { tslab: string; typescript: string; node: string };
}

type Show = (bundle: MimeBundle, displayId: string | undefined, update: boolean) => void;

export function createTslab(show: Show): Tslab {
  return {
    display: displayThat((bundle) => show(bundle, undefined, false)),
    newDisplay() {
      const id = crypto.randomUUID();
      let shown = false;
      return displayThat((bundle) => {
        show(bundle, id, shown);
        shown = true;
      });
    },
    get versions() {
      const { version } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("typescript/package.json"), "utf8")) as { version: string };
      return { tslab: "1.0.22", typescript: version, node: process.version };
    },
  };
}

function displayThat(show: (bundle: MimeBundle) => void): TslabDisplay {
  const raw: TslabDisplay["raw"] = (contentType, content) => {
    const text = typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("base64");
    show({ data: { [contentType]: text }, metadata: {} });
  };
  const typed = (type: string) => (content: string | Uint8Array) => raw(type, content);
  return {
    javascript: typed("text/javascript"),
    html: typed("text/html"),
    markdown: typed("text/markdown"),
    latex: typed("text/latex"),
    svg: typed("image/svg+xml"),
    png: typed("image/png"),
    jpeg: typed("image/jpeg"),
    gif: typed("image/gif"),
    pdf: typed("application/pdf"),
    text: typed("text/plain"),
    raw,
  };
}
