import { createComms, type CommHub } from "../../../kernel/runner/comms.js";
import type { CommMessage } from "../../../kernel/session/contract.js";

/**
 * The worker's half of the widgets: the global `comms`, which `vision.camera`, `data.upload`, `label.session` look for, is wired to the page.
 * Give what the page answers to `receive`.
 *
 * @param call runs a learner's handler; default: at once, a failure is reported as any uncaught one.
 */
export function connectWidgets(post: (message: CommMessage, transfer: ArrayBuffer[]) => void, call: (act: () => void) => void = guarded): CommHub {
  const comms = createComms((message, buffers) => {
    // Copies: what a cell shows stays the cell's.
    const copies = buffers.map((bytes) => bytes.slice());
    post({ ...message, buffers: copies }, copies.map(({ buffer }) => buffer));
  }, call);
  (globalThis as { comms?: unknown }).comms = comms;
  return comms;
}

function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    reportError(error);
  }
}
