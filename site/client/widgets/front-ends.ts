import * as upload from "../../../kernel/helpers/data/read/upload-page.js";
import * as label from "../../../kernel/helpers/label/session/front-end.js";
import * as capture from "../../../kernel/helpers/vision/capture/front-end.js";

/** A model as anywidget gives it to a front end; what ours use of it. */
export interface FrontEndModel {
  get(name: string): any;
  on(event: string, handler: (...args: any[]) => void): void;
  off(event: string, handler: (...args: any[]) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

export interface FrontEnd {
  readonly css: string;
  /** Draws into `el`; what it returns ends it. */
  render(context: { model: FrontEndModel; el: HTMLElement }): () => void;
}

/**
 * The front ends that came with the page, by the id that a widget bears. Only these run here: the code that a widget sends (`_esm`) comes
 * from the learner's worker, which is not to be trusted, and the page's policy would refuse it.
 */
export const frontEnds: ReadonlyMap<string, FrontEnd> = new Map<string, FrontEnd>([
  ["lyceum.vision.camera", { css: capture.css, ...capture.makeFrontEnd() }],
  ["lyceum.vision.upload", { css: capture.css, ...capture.makeFrontEnd() }],
  ["lyceum.data.upload", { css: upload.css, ...upload.makeFrontEnd() }],
  ["lyceum.label.session", { css: label.css, ...label.makeFrontEnd() }],
]);
