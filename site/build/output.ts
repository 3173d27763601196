import type { MimeBundle } from "../../kernel/display/contract.js";
import { escape, plain } from "./html.js";
import { markdown } from "./markdown.js";
import type { Output } from "./outputs.js";

/** Outputs as HTML that needs no script and no inline style. */
export function outputHtml(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.kind === "text" ? text(output.text, output.stream) : bundle(output.bundle))).join("\n");
}

const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** The richest form that a page without scripts can show. */
function bundle({ data }: MimeBundle): string {
  const words = String(data["text/plain"] ?? "");
  const svg = data["image/svg+xml"];
  // The kernel's plots carry one grey that suits both themes; a page knows its own text colour.
  if (typeof svg === "string") return `<figure>${svg.replaceAll('fill="#7a7a7a"', 'fill="currentColor"')}</figure>`;
  const picture = pictures.find((type) => type in data);
  if (picture) return `<figure><img src="data:${picture};base64,${escape(String(data[picture]).trim())}" alt="${escape(words)}"></figure>`;
  if (typeof data["text/html"] === "string") return `<div class="rich" tabindex="0">${data["text/html"]}</div>`;
  if (typeof data["text/markdown"] === "string") return `<div class="rich">${markdown(data["text/markdown"])}</div>`;
  return text(words, "stdout");
}

function text(content: string, stream: "stdout" | "stderr"): string {
  return `<pre class="${stream}" tabindex="0">${escape(plain(content))}</pre>`;
}
