import { bundleOf } from "../../../display/bundle.js";
import type { MimeBundle } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";

/** Outputs as a notebook file holds them. */
export type CellOutput = { output_type: "display_data"; data: Record<string, unknown>; metadata: Record<string, unknown> } | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** What a function gave, as a cell would show it. */
export async function outputsOf(value: unknown): Promise<readonly CellOutput[]> {
  if (value === undefined) return [];
  const { data, metadata }: MimeBundle = await bundleOf(value);
  return Object.keys(data).length ? [{ output_type: "display_data", data, metadata }] : [];
}

export function failureOf(error: unknown): readonly CellOutput[] {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  return [{ output_type: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] }];
}

/** The same without a kernel. */
export function stillOf(outputs: readonly CellOutput[]): string {
  return outputs.map((output) => {
    if (output.output_type === "error") return `<pre>${escape(output.traceback.join("\n"))}</pre>`;
    const { "image/svg+xml": svg, "text/html": html, "image/png": png, "text/plain": plain } = output.data;
    if (typeof svg === "string") return svg;
    if (typeof html === "string") return html;
    return typeof png === "string" ? `<img src="data:image/png;base64,${png}" alt="">` : `<pre>${escape(String(plain ?? ""))}</pre>`;
  }).join("");
}
