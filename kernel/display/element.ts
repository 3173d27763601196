import type { MimeBundle } from "./contract.js";
import { cut } from "./escape.js";
import { descriptor, inherited } from "./reflect.js";

/** HTML or SVG elements of any document model: `outerHTML` is the convention, and the one accessor that is asked. */
export function elementView(value: object): MimeBundle | undefined {
  if (typeof inherited(value, "getAttribute") !== "function") return undefined;
  const found = descriptor(value, "outerHTML");
  const markup = found?.get ? Reflect.apply(found.get, value, []) : found?.value;
  if (typeof markup !== "string" || markup.length > 2_000_000) return undefined;
  const type = /^\s*<svg[\s>]/i.test(markup) ? "image/svg+xml" : "text/html";
  return { data: { [type]: markup, "text/plain": cut(markup, 2000) }, metadata: {} };
}
