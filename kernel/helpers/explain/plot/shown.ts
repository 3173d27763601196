/** A drawing or a passage of HTML that shows itself in a notebook; `text` is what somebody hears who cannot see it. */
export interface Shown {
  readonly html: string;
  readonly text: string;
}

export function showing(mime: "text/html" | "image/svg+xml", html: string, text: string): Shown {
  const show = { value: () => ({ [mime]: html, "text/plain": text }), enumerable: false };
  return Object.freeze(Object.defineProperty({ html, text }, Symbol.for("Jupyter.display"), show));
}
