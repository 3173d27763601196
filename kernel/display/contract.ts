/** A MIME bundle as Jupyter's `display_data` and `execute_result` carry it. Binary MIME types are base64 strings. Without any data it stands for "nothing to show". */
export interface MimeBundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** What a cell can emit, beside the result. `stream` text is raw; the session coalesces. */
export type OutputMessage =
  | { type: "stream"; name: "stdout" | "stderr"; text: string }
  | { type: "display_data"; bundle: MimeBundle; displayId?: string }
  | { type: "update_display_data"; bundle: MimeBundle; displayId: string }
  | { type: "clear_output"; wait: boolean };

/** Where output goes. In the kernel the runner supplies it and adds the cell that caused it; in the page, the worker. */
export type Emit = (message: OutputMessage) => void;

/** `display(value)`: show now; the handle changes what was shown. */
export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): void;
}

/** An object that knows how to show itself. Same symbol as Deno, so its libraries work. May be async. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;
